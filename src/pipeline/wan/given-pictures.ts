import { z } from 'zod'
import { FramewrightError } from '../../util/errors.ts'
import type { Frames } from '../../video/frames.ts'
import { transparencyOf } from '../own-pictures.ts'
import { isPicture, sides as sideLimits } from '../validate.ts'

/** The picture that a video begins or ends with: opaque, as RGB. */
export const pictureOption = (name: 'image' | 'lastImage') =>
  z
    .custom<Frames>((value) => isPicture(value) && value.count === 1, {
      error: `\`${name}\` must be one picture, as \`readImage\` gives`,
    })
    .refine((picture) => transparencyOf(picture) === 'none', {
      error: `\`${name}\` can be seen through in places, and a video cannot: put it on a background`,
    })
    .transform(opaque)
    .optional()

function opaque(picture: Frames): Frames {
  const { data, width, height, channels } = picture
  if (channels === 3) return picture
  const pixels = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0,
  )
  return { ...picture, data: pixels, channels: 3 }
}

/** Pixels: eight to a latent cell, two cells to a token. */
const side = 16

const wholeCells = (pixels: number): number => Math.max(side, Math.round(pixels / side) * side)

/** Pixels of a video where none are asked for: those of 480×272, and of its proportions with a picture. */
export function usualSides(image: Frames | undefined): [number, number] {
  const [width, height] = [480, 272]
  if (image === undefined) return [width, height]
  const proportion = Math.sqrt(image.width / image.height)
  const sides = [proportion, 1 / proportion].map((p) => Math.sqrt(width * height) * p)
  const [wide = 0, high = 0] = sides.map(wholeCells)
  if (Math.max(wide, high) <= sideLimits.to) return [wide, high]
  throw new FramewrightError(
    'E_OPTION',
    `a video in the proportions of \`image\`, ${image.width}×${image.height}, would be ${wide}x${high}: cut the picture, or give a \`size\``,
  )
}

/** @throws FramewrightError E_OPTION when they are no whole latent cells and tokens */
export function checkSides(width: number, height: number): void {
  if (width % side === 0 && height % side === 0) return
  const [w, h] = [width, height].map(wholeCells)
  throw new FramewrightError(
    'E_OPTION',
    `the sides of \`size\` must be multiples of ${side}, got ${width}x${height}: use ${w}x${h}`,
  )
}

/** @throws FramewrightError E_OPTION for a last picture without a first, or without frames between */
export function checkLastImage(image: Frames | undefined, frames: number): void {
  if (image === undefined) {
    throw new FramewrightError(
      'E_OPTION',
      '`lastImage` is where a video ends that begins with `image`: give both',
    )
  }
  if (frames > 1) return
  throw new FramewrightError('E_OPTION', `\`frames\` must be at least 5 with a \`lastImage\`, got ${frames}`)
}
