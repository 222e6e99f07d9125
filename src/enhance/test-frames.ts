import { createRandom } from '../util/random.ts'
import { createFrames, type Frames } from '../video/frames.ts'

/** A picture as a function of the place in it, [0, 1] both; RGB, 0 to 255. */
export type Scene = (x: number, y: number) => readonly [number, number, number]

/** One frame of a scene, each pixel the mean over its area, by 4×4 places in it. */
export function drawScene(scene: Scene, size: number): Frames {
  const data = new Uint8Array(size * size * 3)
  const places = 4
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0]
      for (let i = 0; i < places ** 2; i++) {
        const [u, v] = [(i % places) + 0.5, Math.floor(i / places) + 0.5]
        const color = scene((x + u / places) / size, (y + v / places) / size)
        for (const [c, value] of color.entries()) sum[c] = (sum[c] ?? 0) + value
      }
      for (const [c, total] of sum.entries()) data[(y * size + x) * 3 + c] = Math.round(total / places ** 2)
    }
  }
  return createFrames({ data, count: 1, width: size, height: size, channels: 3, fps: 12 })
}

/** Round things on a ground that grows lighter upwards; `shift` moves them to the right. */
export function discs(seed: number, shift = 0): Scene {
  const random = createRandom(seed)
  const all = Array.from({ length: 5 }, () => ({
    x: 0.2 + 0.5 * random.uniform(),
    y: 0.2 + 0.6 * random.uniform(),
    radius: 0.06 + 0.1 * random.uniform(),
    color: [random.integer(256), random.integer(256), random.integer(256)] as const,
  }))
  return (x, y) => {
    const hit = all.findLast((disc) => Math.hypot(x - disc.x - shift, y - disc.y) < disc.radius)
    return hit?.color ?? [120 + 60 * (1 - y), 170, 220 - 80 * y]
  }
}

/** Every number by chance: the hardest to tell apart at a seam. */
export function noise(seed: number, shape: Omit<Frames, 'data'>): Frames {
  const random = createRandom(seed)
  const size = shape.count * shape.width * shape.height * shape.channels
  return createFrames({ ...shape, data: Uint8Array.from({ length: size }, () => random.integer(256)) })
}

/** The largest difference of two runs' numbers. */
export function largestDifference(a: Frames, b: Frames): number {
  let most = Math.abs(a.data.length - b.data.length)
  for (const [i, value] of a.data.entries()) most = Math.max(most, Math.abs(value - (b.data[i] ?? 0)))
  return most
}
