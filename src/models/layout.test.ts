import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { State } from '../video/motion-plan.ts'
import { type LayoutSize, layoutChannels, paintCells, warpsOf } from './layout.ts'

const size: LayoutSize = { videoFrames: 4, framesPerLatent: 4, referenceSize: 8, warpSize: 16, size: 4 }
const state = (change: Partial<State>): State => ({
  centerX: 0.5,
  centerY: 0.5,
  width: 0.5,
  height: 0.5,
  facing: 1,
  phase: 0,
  presence: 1,
  ...change,
})
const four = (change: Partial<State>): State[] => Array.from({ length: 4 }, () => state(change))

/** The picture `reference[y][x]` warped by rows and columns of the first frame. */
function warp(
  reference: (x: number, y: number) => number,
  states: readonly State[],
  edge: 'empty' | 'clamp',
) {
  const { rows, columns } = warpsOf(states, size, edge)
  const { referenceSize: r, warpSize: g } = size
  expect(rows).toHaveLength(size.videoFrames * g * r)
  return (X: number, Y: number): number => {
    let sum = 0
    for (let y = 0; y < r; y++) {
      for (let x = 0; x < r; x++) sum += (rows[Y * r + y] ?? 0) * (columns[X * r + x] ?? 0) * reference(x, y)
    }
    return sum
  }
}

describe('warps', () => {
  it('put a reference into its box, and nothing outside', () => {
    const at = warp(() => 1, four({}), 'empty')
    expect(at(8, 8)).toBeCloseTo(1, 5)
    expect(at(5, 10)).toBeCloseTo(1, 5)
    expect(at(1, 8)).toBe(0)
    expect(at(8, 15)).toBe(0)
  })

  it('keep the place of a ramp: the left of the reference on the left of the box, the right when mirrored', () => {
    const ramp = (x: number): number => x
    const right = warp(ramp, four({}), 'empty')
    const left = warp(ramp, four({ facing: -1 }), 'empty')
    // Sample 4 is the box's first, of 8 that lie in it, and the reference has 8 pixels: pixel by pixel.
    for (let i = 0; i < 8; i++) {
      expect(right(4 + i, 8)).toBeCloseTo(i, 4)
      expect(left(4 + i, 8)).toBeCloseTo(7 - i, 4)
    }
  })

  it('keep the mean of what they shrink', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.3, noNaN: true }), (width) => {
        const at = warp(() => 1, four({ width, height: width }), 'empty')
        let sum = 0
        for (let y = 0; y < 16; y++) for (let x = 0; x < 16; x++) sum += at(x, y)
        // All of the picture's ones arrive: area in samples, up to the coarse sampling of a small box.
        expect(sum).toBeGreaterThan(0.4 * (width * 16) ** 2)
        expect(sum).toBeLessThan(2.5 * (width * 16) ** 2)
      }),
    )
  })

  it('go on at a setting’s border', () => {
    const at = warp(() => 1, four({ width: 0.9, height: 0.9 }), 'clamp')
    for (const [x, y] of [
      [0, 0],
      [15, 15],
      [0, 8],
    ] as const) {
      expect(at(x, y)).toBeCloseTo(1, 4)
    }
  })

  it('are nothing for who is not there', () => {
    const { rows } = warpsOf(four({ presence: 0 }), size, 'empty')
    expect(Math.max(...rows)).toBe(0)
  })
})

describe('painted cells', () => {
  it('say where in the box a cell lies, mirrored for who faces left', () => {
    const numbers = (facing: number): number[] => {
      const cells = paintCells(four({ facing }), size, 0)
      expect(cells).toHaveLength(layoutChannels * 16)
      // Cell (1, 1), its sine and cosine of π·u.
      return [cells[2 * 16 + 5] ?? 0, cells[3 * 16 + 5] ?? 0]
    }
    const [sin, cos] = numbers(1)
    const u = Math.atan2(sin ?? 0, cos ?? 0) / Math.PI
    // The cell's centre is at 0.375 of the frame, a quarter into the box.
    expect(u).toBeCloseTo(0.25, 5)
    const mirrored = numbers(-1)
    expect(Math.atan2(mirrored[0] ?? 0, mirrored[1] ?? 0) / Math.PI).toBeCloseTo(0.75, 5)
  })

  it('are zero outside the box', () => {
    const cells = paintCells(four({ centerX: 0.125, centerY: 0.125, width: 0.2, height: 0.2 }), size, 0)
    for (let c = 0; c < layoutChannels; c++) expect(cells[c * 16 + 15]).toBe(0)
  })
})
