import type { Frames } from './frames.ts'

/** Heat over a run of frames. */
export interface HeatMap {
  /** [count, side, side], from 0. */
  readonly values: Float32Array
  readonly side: number
  /** Frames that a map stands for. */
  readonly framesPerMap: number
}

/**
 * Frames with a heat map laid over them: where it is cold they are dark and grey, where it is hot they shine through in
 * warm light. The map's largest value, over all frames, is the hottest.
 */
export function drawHeat(frames: Frames, heat: HeatMap): Frames {
  const { width, height, channels, count } = frames
  const hottest = heat.values.reduce((a, b) => Math.max(a, b), 0)
  const coldest = heat.values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const data = new Uint8Array(frames.data)
  const maps = heat.values.length / heat.side ** 2
  for (let frame = 0; frame < count; frame++) {
    const map = Math.min(maps - 1, Math.floor(frame / heat.framesPerMap))
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = sample(heat, map, (x + 0.5) / width, (y + 0.5) / height)
        const warmth = hottest > coldest ? (value - coldest) / (hottest - coldest) : 0
        tint(data, ((frame * height + y) * width + x) * channels, warmth)
      }
    }
  }
  return { ...frames, data }
}

/** The map between its cells' centres, bilinearly; x and y in [0, 1]. */
function sample({ values, side }: HeatMap, map: number, x: number, y: number): number {
  const at = (row: number, column: number): number => {
    const inside = (i: number): number => Math.min(side - 1, Math.max(0, i))
    return values[(map * side + inside(row)) * side + inside(column)] ?? 0
  }
  const [column, row] = [x * side - 0.5, y * side - 0.5]
  const [left, top] = [Math.floor(column), Math.floor(row)]
  const [fx, fy] = [column - left, row - top]
  const upper = at(top, left) * (1 - fx) + at(top, left + 1) * fx
  const lower = at(top + 1, left) * (1 - fx) + at(top + 1, left + 1) * fx
  return upper * (1 - fy) + lower * fy
}

/** Colours from cold to hot: dark violet, red, yellow. */
const ramp = [
  [40, 10, 80],
  [200, 40, 60],
  [255, 230, 90],
] as const

function tint(data: Uint8Array, pixel: number, warmth: number): void {
  const grey = 0.2126 * (data[pixel] ?? 0) + 0.7152 * (data[pixel + 1] ?? 0) + 0.0722 * (data[pixel + 2] ?? 0)
  const place = Math.min(ramp.length - 1 - 1e-6, warmth * (ramp.length - 1))
  const [cold, hot] = [ramp[Math.floor(place)] ?? ramp[0], ramp[Math.floor(place) + 1] ?? ramp[2]]
  for (let c = 0; c < 3; c++) {
    const color = (cold[c] ?? 0) + ((hot[c] ?? 0) - (cold[c] ?? 0)) * (place % 1)
    data[pixel + c] = Math.round(0.45 * grey + 0.55 * color)
  }
}
