import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../util/random.ts'
import { createTally, leastItems } from '../world/learned.ts'
import { accessoryColors, accessoryKinds } from '../world/looks.ts'
import { loadPack } from '../world/pack.ts'
import { createVocabulary } from '../world/vocabulary.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { worlds } from '../world/worlds.ts'
import { type Subject, subjectsOf } from './reference-data.ts'

const size = 32
let pack: WorldPack
let whole: readonly Subject[]
beforeAll(async () => {
  pack = await loadPack(fileURLToPath(new URL('../world/fixtures', import.meta.url)))
  whole = subjectsOf(pack, { size }, worlds.whole)
})

const named = (id: string): Subject => {
  const found = whole.find((subject) => subject.id === id)
  if (!found) throw new Error(`no subject ${id}`)
  return found
}

const phrasesOf = ({ phrase }: Subject): string[] =>
  Array.from({ length: 200 }, (_, i) => phrase(createRandom(i, 3)))

describe('accessories', () => {
  it('are subjects of their own, every one in every colour, one in twelve of what actors are drawn from', () => {
    const ids = accessoryKinds.flatMap((kind) => accessoryColors.map((color) => `${color} ${kind}`))
    const accessories = whole.filter(({ id }) => ids.includes(id))
    expect(accessories.map(({ id }) => id)).toEqual(ids)
    const shareOf = (subjects: readonly Subject[]): number =>
      subjects.reduce((sum, { share }) => sum + share, 0)
    const all = whole.filter(({ kind }) => kind === 'actor')
    expect(shareOf(accessories) / shareOf(all)).toBeCloseTo(0.2, 6)
  })

  it('are called as one calls them', () => {
    const hats = phrasesOf(named('green hat'))
    expect(new Set(hats)).toContain('a green hat')
    for (const phrase of hats) expect(phrase).toMatch(/^(?:(?:a|the|one|this) )?green hat$/)
    const glasses = phrasesOf(named('green sunglasses'))
    expect(new Set(glasses)).toContain('green sunglasses')
    for (const phrase of glasses) expect(phrase).toMatch(/^(?:the |a pair of )?green sunglasses$/)
  })

  it('are their own picture in their own colour, on nothing', () => {
    const picture = named('red hat').draw(0)
    const area = size ** 2
    const sum = (channel: number): number =>
      picture.subarray(channel * area, (channel + 1) * area).reduce((total, value) => total + value, 0)
    const [red = 0, green = 0, blue = 0, alpha = 0] = [0, 1, 2, 3].map(sum)
    expect(alpha / area).toBeGreaterThan(0.2)
    expect(alpha / area).toBeLessThan(0.8)
    expect(red).toBeGreaterThan(1.5 * Math.max(green, blue))
    expect(picture[3 * area]).toBe(0)
  })

  it('are looks that whoever has seen them knows', () => {
    const tally = createTally()
    for (const { shows } of whole) for (const [kind, name] of shows) tally.add(kind, name, leastItems)
    const { knowsLook } = createVocabulary(tally.learned())
    expect(accessoryKinds.filter((kind) => !knowsLook(kind))).toEqual([])
  })

  it('are none where everyone is plain', () => {
    const plain = subjectsOf(pack, { size }, worlds.first)
    expect(plain.filter(({ id }) => / (?:hat|glasses)$/.test(id))).toEqual([])
  })
})

it('actors are learned in coats and tones of skin, and wear nothing', () => {
  const actors = whole.filter(({ kind, shows: [first] }) => kind === 'actor' && first?.[0] === 'subjects')
  const looks = actors.flatMap(({ others, tones }) =>
    [...others, ...tones].flatMap(({ shows }) => shows.filter(([kind]) => kind === 'looks')),
  )
  expect(new Set(looks.map(([, look]) => look.split(' ').at(-1)))).toEqual(new Set(['coat', 'skin']))
  expect(named('dog').others.length).toBe(11)
  expect(named('dog').others[0]?.phrase(createRandom(1, 3))).not.toMatch(/with|wearing/)
})
