import { type HostTensor, hostTensor, type Runtime, type SessionOptions } from '../../graph/index.ts'
import type { ClipPreparation } from '../../models/clip-vision-config.ts'
import { encodeWithClip } from '../../models/clip-vision-session.ts'
import type { Tiles } from '../../models/wan/tiles.ts'
import { temporalStride } from '../../models/wan/vae.ts'
import type { VideoSource } from '../../models/wan/vae-session.ts'
import { createFrames, type FrameSize, type Frames, resizeLikePillow } from '../../video/index.ts'
import type { WanCheckpoint, WanPictures } from './checkpoint.ts'
import { openVae, toTransformerLatents } from './networks.ts'
import { videoTensor } from './video-tensor.ts'

interface PictureOptions {
  readonly session: SessionOptions
  readonly signal?: AbortSignal
}

/**
 * What the transformer looks at beside the text: each picture's tokens before the encoder's last layer,
 * [pictures, tokens, width].
 */
export async function pictureFeatures(
  { encoder, preparation }: WanPictures,
  runtime: Runtime,
  pictures: readonly Frames[],
  { session, ...options }: PictureOptions,
): Promise<HostTensor> {
  const { config, weights, weightFolder } = encoder
  const prepared = pictures.map((picture) => preparePicture(picture, preparation))
  const size = 3 * config.imageSize ** 2
  const pixels = new Float32Array(pictures.length * size)
  for (const [i, { data }] of prepared.entries()) pixels.set(data as Float32Array, i * size)
  return encodeWithClip(
    { config, weights, runtime, session: { ...session, weightFolder } },
    hostTensor(pixels, [pictures.length, 3, config.imageSize, config.imageSize]),
    options,
  )
}

/** A picture made ready for the encoder, as `CLIPImageProcessor` does it: [3, height, width]. */
export function preparePicture(
  picture: Frames,
  { size, filter, crop, mean, deviation }: ClipPreparation,
): HostTensor {
  const resized = resizeLikePillow(
    picture,
    'shorter' in size ? inProportion(picture, size.shorter) : size,
    filter,
  )
  const cut = crop === null ? resized : cutMiddle(resized, crop)
  const { data, height, width, channels } = cut
  const area = height * width
  const out = Float32Array.from({ length: 3 * area }, (_, i) => {
    const c = Math.floor(i / area)
    return ((data[(i % area) * channels + c] ?? 0) / 255 - (mean[c] ?? 0)) / (deviation[c] ?? 1)
  })
  return hostTensor(out, [3, height, width])
}

function inProportion({ width, height }: FrameSize, shorter: number): FrameSize {
  const longer = Math.trunc((shorter * Math.max(width, height)) / Math.min(width, height))
  return width <= height ? { width: shorter, height: longer } : { width: longer, height: shorter }
}

/** The middle of a picture; where it is smaller than that, black around it. */
function cutMiddle(picture: Frames, { width, height }: FrameSize): Frames {
  const { channels } = picture
  const data = new Uint8Array(width * height * channels)
  const start = (own: number, wanted: number): number => Math.floor((own - wanted) / 2)
  const [top, left] = [start(picture.height, height), start(picture.width, width)]
  for (let y = Math.max(0, -top); y < Math.min(height, picture.height - top); y++) {
    const from = Math.max(0, -left)
    const end = Math.min(width, picture.width - left)
    const row = ((y + top) * picture.width + left) * channels
    data.set(
      picture.data.subarray(row + from * channels, row + end * channels),
      (y * width + from) * channels,
    )
  }
  return createFrames({ ...picture, width, height, data })
}

export interface ConditionOptions extends PictureOptions {
  readonly first: Frames
  /** The last frame, where the checkpoint takes one. */
  readonly last: Frames | null
  readonly frames: number
  readonly width: number
  readonly height: number
  /** That the frames are encoded in; in pixels. */
  readonly tiles?: Tiles
}

/**
 * What the transformer is given beside the noise (Wan Team 2025, arXiv 2503.20314, section 5.1): for each of the frames that
 * share a latent one a 1 where it is given, and the latents of a video of the given frames with grey between them:
 * [1, frames a latent + latentChannels, F, h, w].
 */
export async function pictureCondition(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  { first, last, frames, width, height, tiles, session, ...options }: ConditionOptions,
): Promise<HostTensor> {
  const given = new Map([[0, first], ...(last === null ? [] : [[frames - 1, last] as const])])
  const vae = openVae(checkpoint, runtime, session, tiles)
  const encoded = await vae
    .encode(filmOf(given, [1, 3, frames, height, width]), options)
    .finally(() => vae.close())
  const latents = toTransformerLatents(checkpoint, encoded.data as Float32Array)
  const [, channels = 0, count = 0, rows = 0, columns = 0] = encoded.shape
  const length = temporalStride(checkpoint.vae.config)
  const area = rows * columns
  const all = new Float32Array(length * count * area + latents.length)
  for (const frame of given.keys()) {
    // The first frame fills all places of the first latent one.
    const places = frame === 0 ? Array.from({ length }, (_, i) => i) : [(frame - 1) % length]
    for (const place of places) {
      const start = (place * count + Math.ceil(frame / length)) * area
      all.fill(1, start, start + area)
    }
  }
  all.set(latents, length * count * area)
  return hostTensor(all, [1, length + channels, count, rows, columns])
}

/** A video of the given frames, resized as published pipelines do, and zeros between them. */
function filmOf(given: ReadonlyMap<number, Frames>, shape: readonly number[]): VideoSource {
  const [, , , height = 0, width = 0] = shape
  const area = height * width
  return {
    shape,
    frames: (start, end) => {
      const count = end - start
      const data = new Float32Array(3 * count * area)
      for (const [frame, picture] of given) {
        if (frame < start || frame >= end) continue
        const pixels = videoTensor(resizeLikePillow(picture, { width, height }, 'lanczos'))
          .data as Float32Array
        for (let c = 0; c < 3; c++) {
          data.set(pixels.subarray(c * area, (c + 1) * area), (c * count + frame - start) * area)
        }
      }
      return hostTensor(data, [1, 3, count, height, width])
    },
  }
}
