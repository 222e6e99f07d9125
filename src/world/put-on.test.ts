import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { premultiplied } from '../train/reference-pictures.ts'
import type { Actor } from './actor.ts'
import { actorOf } from './actors.ts'
import type { HeadShift } from './head-track.ts'
import { type Accessory, accessoriesOf, type Looks, plainLooks } from './looks.ts'
import { loadPack } from './pack.ts'
import { putOn } from './put-on.ts'
import { accessoryReference, referenceOf } from './reference.ts'
import { usualHeads } from './usual-heads.ts'
import { createSprite, type Sprite, type WorldPack } from './world-pack.ts'
import { headOf } from './worn-place.ts'

const size = 64
const area = size ** 2

/** The pack of the tests, in which everyone else is the dog's first picture. */
let pack: WorldPack
beforeAll(async () => {
  const small = await loadPack(fileURLToPath(new URL('fixtures', import.meta.url)))
  const dog = small.sprites.get('dog')?.levels[0]
  if (!dog) throw new Error('a pack without its dog')
  const still = createSprite(() => dog.data.slice(0, dog.size ** 2 * 4), 1, dog.size)
  pack = { ...small, sprites: new Map([...small.sprites, ...cast.map((id) => [id, still] as const)]) }
})

/** One faces left, one us; both are learned by a picture that has the head where the first has it. */
const cast = ['tiger', 'panda'] as const

const wearing = (id: string, wears: Accessory | null): Float32Array =>
  premultiplied(referenceOf(id, pack, { frame: 0, size, looks: { ...plainLooks, wears } }))

const alone = (accessory: Accessory): Float32Array =>
  premultiplied(accessoryReference(accessory, pack, { size }))

function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length
}

/** Where the middle of what is red lies, and its area, in sides and in squares of the picture. */
function redOf(picture: Float32Array): { readonly x: number; readonly y: number; readonly area: number } {
  let [x, y, sum] = [0, 0, 0]
  for (let i = 0; i < area; i++) {
    const red = Math.max(0, (picture[i] ?? 0) - 1.9 * (picture[area + i] ?? 0))
    x += red * ((i % size) + 0.5)
    y += red * (Math.floor(i / size) + 0.5)
    sum += red
  }
  return { x: x / sum / size, y: y / sum / size, area: sum / area }
}

/** A loop of two pictures: a white head with two green eyes, which moves. */
function nodding(actor: Actor, { x, y }: HeadShift): Sprite {
  const side = 96
  const head = headOf(actor)
  const data = new Uint8Array(2 * side ** 2 * 4)
  const inside = (dx: number, dy: number, radius: number): number =>
    Math.max(0, Math.min(1, (radius - Math.hypot(dx, dy)) * side + 0.5))
  for (let i = 0; i < 2 * side ** 2; i++) {
    const [frame, at] = [Math.floor(i / side ** 2), i % side ** 2]
    const dx = ((at % side) + 0.5) / side - head.x - frame * x
    const dy = (Math.floor(at / side) + 0.5) / side - head.y - frame * y - 0.12
    const eye = inside(dx - 0.06, dy, 0.03) + inside(dx + 0.06, dy, 0.03)
    const alpha = inside(dx, dy, 0.13)
    data.set(
      [alpha * (1 - eye), alpha, alpha * (1 - eye), alpha].map((value) => Math.round(255 * value)),
      i * 4,
    )
  }
  return createSprite(() => data, 2, side, 2)
}

describe('what is put on', () => {
  const cases = cast.flatMap((id) => accessoriesOf(actorOf(id)).map((kind) => [id, kind] as const))
  it.each(cases)('the %s in a %s is what the world draws', (id, kind) => {
    expect(usualHeads[id]).toBeUndefined()
    const wears = { kind, color: 'red' } as const
    const world = wearing(id, wears)
    const plain = wearing(id, null)
    const dressed = putOn(plain, actorOf(id), [{ kind, picture: alone(wears) }], size)
    expect(difference(dressed, world)).toBeLessThan(0.2 * difference(plain, world))
    expect(difference(dressed, world)).toBeLessThan(0.008)
  })

  it('follows the head to where the picture that the actor is learned by has it', () => {
    const cat = actorOf('cat')
    const moved = usualHeads.cat ?? { x: 0, y: 0 }
    const world = { ...pack, sprites: new Map([...pack.sprites, ['cat', nodding(cat, moved)] as const]) }
    const wears = { kind: 'hat', color: 'red' } as const
    const drawn = (looks: Looks): Float32Array =>
      premultiplied(referenceOf(cat, world, { frame: 1, size, looks }))
    const dressed = putOn(drawn(plainLooks), cat, [{ kind: 'hat', picture: alone(wears) }], size)
    const [here, there] = [redOf(dressed), redOf(drawn({ ...plainLooks, wears }))]
    expect(Math.hypot(moved.x, moved.y)).toBeGreaterThan(0.05)
    expect(Math.hypot(here.x - there.x, here.y - there.y)).toBeLessThan(0.01)
    expect(here.area).toBeCloseTo(there.area, 2)
  })

  it('is all worn at once, inside of the picture', () => {
    const panda = actorOf('panda')
    const kinds = ['party hat', 'sunglasses'] as const
    const worn = kinds.map((kind) => ({ kind, picture: alone({ kind, color: 'red' }) }))
    const both = redOf(putOn(wearing('panda', null), panda, worn, size))
    const one = redOf(putOn(wearing('panda', null), panda, worn.slice(0, 1), size))
    expect(both.area).toBeGreaterThan(one.area * 1.1)
  })
})
