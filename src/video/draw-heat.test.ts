import { describe, expect, it } from 'vitest'
import { drawHeat } from './draw-heat.ts'
import { solidFrames } from './frames.ts'

describe('drawHeat', () => {
  const frames = solidFrames({ count: 8, height: 16, width: 16, channels: 3, fps: 12 }, [128, 128, 128])
  const pixel = (data: Uint8Array, frame: number, y: number, x: number): number[] =>
    Array.from(data.subarray(((frame * 16 + y) * 16 + x) * 3, ((frame * 16 + y) * 16 + x) * 3 + 3))

  it('is warm where and when the map is hot', () => {
    const values = new Float32Array(8)
    // The second map's lower right cell.
    values[7] = 0.4
    const { data } = drawHeat(frames, { values, side: 2, framesPerMap: 4 })
    const [hot, early, elsewhere] = [pixel(data, 5, 15, 15), pixel(data, 1, 15, 15), pixel(data, 5, 0, 0)]
    expect(early).toEqual(elsewhere)
    // Yellow: red and green well above what is cold.
    expect(hot[0]).toBeGreaterThan((elsewhere[0] ?? 255) + 80)
    expect(hot[1]).toBeGreaterThan((elsewhere[1] ?? 255) + 80)
  })

  it('changes neither shape nor the frames that it was given', () => {
    const drawn = drawHeat(frames, { values: new Float32Array(4), side: 2, framesPerMap: 8 })
    expect(drawn.data).toHaveLength(frames.data.length)
    expect(frames.data.every((value) => value === 128)).toBe(true)
  })
})
