import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderBatch } from './clip-batch.ts'
import { createClipStream } from './clip-stream.ts'
import { loadPack } from './pack.ts'
import { referenceOf, settingReference } from './reference.ts'
import { renderClip } from './render.ts'
import { type ClipScript, scriptClip } from './script.ts'
import type { WorldPack } from './world-pack.ts'

const folder = fileURLToPath(new URL('fixtures', import.meta.url))
const options = { cast: ['dog', 'fish', 'butterfly', 'car'], places: ['meadow', 'underwater'] } as const
let pack: WorldPack
beforeAll(async () => {
  pack = await loadPack(folder)
})

describe('renderClip', () => {
  it('draws the same bytes again, and any stretch of a clip as in the whole', () => {
    for (let seed = 0; seed < 12; seed++) {
      const script = scriptClip(seed, options)
      const whole = renderClip(script, pack, { size: 64 })
      const part = renderClip(script, pack, { size: 64, start: 5, count: 4 })
      const stretch = whole.frames.data.subarray(5 * 64 * 64 * 3, 9 * 64 * 64 * 3)
      expect(Buffer.compare(stretch, part.frames.data)).toBe(0)
    }
  })

  it('shows each actor inside its box and nowhere else', () => {
    for (let seed = 0; seed < 60; seed++) {
      const script = scriptClip(seed, options)
      const { masks } = renderClip(script, pack, { size: 64, maskSize: 64 })
      for (const [i, { states }] of script.plan.actors.entries()) {
        for (const [f, state] of states.entries()) {
          const mask = masks.subarray((f * script.actors.length + i) * 4096).subarray(0, 4096)
          const extent = extentOf(mask, 64)
          if (!extent) continue
          expect(extent.left).toBeGreaterThanOrEqual(Math.floor((state.centerX - state.width / 2) * 64))
          expect(extent.right).toBeLessThanOrEqual(Math.ceil((state.centerX + state.width / 2) * 64))
          expect(extent.top).toBeGreaterThanOrEqual(Math.floor((state.centerY - state.height / 2) * 64))
          expect(extent.bottom).toBeLessThanOrEqual(Math.ceil((state.centerY + state.height / 2) * 64))
        }
      }
    }
  })

  it('mirrors what faces the other way', () => {
    const right = renderClip(standing(1), pack, { size: 64, maskSize: 64 })
    const left = renderClip(standing(-1), pack, { size: 64, maskSize: 64 })
    let difference = 0
    let plain = 0
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        const one = right.masks[y * 64 + x] ?? 0
        difference += Math.abs(one - (left.masks[y * 64 + 63 - x] ?? 0))
        plain += Math.abs(one - (left.masks[y * 64 + x] ?? 0))
      }
    }
    expect(difference / 4096).toBeLessThan(1.5)
    expect(plain / 4096).toBeGreaterThan(10)
  })

  it('is one pose at phases a turn apart, and moves between', () => {
    const base = standing(1)
    const at = (phase: number): Uint8Array =>
      renderClip(withState(base, { phase }), pack, { size: 64 }).frames.data
    expect(at(0)).toEqual(at(0.9999999999 + 1e-10))
    expect(at(0)).not.toEqual(at(0.5))
  })
})

describe('references', () => {
  it('stretched over the state’s box lies on the actor', () => {
    const script = standing(1)
    const { masks } = renderClip(script, pack, { size: 64, maskSize: 64 })
    const reference = referenceOf('dog', pack, { size: 64, frame: 0 })
    const state = script.plan.actors[0]?.states[0]
    const errorOf = (turned: 1 | -1): number => {
      let error = 0
      for (let i = 0; i < 4096; i++) {
        const u = (turned * (((i % 64) + 0.5) / 64 - (state?.centerX ?? 0))) / (state?.width ?? 1) + 0.5
        const v = ((Math.floor(i / 64) + 0.5) / 64 - (state?.centerY ?? 0)) / (state?.height ?? 1) + 0.5
        const inside = u >= 0 && u < 1 && v >= 0 && v < 1
        const alpha = inside ? (reference[(Math.floor(v * 64) * 64 + Math.floor(u * 64)) * 4 + 3] ?? 0) : 0
        error += Math.abs(alpha - (masks[i] ?? 0)) / 4096
      }
      return error
    }
    // The fixture's sprites have 32 pixels, so that edges are soft; the wrong way round would be far off.
    expect(errorOf(1)).toBeLessThan(8)
    expect(errorOf(-1)).toBeGreaterThan(24)
  })

  it('of a setting is the mean of its canvas', () => {
    const canvas = pack.canvases.get('meadow/day')?.[0]
    const picture = settingReference('meadow', 'day', 0, pack, { size: 32 })
    expect(mean(picture)).toBeCloseTo(mean(canvas?.data ?? new Uint8Array()), 0)
  })
})

describe('createClipStream', () => {
  it('gives the batches that direct drawing gives, in order', async () => {
    const spec = { ...options, seed: 7, batchSize: 2, frames: 4, scriptFrames: 9, size: 32, maskSize: 16 }
    const stream = createClipStream({ ...spec, pack: folder, firstBatch: 3, ahead: 2 })
    try {
      for (const index of [3, 4, 5]) {
        const batch = await stream.next()
        expect(batch).toEqual(renderBatch(pack, spec, index))
      }
    } finally {
      await stream.close()
    }
  })

  it('says what is wrong when there is no pack', async () => {
    const stream = createClipStream({ seed: 1, batchSize: 1, frames: 1, pack: `${folder}/none` })
    await expect(stream.next()).rejects.toThrow(/no world pack/)
    await stream.close()
  })
})

/** A dog that stands in the middle of the meadow, filling most of the frame. */
function standing(facing: number): ClipScript {
  const script = scriptClip(1, { cast: ['dog'], places: ['meadow'], frames: 1 })
  const [deed] = script.actors
  if (!deed) throw new Error('a script without actors')
  const alone = { ...script, actors: [{ ...deed, shadows: [null] }], time: 'day' as const }
  return withState(alone, {
    centerX: 0.5,
    centerY: 0.5,
    width: 0.8,
    height: 0.8,
    facing,
    phase: 0,
    presence: 1,
  })
}

function withState(script: ClipScript, change: object): ClipScript {
  const actors = script.plan.actors.slice(0, 1)
  return {
    ...script,
    plan: {
      ...script.plan,
      actors: actors.map((one) => ({ ...one, states: one.states.map((state) => ({ ...state, ...change })) })),
    },
  }
}

function extentOf(mask: Uint8Array, size: number) {
  let [left, right, top, bottom] = [size, 0, size, 0]
  for (const [i, value] of mask.entries()) {
    if (value < 8) continue
    const [x, y] = [i % size, Math.floor(i / size)]
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  }
  return right > left ? { left, right, top, bottom } : null
}

function mean(data: Uint8Array): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length
}
