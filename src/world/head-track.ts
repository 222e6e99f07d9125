import type { Sprite } from './world-pack.ts'

/** How far a head has moved since the loop's first picture, in sides of the picture. */
export interface HeadShift {
  readonly x: number
  readonly y: number
}

/** The farthest that heads move, in pixels of the level that is searched (48; 64 of art at its own size). */
const reach = 4

const tracks = new WeakMap<Sprite, readonly HeadShift[]>()

/**
 * Follows a head through a loop: the shift at which the patch around it differs least (sum of squared differences of
 * premultiplied colours), to a fraction of a pixel by a parabola through its neighbours. Measured once a sprite.
 * @param head its crown's middle, and its width, in sides of the picture
 */
export function headTrack(
  sprite: Sprite,
  head: { readonly x: number; readonly y: number; readonly width: number },
): readonly HeadShift[] {
  const known = tracks.get(sprite)
  if (known) return known
  const level = sprite.levels.slice(1).find(({ size }) => size <= 64) ?? sprite.levels[0]
  const track = level ? follow(level, sprite.frames, head) : []
  tracks.set(sprite, track)
  return track
}

function follow(
  { size, data }: Sprite['levels'][number],
  frames: number,
  head: { readonly x: number; readonly y: number; readonly width: number },
): HeadShift[] {
  const half = Math.max(3, Math.round((head.width * size) / 2))
  const patch = {
    left: Math.round(head.x * size) - half,
    top: Math.round(head.y * size) - 2,
    width: 2 * half,
    height: 2 * half,
  }
  const out: HeadShift[] = [{ x: 0, y: 0 }]
  let last = { x: 0, y: 0 }
  for (let frame = 1; frame < frames; frame++) {
    const errorAt = (x: number, y: number): number => patchError(data, size, frame, patch, x, y)
    let best = { x: last.x, y: last.y, error: errorAt(last.x, last.y) }
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) {
        // Nearness to the last place breaks ties.
        const error = errorAt(x, y) * (1 + 0.01 * (Math.abs(x - last.x) + Math.abs(y - last.y)))
        if (error < best.error) best = { x, y, error }
      }
    }
    last = { x: best.x, y: best.y }
    const fine = (lower: number, upper: number): number => valley(lower, errorAt(best.x, best.y), upper)
    out.push({
      x: (best.x + fine(errorAt(best.x - 1, best.y), errorAt(best.x + 1, best.y))) / size,
      y: (best.y + fine(errorAt(best.x, best.y - 1), errorAt(best.x, best.y + 1))) / size,
    })
  }
  return out
}

interface Patch {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

function patchError(
  data: Uint8Array,
  size: number,
  frame: number,
  patch: Patch,
  dx: number,
  dy: number,
): number {
  let error = 0
  for (let y = patch.top; y < patch.top + patch.height; y++) {
    for (let x = patch.left; x < patch.left + patch.width; x++) {
      const from = pixelAt(size, x, y)
      const to = pixelAt(size, x + dx, y + dy)
      for (let c = 1; c < 4; c += 2) {
        const before = from < 0 ? 0 : (data[from + c] ?? 0)
        const now = to < 0 ? 0 : (data[frame * size * size * 4 + to + c] ?? 0)
        error += (before - now) ** 2
      }
    }
  }
  return error
}

/** Offset of a pixel in a picture; below 0 outside of it. */
function pixelAt(size: number, x: number, y: number): number {
  return x < 0 || y < 0 || x >= size || y >= size ? -1 : (y * size + x) * 4
}

/** Where a parabola through three values at −1, 0 and 1 is lowest, within half a step. */
function valley(lower: number, middle: number, upper: number): number {
  const bend = lower - 2 * middle + upper
  return bend > 0 ? Math.max(-0.5, Math.min(0.5, (lower - upper) / (2 * bend))) : 0
}
