import { type Box, type State, turnedShare } from '../video/motion-plan.ts'
import { type Ink, isGain, skinShare } from './ink.ts'
import type { Canvas, Sprite } from './world-pack.ts'

/** A square RGB picture to draw on, [size, size, 3]. */
export interface Picture {
  readonly size: number
  readonly data: Uint8Array
}

/** Where each pixel of a row (or column) samples a line of `length` texels: first texel, and the next one's 256ths. */
interface Samples {
  readonly index: Int32Array
  readonly share: Int32Array
}

/** Linear samples for pixels [from, to): pixel p's centre lies at origin + (p + ½)·step texels. */
function samplesOf(from: number, to: number, origin: number, step: number, length: number): Samples {
  const index = new Int32Array(to - from)
  const share = new Int32Array(to - from)
  for (let p = from; p < to; p++) {
    const place = Math.min(length - 1.001, Math.max(0, origin + (p + 0.5) * step - 0.5))
    const whole = Math.floor(place)
    index[p - from] = whole
    share[p - from] = Math.floor((place - whole) * 256)
  }
  return { index, share }
}

/** Fills the picture with the setting, whose whole canvas lies in `box` (frame units). */
export function drawBackground(picture: Picture, canvas: Canvas, box: Box): void {
  const { size, data } = picture
  const source = canvas.data
  const stepX = canvas.width / (box.width * size)
  const stepY = canvas.height / (box.height * size)
  const columns = samplesOf(0, size, -(box.centerX - box.width / 2) * size * stepX, stepX, canvas.width)
  const rows = samplesOf(0, size, -(box.centerY - box.height / 2) * size * stepY, stepY, canvas.height)
  const below = canvas.width * 3
  let to = 0
  for (let y = 0; y < size; y++) {
    const row = (rows.index[y] ?? 0) * below
    const fy = rows.share[y] ?? 0
    const gy = 256 - fy
    for (let x = 0; x < size; x++) {
      const i = row + (columns.index[x] ?? 0) * 3
      const fx = columns.share[x] ?? 0
      const gx = 256 - fx
      const a = gx * gy
      const b = fx * gy
      const c = gx * fy
      const d = fx * fy
      const j = i + below
      data[to] =
        ((source[i] ?? 0) * a +
          (source[i + 3] ?? 0) * b +
          (source[j] ?? 0) * c +
          (source[j + 3] ?? 0) * d +
          32768) >>
        16
      data[to + 1] =
        ((source[i + 1] ?? 0) * a +
          (source[i + 4] ?? 0) * b +
          (source[j + 1] ?? 0) * c +
          (source[j + 4] ?? 0) * d +
          32768) >>
        16
      data[to + 2] =
        ((source[i + 2] ?? 0) * a +
          (source[i + 5] ?? 0) * b +
          (source[j + 2] ?? 0) * c +
          (source[j + 5] ?? 0) * d +
          32768) >>
        16
      to += 3
    }
  }
}

export interface SpriteDrawing {
  readonly frame: number
  readonly state: State
  readonly mirrored: boolean
  readonly ink: Ink
  /** In place of `ink` where the picture shows bare skin. */
  readonly skin?: Ink | undefined
  /** Gets this actor's alpha, [size, size]; null for what is nobody's. */
  readonly cover: Uint8Array | null
  /** Lose what this actor hides. */
  readonly others: readonly Uint8Array[]
}

