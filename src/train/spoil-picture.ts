import type { Random } from '../util/random.ts'

/**
 * Makes a clean reference a little as the generator draws it: soft, with clouds of wrong colour and some noise. The
 * painter is trained on such, or it would follow what the generator gets wrong to the last pixel.
 * @param picture premultiplied RGBA in [0, 1], [4, side, side]; alpha stays, so that nothing appears around an actor
 */
export function spoilPicture(picture: Float32Array, side: number, random: Random): Float32Array {
  const [softness, cloudiness, noisiness] = [random.uniform(), random.uniform(), random.uniform()]
  const soft = softness < 0.5 ? picture : soften(picture, side, softness < 0.8 ? 1 : 2)
  const clouds = cloudsOf(side, random, 0.12 * cloudiness ** 2)
  const noise = 0.06 * noisiness ** 2
  const area = side * side
  return soft.map((value, i) => {
    if (i >= 3 * area) return value
    const alpha = soft[3 * area + (i % area)] ?? 0
    const spoiled = value + alpha * ((clouds[i] ?? 0) + noise * random.normal())
    return Math.min(alpha, Math.max(0, spoiled))
  })
}

/** Means over (2·reach + 1)² pixels, along rows and then along columns; the border goes on. */
function soften(picture: Float32Array, side: number, reach: number): Float32Array {
  const along = (from: Float32Array, step: number): Float32Array =>
    from.map((_, i) => {
      const place = Math.floor(i / step) % side
      let total = 0
      for (let d = -reach; d <= reach; d++) {
        const there = Math.min(side - 1, Math.max(0, place + d))
        total += from[i + (there - place) * step] ?? 0
      }
      return total / (2 * reach + 1)
    })
  return along(along(picture, 1), side)
}

/** Cells on a side of the clouds. */
const coarse = 8

/** Smooth noise of deviation about `strength`, a colour each: [3, side, side]. */
function cloudsOf(side: number, random: Random, strength: number): Float32Array {
  const grid = Float32Array.from({ length: 3 * (coarse + 1) ** 2 }, () => strength * random.normal())
  const at = (c: number, y: number, x: number): number => grid[(c * (coarse + 1) + y) * (coarse + 1) + x] ?? 0
  const area = side * side
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    const c = Math.floor(i / area)
    const [y, x] = [((Math.floor(i / side) % side) * coarse) / side, ((i % side) * coarse) / side]
    const [y0, x0] = [Math.floor(y), Math.floor(x)]
    const [fy, fx] = [y - y0, x - x0]
    const top = at(c, y0, x0) * (1 - fx) + at(c, y0, x0 + 1) * fx
    const bottom = at(c, y0 + 1, x0) * (1 - fx) + at(c, y0 + 1, x0 + 1) * fx
    return top * (1 - fy) + bottom * fy
  })
}
