import type { Provider } from '../graph/index.ts'

/** What to make. */
export interface GenerateOptions {
  readonly prompt: string
  /** Whole number from 0; the same seed gives the same video. @default 0 */
  readonly seed?: number
  /** Length of the video. @default 2 */
  readonly seconds?: number
  /** Pixels: even, 16 to 4096. The network paints 128×128; larger is resampled. @default 256×256 */
  readonly size?: `${number}x${number}`
  /** Frames a second of the file. The network paints 12; more repeats frames. @default 24 */
  readonly fps?: number
  /** Steps of the sampler a chunk. @default 16 */
  readonly steps?: number
  /** How hard the picture is pushed toward the words: 1 as trained, and in half the time. @default 1, with `negative` 2 */
  readonly guidance?: number
  /** What the picture is pushed away from; needs guidance above 1. */
  readonly negative?: string
  /** Keep where the painter looks in the text, for `attention` of the videos. @default false */
  readonly attention?: boolean
  /** The user's own pictures, RGBA, by the word in the prompt: `{ dog: picture }`. */
  readonly characters?: Readonly<Record<string, import('../video/index.ts').Frames>>
  /** @default 'cpu' */
  readonly provider?: Provider
  /** CPU threads. @default one a core */
  readonly threads?: number
  /** Videos of one prompt, with seeds seed, seed + 1, …, painted together. @default 1 */
  readonly count?: number
  /** The folder of the model's weights. @default the one in the package */
  readonly weights?: string
  readonly signal?: AbortSignal
}