/** Draws one picture of a sprite into its state's box; |facing| narrows it as it turns. */
export function drawSprite(picture: Picture, sprite: Sprite, drawing: SpriteDrawing): void {
  const { size, data } = picture
  const { state, cover, others, ink, skin } = drawing
  const width = state.width * turnedShare(state.facing) * size
  const height = state.height * size
  const left = state.centerX * size - width / 2
  const top = state.centerY * size - height / 2
  const x0 = Math.max(0, Math.floor(left))
  const x1 = Math.min(size, Math.ceil(left + width))
  const y0 = Math.max(0, Math.floor(top))
  const y1 = Math.min(size, Math.ceil(top + height))
  if (x0 >= x1 || y0 >= y1) return
  const level = levelFor(sprite, height)
  const stepX = level.size / width
  const stepY = level.size / height
  const columns = drawing.mirrored
    ? samplesOf(x0, x1, level.size + left * stepX, -stepX, level.size)
    : samplesOf(x0, x1, -left * stepX, stepX, level.size)
  const rows = samplesOf(y0, y1, -top * stepY, stepY, level.size)
  const source = level.data
  const below = level.size * 4
  const base = drawing.frame * level.size * below
  const gainsOnly = !skin && isGain(ink)
  const [red = 0, , , , , green = 0, , , , , blue = 0] = ink
  for (let y = y0; y < y1; y++) {
    const row = base + (rows.index[y - y0] ?? 0) * below
    const fy = rows.share[y - y0] ?? 0
    const gy = 256 - fy
    for (let x = x0; x < x1; x++) {
      const i = row + (columns.index[x - x0] ?? 0) * 4
      const j = i + below
      const fx = columns.share[x - x0] ?? 0
      const gx = 256 - fx
      const a = gx * gy
      const b = fx * gy
      const c = gx * fy
      const d = fx * fy
      const alpha =
        ((source[i + 3] ?? 0) * a +
          (source[i + 7] ?? 0) * b +
          (source[j + 3] ?? 0) * c +
          (source[j + 7] ?? 0) * d +
          32768) >>
        16
      if (alpha === 0) continue
      const r =
        ((source[i] ?? 0) * a + (source[i + 4] ?? 0) * b + (source[j] ?? 0) * c + (source[j + 4] ?? 0) * d) >>
        16
      const g =
        ((source[i + 1] ?? 0) * a +
          (source[i + 5] ?? 0) * b +
          (source[j + 1] ?? 0) * c +
          (source[j + 5] ?? 0) * d) >>
        16
      const l =
        ((source[i + 2] ?? 0) * a +
          (source[i + 6] ?? 0) * b +
          (source[j + 2] ?? 0) * c +
          (source[j + 6] ?? 0) * d) >>
        16
      const rest = 255 - alpha
      const pixel = y * size + x
      const to = pixel * 3
      if (gainsOnly) {
        data[to] = ((r * red) >> 8) + divide255((data[to] ?? 0) * rest)
        data[to + 1] = ((g * green) >> 8) + divide255((data[to + 1] ?? 0) * rest)
        data[to + 2] = ((l * blue) >> 8) + divide255((data[to + 2] ?? 0) * rest)
      } else {
        const bare = skin ? skinShare(r, g, l, alpha) : 0
        for (let c = 0; c < 3; c++) {
          let value = bare < 256 ? inked(ink, c * 4, r, g, l, alpha) : 0
          if (skin && bare > 0) value += ((inked(skin, c * 4, r, g, l, alpha) - value) * bare) >> 8
          data[to + c] = value + divide255((data[to + c] ?? 0) * rest)
        }
      }
      if (cover) cover[pixel] = alpha + divide255((cover[pixel] ?? 0) * rest)
      for (const other of others) other[pixel] = divide255((other[pixel] ?? 0) * rest)
    }
  }
}

/** One channel of an ink, kept between 0 and alpha. */
function inked(ink: Ink, row: number, r: number, g: number, b: number, alpha: number): number {
  const value =
    ((ink[row] ?? 0) * r + (ink[row + 1] ?? 0) * g + (ink[row + 2] ?? 0) * b + (ink[row + 3] ?? 0) * alpha) >>
    8
  return Math.max(0, Math.min(alpha, value))
}

/** Changes the pixels of a premultiplied RGBA picture in place, as `drawSprite` does. */
export function inkPicture(pixels: Float32Array, ink: Ink, skin?: Ink): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = pixels.subarray(i, i + 4)
    const bare = skin ? skinShare(r, g, b, alpha) / 256 : 0
    for (let c = 0; c < 3; c++) {
      const of = (used: Ink): number => {
        const at = (k: number): number => used[c * 4 + k] ?? 0
        return Math.min(alpha, Math.max(0, (at(0) * r + at(1) * g + at(2) * b + at(3) * alpha) / 256))
      }
      pixels[i + c] = skin ? of(ink) * (1 - bare) + of(skin) * bare : of(ink)
    }
  }
}

/** A soft dark ellipse on the ground; paler and smaller the higher its actor is above it (`lift` in heights). */
export function drawShadow(picture: Picture, state: State, groundY: number, lift: number): void {
  const { size, data } = picture
  const near = 1 / (1 + 2.2 * lift)
  const radiusX = state.width * 0.4 * size * (0.55 + 0.45 * near)
  const radiusY = radiusX * 0.24
  const centerX = state.centerX * size
  const centerY = groundY * size - radiusY * 0.25
  const dark = 0.36 * near
  for (let y = Math.max(0, Math.floor(centerY - radiusY)); y < Math.min(size, centerY + radiusY); y++) {
    const dy = (y + 0.5 - centerY) / radiusY
    for (let x = Math.max(0, Math.floor(centerX - radiusX)); x < Math.min(size, centerX + radiusX); x++) {
      const dx = (x + 0.5 - centerX) / radiusX
      const inside = 1 - dx * dx - dy * dy
      if (inside <= 0) continue
      const keep = Math.round(256 * (1 - dark * Math.min(1, inside * 1.6)))
      const to = (y * size + x) * 3
      data[to] = ((data[to] ?? 0) * keep) >> 8
      data[to + 1] = ((data[to + 1] ?? 0) * keep) >> 8
      data[to + 2] = ((data[to + 2] ?? 0) * keep) >> 8
    }
  }
}

/** The smallest level that is not stretched by more than a fifth. */
function levelFor(sprite: Sprite, pixels: number): Sprite['levels'][number] {
  let chosen = sprite.levels[0]
  for (const level of sprite.levels) if (level.size * 1.2 >= pixels) chosen = level
  if (!chosen) throw new RangeError('a sprite without pictures')
  return chosen
}

/** x / 255, rounded, for x in 0…65025. */
function divide255(x: number): number {
  return (x + 128 + ((x + 128) >> 8)) >> 8
}
