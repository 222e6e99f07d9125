import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actorOf } from './actors.ts'
import { scriptEnsemble } from './ensemble.ts'
import { pluralOf } from './plural.ts'
import type { ClipScript } from './script.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('scriptEnsemble', () => {
  it('counts: two or three of one identity, in the number that the caption says', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const script = scriptEnsemble(seed, { kinds: ['count'], looks: 'varied' })
        const [first] = script.actors
        const said = /\b(two|a pair of|three)\b/i.exec(script.caption.text)?.[1]?.toLowerCase()
        expect(script.actors).toHaveLength(said === 'three' ? 3 : 2)
        expect(said).toBeDefined()
        const { noun, synonyms } = actorOf(first?.actorId ?? '')
        const [caption] = script.caption.actors
        const words = script.caption.text.slice(caption?.span.start, caption?.span.end)
        expect([noun, ...synonyms].some((one) => words.includes(pluralOf(one)))).toBe(true)
        expect(caption?.phrase).toMatch(/^an? /)
        for (const actor of script.actors) {
          expect([actor.actorId, actor.looks, actor.build]).toEqual([
            first?.actorId,
            first?.looks,
            first?.build,
          ])
        }
      }),
      { numRuns: 40 },
    )
  })

  it('relations: what the caption says of two is so in the first frame', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const script = scriptEnsemble(seed, { kinds: ['relation'] })
        const [a, b] = script.plan.actors.map(({ states }) => states[0])
        if (!a || !b || !script.relation) throw new Error('a relation without two')
        const bottoms = [a, b].map((state) => state.centerY + state.height / 2)
        const holds: { readonly [R in typeof script.relation]: boolean } = {
          'left-of': a.centerX < b.centerX - 0.15,
          'right-of': a.centerX > b.centerX + 0.15,
          above: a.centerY < b.centerY - 0.1,
          behind: (bottoms[0] ?? 0) < (bottoms[1] ?? 0),
          'in-front-of': (bottoms[0] ?? 0) > (bottoms[1] ?? 0),
        }
        expect(holds[script.relation]).toBe(true)
        expect(script.caption.relation).not.toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  it('trios: three who differ, each named in the caption', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const script: ClipScript = scriptEnsemble(seed, { kinds: ['trio'] })
        expect(new Set(script.actors.map(({ actorId }) => actorId)).size).toBe(3)
        expect(new Set(script.plan.actors.map(({ id }) => id)).size).toBe(3)
        for (const { span, phrase } of script.caption.actors) {
          expect(script.caption.text.slice(span.start, span.end).toLowerCase()).toBe(phrase.toLowerCase())
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    ['mouse', 'mice'],
    ['fire truck', 'fire trucks'],
    ['fox', 'foxes'],
    ['fairy', 'fairies'],
    ['sheep', 'sheep'],
    ['monkey', 'monkeys'],
  ])('has the plural of %s', (one, many) => {
    expect(pluralOf(one)).toBe(many)
  })
})
