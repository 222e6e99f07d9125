/** What a Wan transformer is made of. */
export interface WanTransformerConfig {
  /** Latent frames, rows and columns that become one token. */
  readonly patch: readonly [number, number, number]
  readonly heads: number
  readonly headWidth: number
  /** Channels that go in: latents, and beside them what an image-to-video network is given. */
  readonly channelsIn: number
  readonly channelsOut: number
  /** Of the text encoder's vectors. */
  readonly textWidth: number
  /** Sines and cosines that the time becomes. */
  readonly timeFeatures: number
  /** Width inside the feed-forward part of a block. */
  readonly hidden: number
  readonly layers: number
  /** Whether what looks at the text is normalised before. */
  readonly normalisesBeforeText: boolean
  readonly epsilon: number
  /** The features of a given picture, which an image-to-video network looks at beside the text. */
  readonly picture: WanPictureConfig | null
}

export interface WanPictureConfig {
  /** Of the picture encoder's vectors. */
  readonly width: number
  /** Learned positions of the vectors of a first and a last picture together; null where there are none. */
  readonly positions: number | null
}

/** Wan2.1-T2V-1.3B (arXiv 2503.20314), and what was distilled from it: FastWan, Self-Forcing. */
export const wanText1B = {
  patch: [1, 2, 2],
  heads: 12,
  headWidth: 128,
  channelsIn: 16,
  channelsOut: 16,
  textWidth: 4096,
  timeFeatures: 256,
  hidden: 8960,
  layers: 30,
  normalisesBeforeText: true,
  epsilon: 1e-6,
  picture: null,
} as const satisfies WanTransformerConfig

/** Wan2.1-T2V-14B. */
export const wanText14B = {
  ...wanText1B,
  heads: 40,
  hidden: 13_824,
  layers: 40,
} as const satisfies WanTransformerConfig

/** Wan2.1-I2V-14B, for 480p and for 720p: 16 latents, 4 masks and 16 latents of the first picture go in. */
export const wanImage14B = {
  ...wanText14B,
  channelsIn: 36,
  picture: { width: 1280, positions: null },
} as const satisfies WanTransformerConfig

/** Wan2.1-FLF2V-14B, which is given a first and a last picture of 257 vectors each. */
export const wanEnds14B = {
  ...wanImage14B,
  picture: { width: 1280, positions: 514 },
} as const satisfies WanTransformerConfig
