import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actorOf } from './actors.ts'
import { isHeldOut, scriptClip } from './script.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('scriptClip', () => {
  it('is a pure function of seed and options, and plain data', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const script = scriptClip(seed)
        expect(scriptClip(seed)).toEqual(script)
        expect(JSON.parse(JSON.stringify(script))).toEqual(script)
      }),
      { numRuns: 40 },
    )
  })

  it('gives every actor and the camera a state at every frame, for any length', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 80 }), (seed, frames) => {
        const { plan, actors } = scriptClip(seed, { frames })
        expect(plan.camera).toHaveLength(frames)
        expect(plan.actors).toHaveLength(actors.length)
        for (const { states } of plan.actors) {
          expect(states).toHaveLength(frames)
          for (const state of states) {
            expect(state.phase).toBeGreaterThanOrEqual(0)
            expect(state.phase).toBeLessThan(1)
            expect(Math.abs(state.facing)).toBeLessThanOrEqual(1)
            expect(state.width).toBeGreaterThan(0)
            expect(Number.isFinite(state.centerX + state.centerY)).toBe(true)
          }
        }
      }),
      { numRuns: 120 },
    )
  })

  it('keeps the frame covered by the setting', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const box of scriptClip(seed).plan.camera) {
          expect(box.centerX - box.width / 2).toBeLessThanOrEqual(1e-9)
          expect(box.centerX + box.width / 2).toBeGreaterThanOrEqual(1 - 1e-9)
          expect(box.centerY - box.height / 2).toBeLessThanOrEqual(1e-9)
          expect(box.centerY + box.height / 2).toBeGreaterThanOrEqual(1 - 1e-9)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('moves and faces as the direction says, seen by a still camera', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const script = scriptClip(seed)
        for (const [i, deed] of script.actors.entries()) {
          const states = script.plan.actors[i]?.states ?? []
          if (!deed.direction || script.camera !== 'still') continue
          const sign = deed.direction === 'right' ? 1 : -1
          const way = (states.at(-1)?.centerX ?? 0) - (states[0]?.centerX ?? 0)
          expect(way * sign).toBeGreaterThan(0)
          for (const { facing } of states) expect(facing).toBe(sign)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('turns a runner’s loop twice as quick as a walker’s', () => {
    const rates = new Map<string, number>()
    for (let seed = 0; rates.size < 2 && seed < 2000; seed++) {
      const script = scriptClip(seed, { cast: ['dog'], places: ['meadow'] })
      const [deed] = script.actors
      const [first, second] = script.plan.actors[0]?.states ?? []
      if (!deed || !first || !second || deed.pace !== 'usual') continue
      if (deed.action === 'walk' || deed.action === 'run') {
        rates.set(deed.action, (second.phase - first.phase + 1) % 1)
      }
    }
    expect(rates.get('run')).toBeCloseTo(2 * (rates.get('walk') ?? 0), 9)
    expect(rates.get('walk')).toBeCloseTo(1 / actorOf('dog').loopFrames, 9)
  })

  it('keeps combinations apart: training never holds a held-out one', () => {
    let held = 0
    for (let seed = 0; seed < 300; seed++) {
      expect(isHeldOut(scriptClip(seed, { split: 'train' }))).toBe(false)
      if (seed < 30) expect(isHeldOut(scriptClip(seed, { split: 'heldout' }))).toBe(true)
      if (isHeldOut(scriptClip(seed))) held++
    }
    expect(held / 300).toBeGreaterThan(0.02)
    expect(held / 300).toBeLessThan(0.15)
  })

  it('rejects options that nothing fits', () => {
    expect(() => scriptClip(1, { cast: ['whale'], places: ['kitchen'] })).toThrow(/no clip fits/)
  })
})
