import { FramewrightError } from '../util/errors.ts'
import type { Frames } from './frames.ts'

/** How near pictures are to the true ones. */
export interface PictureQuality {
  /** Peak signal-to-noise ratio over all frames, in dB; the same pictures have none: Infinity. */
  readonly psnr: number
  /** Structural similarity of the brightness, mean over all frames, −1 to 1. */
  readonly ssim: number
}

/**
 * Compares frames with the true ones.
 * @throws FramewrightError E_SHAPE when they differ in count, size or channels
 */
export function compareFrames(frames: Frames, truth: Frames): PictureQuality {
  for (const key of ['count', 'width', 'height', 'channels'] as const) {
    if (frames[key] !== truth[key]) {
      throw new FramewrightError(
        'E_SHAPE',
        `frames to compare need the same ${key}, got ${frames[key]} and ${truth[key]}`,
      )
    }
  }
  let squares = 0
  for (const [i, value] of frames.data.entries()) squares += (value - (truth.data[i] ?? 0)) ** 2
  const psnr = 10 * Math.log10(255 ** 2 / (squares / frames.data.length))
  const all = Array.from({ length: frames.count }, (_, f) =>
    ssimOf(lumaOf(frames, f), lumaOf(truth, f), frames.width),
  )
  return { psnr, ssim: all.reduce((a, b) => a + b, 0) / Math.max(1, all.length) }
}

/** Brightness by ITU-R BT.601, 0 to 255. */
function lumaOf({ data, width, height, channels }: Frames, index: number): Float32Array {
  const area = width * height
  const out = new Float32Array(area)
  for (let i = 0, at = index * area * channels; i < area; i++, at += channels) {
    out[i] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
  }
  return out
}

/** Window of 11 pixels, a Gaussian of deviation 1.5. */
const windowRadius = 5
const windowWeights = gaussian(windowRadius, 1.5)
const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]

/** Mean SSIM where the window lies inside the picture: Wang et al., "Image quality assessment", 2004. */
function ssimOf(a: Float32Array, b: Float32Array, width: number): number {
  const height = a.length / width
  const product = (x: Float32Array, y: Float32Array): Float32Array => x.map((value, i) => value * (y[i] ?? 0))
  const smooth = (x: Float32Array): Float32Array => blur(x, width)
  const [ma, mb] = [smooth(a), smooth(b)]
  const [aa, bb, ab] = [smooth(product(a, a)), smooth(product(b, b)), smooth(product(a, b))]
  let sum = 0
  for (let y = windowRadius; y < height - windowRadius; y++) {
    for (let x = windowRadius; x < width - windowRadius; x++) {
      const i = y * width + x
      const [m, n] = [ma[i] ?? 0, mb[i] ?? 0]
      const covariance = (ab[i] ?? 0) - m * n
      const variances = (aa[i] ?? 0) - m * m + (bb[i] ?? 0) - n * n
      sum += ((2 * m * n + c1) * (2 * covariance + c2)) / ((m * m + n * n + c1) * (variances + c2))
    }
  }
  return sum / ((height - 2 * windowRadius) * (width - 2 * windowRadius))
}

/** Rows, then columns; of no meaning within a window's radius of the border. */
function blur(x: Float32Array, width: number): Float32Array {
  return along(along(x, 1), width)
}

function along(x: Float32Array, stride: number): Float32Array {
  const out = new Float32Array(x.length)
  const last = x.length - windowRadius * stride
  for (let i = windowRadius * stride; i < last; i++) {
    let sum = 0
    for (let k = -windowRadius; k <= windowRadius; k++) {
      sum += (windowWeights[k + windowRadius] ?? 0) * (x[i + k * stride] ?? 0)
    }
    out[i] = sum
  }
  return out
}

function gaussian(radius: number, deviation: number): Float32Array {
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  )
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}
