import { createFrames, type Frames } from '../video/frames.ts'

/** Distances of colours, √(Δr² + Δg² + Δb²) of 0 to 255: up to `same` it is the background, from `other` on the figure. */
const same = 28
const other = 80

/** Share of the border that must have the background's colour: figures are often cut off at one side. */
const plainShare = 0.7

/** Shares of the picture that a figure takes; outside of them it was no figure on a plain background. */
const leastFigure = 0.005
const mostFigure = 0.97

/**
 * A figure on a plain background, cut out: the background's colour, from the border inwards, becomes transparent, soft
 * where the two mix. Parts of that colour which the figure encloses stay.
 * @param picture one RGB or opaque RGBA frame
 * @returns one RGBA frame of the same size, straight alpha; null where the border is not plain or nothing would be left
 */
export function cutOut(picture: Frames): Frames | null {
  const { width, height, channels, data } = picture
  const background = plainBorder(picture)
  if (!background) return null
  const distance = (pixel: number): number =>
    Math.hypot(...background.map((value, c) => (data[pixel * channels + c] ?? 0) - value))
  const out = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) out[pixel * 4 + c] = data[pixel * channels + c] ?? 0
    out[pixel * 4 + 3] = 255
  }
  const isReached = new Uint8Array(width * height)
  const queue = new Int32Array(width * height)
  let end = 0
  const reach = (pixel: number): void => {
    if (isReached[pixel] === 1) return
    isReached[pixel] = 1
    const opacity = Math.min(1, Math.max(0, (distance(pixel) - same) / (other - same)))
    if (opacity < 1) unmix(out, pixel, background, opacity)
    // Through mixed pixels the fill does not go on: behind a soft edge lies the figure.
    if (opacity === 0) queue[end++] = pixel
  }
  for (const pixel of borderOf(width, height)) reach(pixel)
  for (let next = 0; next < end; next++) {
    const pixel = queue[next] ?? 0
    const x = pixel % width
    if (x > 0) reach(pixel - 1)
    if (x < width - 1) reach(pixel + 1)
    if (pixel >= width) reach(pixel - width)
    if (pixel < width * (height - 1)) reach(pixel + width)
  }
  const figure = 1 - end / (width * height)
  if (figure < leastFigure || figure > mostFigure) return null
  return createFrames({ ...picture, data: out, channels: 4 })
}

/** The border's colour, as its channels' medians, if most of the border has it. */
function plainBorder({ width, height, channels, data }: Frames): number[] | null {
  const border = borderOf(width, height)
  const color = [0, 1, 2].map((c) => {
    const values = border.map((pixel) => data[pixel * channels + c] ?? 0).sort((a, b) => a - b)
    return values[values.length >> 1] ?? 0
  })
  const alike = border.filter(
    (pixel) => Math.hypot(...color.map((value, c) => (data[pixel * channels + c] ?? 0) - value)) <= same,
  )
  return alike.length >= plainShare * border.length ? color : null
}

function borderOf(width: number, height: number): number[] {
  const sides: number[] = []
  for (let x = 0; x < width; x++) sides.push(x, (height - 1) * width + x)
  for (let y = 1; y < height - 1; y++) sides.push(y * width, y * width + width - 1)
  return sides
}

/** Takes the background's share out of a mixed pixel's colour, and makes it so opaque. */
function unmix(out: Uint8Array, pixel: number, background: readonly number[], opacity: number): void {
  for (const [c, value] of background.entries()) {
    const mixed = out[pixel * 4 + c] ?? 0
    const own = opacity > 0 ? (mixed - (1 - opacity) * value) / opacity : 0
    out[pixel * 4 + c] = Math.min(255, Math.max(0, Math.round(own)))
  }
  out[pixel * 4 + 3] = Math.round(opacity * 255)
}
