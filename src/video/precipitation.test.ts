import { expect, it } from 'vitest'
import { openPrecipitation, type PrecipitationKind } from './precipitation.ts'

const side = 64

/** Where the marks of a moment lie on average, by row, and how many there are. */
function marks(kind: PrecipitationKind, seed: number, seconds: number): Map<number, number> {
  const all = new Map<number, number>()
  openPrecipitation({ kind, seed })({ seconds, layer: 'near', side }, (x, y, share) => {
    expect(share).toBeGreaterThan(0)
    expect(share).toBeLessThanOrEqual(1)
    all.set(y * side + x, share)
  })
  return all
}

it.each(['rain', 'snow'] as const)(
  'lets %s fall: the same for the same seed, and lower a moment later',
  (kind) => {
    expect(marks(kind, 1, 0.5)).toEqual(marks(kind, 1, 0.5))
    expect(marks(kind, 1, 0.5)).not.toEqual(marks(kind, 2, 0.5))
    const before = [...marks(kind, 1, 0.5).keys()]
    const after = new Set(marks(kind, 1, 0.54).keys())
    const fallen = (rows: number): number =>
      before.filter((at) => [-1, 0, 1].some((dx) => after.has(at + rows * side + dx))).length
    const down = Math.max(...[1, 2, 3, 4, 5, 6].map(fallen))
    const up = Math.max(...[-4, -5, -6].map(fallen))
    expect(down).toBeGreaterThan(up)
  },
)

it('stays within the picture', () => {
  for (const kind of ['rain', 'snow'] as const) {
    for (let moment = 0; moment < 20; moment++) {
      for (const at of marks(kind, 5, moment / 7).keys()) {
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThan(side * side)
      }
    }
  }
})
