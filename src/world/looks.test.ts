import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../util/random.ts'
import { actorOf, actors } from './actors.ts'
import { coatInk, paletteOf, skinShare } from './ink.ts'
import { accessoriesOf, type Coat, chooseLooks, type Looks, plainLooks } from './looks.ts'
import { loadPack } from './pack.ts'
import { referenceOf } from './reference.ts'
import { renderClip } from './render.ts'
import { scriptClip } from './script.ts'
import type { WorldPack } from './world-pack.ts'

let pack: WorldPack
beforeAll(async () => {
  pack = await loadPack(fileURLToPath(new URL('fixtures', import.meta.url)))
})

/** Mean of an RGBA picture's solid pixels. */
function meanColor(pixels: Uint8Array): readonly number[] {
  const sums = [0, 0, 0]
  let count = 0
  for (let i = 0; i < pixels.length; i += 4) {
    if ((pixels[i + 3] ?? 0) < 200) continue
    count++
    for (let c = 0; c < 3; c++) sums[c] = (sums[c] ?? 0) + (pixels[i + c] ?? 0)
  }
  return sums.map((sum) => sum / count)
}

describe('looks', () => {
  it.each([
    ['blue', 2, 0],
    ['red', 0, 2],
    ['green', 1, 0],
  ] as const)('a %s dog is mostly that', (coat: Coat, most: number, less: number) => {
    const color = meanColor(referenceOf('dog', pack, { frame: 0, looks: { ...plainLooks, coat } }))
    expect((color[most] ?? 0) - (color[less] ?? 0)).toBeGreaterThan(40)
  })

  it('keeps what is grey in a picture that has a hue', () => {
    const orange = Uint8Array.from({ length: 400 }, (_, i) => [230, 140, 40, 255][i % 4] ?? 0)
    const [a, b, c] = [0, 1, 2].map((row) => coatInk('blue', paletteOf(orange)).slice(row * 4, row * 4 + 3))
    const sums = [a, b, c].map((row) => (row ?? []).reduce((sum, x) => sum + x, 0))
    expect(Math.max(...sums) - Math.min(...sums)).toBeLessThan(3)
  })

  it('knows bare skin from orange cloth, blue and nothing', () => {
    expect(skinShare(252, 190, 59, 255)).toBe(256)
    expect(skinShare(240, 100, 40, 255)).toBe(0)
    expect(skinShare(60, 120, 220, 255)).toBe(0)
    expect(skinShare(0, 0, 0, 0)).toBe(0)
  })

  it('puts a hat into the reference where the render shows it, inside the box', () => {
    const looks: Looks = { coat: null, wears: { kind: 'hat', color: 'red' }, skin: null }
    const plain = referenceOf('dog', pack, { frame: 0 })
    const dressed = referenceOf('dog', pack, { frame: 0, looks })
    const red = (pixels: Uint8Array): number => {
      let count = 0
      for (let i = 0; i < pixels.length; i += 4)
        if ((pixels[i + 3] ?? 0) > 200 && (pixels[i] ?? 0) > 1.9 * (pixels[i + 1] ?? 0)) count++
      return count
    }
    expect(red(dressed)).toBeGreaterThan(red(plain) + 40)
    const script = scriptClip(3, { cast: ['dog'], places: ['meadow'], frames: 1 })
    const [deed] = script.actors
    if (!deed) throw new Error('a script without actors')
    const draw = (one: Looks): number =>
      red(
        rgbaOf(renderClip({ ...script, actors: [{ ...deed, looks: one }] }, pack, { size: 64 }).frames.data),
      )
    expect(draw(looks)).toBeGreaterThan(draw(plainLooks) + 10)
  })

  it('are such as the actor can have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(...actors), (seed, actor) => {
        const looks = chooseLooks(createRandom(seed, 1), actor)
        if (looks.skin) expect(actor.skin).toBe(true)
        if (looks.wears) expect(accessoriesOf(actor)).toContain(looks.wears.kind)
      }),
    )
    expect(accessoriesOf(actorOf('car'))).toEqual([])
    expect(accessoriesOf(actorOf('panda'))).toContain('glasses')
  })
})

function rgbaOf(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: (rgb.length / 3) * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  )
}
