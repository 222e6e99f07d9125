import { type Box, type State, turnedShare } from '../video/motion-plan.ts'

/**
 * How references lie in frames, as numbers for the denoiser: warps by rows and columns, and what is painted onto
 * every cell of a reference's box. A reference's picture faces right; a state that faces left mirrors it.
 */
export interface LayoutSize {
  /** Video frames of a chunk. */
  readonly videoFrames: number
  readonly framesPerLatent: number
  /** Pixels on a side of a reference. */
  readonly referenceSize: number
  /** Samples of a warp on a side. */
  readonly warpSize: number
  /** Cells on a side. */
  readonly size: number
}

/** Numbers painted onto a cell: see `paintCells`. */
export const layoutChannels = 24

/** How each frame's rows and columns take from those of a reference: each [videoFrames, warpSize, referenceSize]. */
export interface Warps {
  readonly rows: Float32Array
  readonly columns: Float32Array
}

/** Beyond the reference there is nothing (an actor), or its border goes on (a setting). */
export type Edge = 'empty' | 'clamp'

/**
 * Row and column warps of one reference over a chunk: each [videoFrames, warpSize, referenceSize].
 * Who turns is narrower, as the world draws it. Shrinking averages: a sample takes a triangle as wide as the distance between samples (bilinear when enlarging).
 */
export function warpsOf(
  states: readonly State[],
  size: Pick<LayoutSize, 'videoFrames' | 'referenceSize' | 'warpSize'>,
  edge: Edge,
): Warps {
  const area = size.warpSize * size.referenceSize
  const rows = new Float32Array(size.videoFrames * area)
  const columns = new Float32Array(size.videoFrames * area)
  for (const [f, state] of states.entries()) {
    const part = (all: Float32Array): Float32Array => all.subarray(f * area, (f + 1) * area)
    const top = state.centerY - state.height / 2
    const width = state.width * turnedShare(state.facing)
    writeWarp(part(rows), top, state.height, 'forward', size, edge, state.presence)
    writeWarp(
      part(columns),
      state.centerX - width / 2,
      width,
      state.facing < 0 ? 'mirrored' : 'forward',
      size,
      edge,
      1,
    )
  }
  return { rows, columns }
}

function writeWarp(
  out: Float32Array,
  start: number,
  length: number,
  direction: 'forward' | 'mirrored',
  { warpSize, referenceSize }: Pick<LayoutSize, 'referenceSize' | 'warpSize'>,
  edge: Edge,
  strength: number,
): void {
  const pixelsPerSample = referenceSize / (length * warpSize)
  const reach = Math.max(1, pixelsPerSample)
  for (let i = 0; i < warpSize; i++) {
    const along = ((i + 0.5) / warpSize - start) / length
    const center = (direction === 'forward' ? along : 1 - along) * referenceSize - 0.5
    const [first, last] = [Math.ceil(center - reach), Math.floor(center + reach)]
    let total = 0
    for (let j = first; j <= last; j++) total += 1 - Math.abs(j - center) / reach
    for (let j = first; j <= last; j++) {
      const inside = edge === 'clamp' ? Math.min(Math.max(j, 0), referenceSize - 1) : j
      if (inside < 0 || inside >= referenceSize) continue
      const index = i * referenceSize + inside
      out[index] = (out[index] ?? 0) + (strength * (1 - Math.abs(j - center) / reach)) / total
    }
  }
}

/**
 * The painted numbers of one reference over a chunk: [latentFrames, layoutChannels, size, size].
 * 0–1 how much of the cell is in the box at the latent frame's first and last video frame;
 * 2–9 sines and cosines of π·u, 2π·u, π·v, 2π·v; 10–17 sine and cosine of the phase at four frames;
 * 18 facing, 19 presence, 20 depth order, 21–22 width and height, 23 speed; all but the first two inside the box only.
 */
export function paintCells(states: readonly State[], size: LayoutSize, order: number): Float32Array {
  const { framesPerLatent, size: side } = size
  const latentFrames = size.videoFrames / framesPerLatent
  const area = side * side
  const out = new Float32Array(latentFrames * layoutChannels * area)
  for (let f = 0; f < latentFrames; f++) {
    const group = states.slice(f * framesPerLatent, (f + 1) * framesPerLatent)
    const [first, middle, last] = [group.at(0), group.at(group.length >> 1), group.at(-1)]
    if (!first || !middle || !last) continue
    const constants = frameNumbers(group, first, last, order)
    for (let cell = 0; cell < area; cell++) {
      const x = ((cell % side) + 0.5) / side
      const y = (Math.floor(cell / side) + 0.5) / side
      const covers = [coverage(first, x, y, side), coverage(last, x, y, side)]
      const inside = Math.max(...covers, coverage(middle, x, y, side))
      if (inside === 0) continue
      const numbers = [...covers, ...positionNumbers(middle, x, y), ...constants]
      for (let c = 0; c < layoutChannels; c++) {
        const value = (numbers[c] ?? 0) * (c < 2 ? 1 : inside)
        out[(f * layoutChannels + c) * area + cell] = value
      }
    }
  }
  return out
}

/** How much of the cell around (x, y) lies in the box, softly: 0 to 1. */
function coverage(box: Box & { presence: number }, x: number, y: number, side: number): number {
  const along = (distance: number, half: number): number =>
    Math.min(1, Math.max(0, (half - Math.abs(distance)) * side + 0.5))
  return box.presence * along(x - box.centerX, box.width / 2) * along(y - box.centerY, box.height / 2)
}

function positionNumbers(state: State, x: number, y: number): number[] {
  const along = (x - state.centerX) / state.width
  const u = 0.5 + (state.facing < 0 ? -along : along)
  const v = 0.5 + (y - state.centerY) / state.height
  return [u, v].flatMap((w) => [1, 2].flatMap((k) => [Math.sin(k * Math.PI * w), Math.cos(k * Math.PI * w)]))
}

function frameNumbers(group: readonly State[], first: State, last: State, order: number): number[] {
  const phases = Array.from({ length: 4 }, (_, i) => {
    const phase = group[Math.floor((i * group.length) / 4)]?.phase ?? 0
    return [Math.sin(2 * Math.PI * phase), Math.cos(2 * Math.PI * phase)]
  })
  const mean = (key: 'facing' | 'presence'): number =>
    group.reduce((sum, s) => sum + s[key], 0) / group.length
  return [
    ...phases.flat(),
    mean('facing'),
    mean('presence'),
    order,
    first.width,
    first.height,
    (last.centerX - first.centerX) * 4,
  ]
}
