import { createRandom, type Random } from '../util/random.ts'
import { createFrames, type Frames } from '../video/frames.ts'

/** A disc of one colour that grows lighter to one side, on its way across the picture. In pixels and 0…255. */
interface Leaf {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Pixels a frame. */
  readonly speedX: number
  readonly speedY: number
  readonly color: readonly number[]
  /** Added to the colour for each pixel right of and below the middle. */
  readonly shadeX: number
  readonly shadeY: number
}

/** Discs that cover each other: enough that little of the first is left. */
const leavesPerClip = 90

/**
 * A clip of dead leaves (Lee, Mumford & Huang 2001): discs that cover each other, many small and few large ones, with edges,
 * colours and brightness as various as those of photographs. For what has to be fitted where there are no photographs.
 */
export function leafClip(
  seed: number,
  { frames, size }: { readonly frames: number; readonly size: number },
): Frames {
  const random = createRandom(seed, 90)
  const light = { dark: 130 * random.uniform(), range: 60 + 195 * random.uniform(), color: random.uniform() }
  const leaves = Array.from({ length: leavesPerClip }, (_, i) => drawLeaf(random, size, light, i === 0))
  const data = new Uint8Array(frames * size * size * 3)
  for (let f = 0; f < frames; f++) {
    for (const leaf of leaves)
      paint(data.subarray(f * size * size * 3, (f + 1) * size * size * 3), leaf, f, size)
  }
  return createFrames({ data, count: frames, height: size, width: size, channels: 3, fps: 16 })
}

/** How bright and how colourful a clip is. */
interface Light {
  readonly dark: number
  readonly range: number
  readonly color: number
}

function drawLeaf(random: Random, size: number, { dark, range, color }: Light, isGround: boolean): Leaf {
  const spread = (most: number): number => (2 * random.uniform() - 1) * most
  const gray = random.uniform()
  // Density of radii r⁻³, as of what lies at any distance; from 3 pixels to half the picture.
  const least = 3
  const most = size / 2
  const radius = (least ** -2 + random.uniform() * (most ** -2 - least ** -2)) ** -0.5
  return {
    x: random.uniform() * size,
    y: random.uniform() * size,
    radius: isGround ? 2 * size : radius,
    speedX: spread(1.5),
    speedY: spread(1.5),
    color: [0, 1, 2].map(() => dark + range * ((1 - color) * gray + color * random.uniform())),
    shadeX: spread(isGround ? 0.8 : 40 / radius),
    shadeY: spread(isGround ? 0.8 : 40 / radius),
  }
}

/** Lays a leaf over a frame [size, size, 3]; its edge is one pixel soft. */
function paint(frame: Uint8Array, leaf: Leaf, time: number, size: number): void {
  const [left, top] = [leaf.x + leaf.speedX * time, leaf.y + leaf.speedY * time]
  const from = (middle: number): number => Math.max(0, Math.floor(middle - leaf.radius))
  const to = (middle: number): number => Math.min(size - 1, Math.ceil(middle + leaf.radius))
  for (let y = from(top); y <= to(top); y++) {
    for (let x = from(left); x <= to(left); x++) {
      const cover = Math.min(1, leaf.radius - Math.hypot(x - left, y - top))
      if (cover <= 0) continue
      const shade = leaf.shadeX * (x - left) + leaf.shadeY * (y - top)
      for (let c = 0; c < 3; c++) {
        const i = (y * size + x) * 3 + c
        const value = Math.min(255, Math.max(0, (leaf.color[c] ?? 0) + shade))
        frame[i] = Math.round((frame[i] ?? 0) * (1 - cover) + value * cover)
      }
    }
  }
}
