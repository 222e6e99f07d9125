import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actorOf } from './actors.ts'
import { accessoryColors, accessoryKinds } from './looks.ts'
import { scriptClip } from './script.ts'
import { settings } from './settings.ts'
import { conjugate } from './verbs.ts'

/** What someone wears, with its colour: `in a red party hat`; a man with a cap is called so without. */
const wornWords = new RegExp(
  `(?:with|wearing|in) (?:a )?(${accessoryColors.join('|')}) (?:${accessoryKinds.join('|')})$`,
)

describe('captions', () => {
  it('say what the labels say, where the spans say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const { caption, actors, setting, camera, time } = scriptClip(seed)
        const at = (span: { start: number; end: number }): string => caption.text.slice(span.start, span.end)
        for (const [i, { actorId, direction, action }] of actors.entries()) {
          const said = caption.actors[i]
          const { noun, synonyms } = actorOf(actorId)
          expect(said).toBeDefined()
          if (!said) continue
          expect(at(said.span).toLowerCase()).toBe(said.phrase.toLowerCase())
          expect([noun, ...synonyms].some((word) => said.phrase.endsWith(word))).toBe(true)
          if (said.action) expect(at(said.action).length).toBeGreaterThan(1)
          if (actors.length === 1 && direction && action !== 'enter') {
            const other = direction === 'left' ? 'to the right' : 'to the left'
            // The camera may pan, but never against someone who travels.
            expect(caption.text).not.toContain(other)
          }
        }
        if (caption.setting) {
          const words = at(caption.setting).toLowerCase()
          expect(settings[setting].phrases.some((phrase) => words.endsWith(phrase.toLowerCase()))).toBe(true)
        }
        if (caption.camera && camera.startsWith('zoom'))
          expect(at(caption.camera)).toMatch(/zoom|closer|back/)
        if (caption.time && time === 'night') expect(at(caption.time)).toMatch(/night|moon|star|dark/i)
        expect(caption.text).toMatch(/^[A-Z]/)
        expect(caption.text).not.toMatch(/ {2}| [,.]|undefined/)
      }),
      { numRuns: 400 },
    )
  })

  it('tell weather, season and looks only where they are so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const { caption, weather, season, actors } = scriptClip(seed, { looks: 'varied', weather: 'any' })
        const { text } = caption
        if (weather === 'clear') expect(caption.weather).toBeNull()
        else expect(text).not.toMatch(/sunny|sunshine|moonlight|under the stars/)
        if (season === 'winter') expect(text).not.toMatch(/green forest|green field|autumn/)
        for (const [i, { looks }] of actors.entries()) {
          const phrase = caption.actors[i]?.phrase ?? ''
          const worn = wornWords.exec(phrase)
          if (worn) expect(worn[1]).toBe(looks.wears?.color)
          if (looks.coat === null && looks.wears === null) expect(worn).toBeNull()
        }
        expect(text).not.toMatch(/ {2}| [,.]|undefined|,$/)
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['run', 'runs', 'ran', 'running'],
    ['fly', 'flies', 'flew', 'flying'],
    ['dance', 'dances', 'danced', 'dancing'],
    ['hop', 'hops', 'hopped', 'hopping'],
    ['go', 'goes', 'went', 'going'],
    ['rush', 'rushes', 'rushed', 'rushing'],
    ['pass', 'passes', 'passed', 'passing'],
    ['sway', 'sways', 'swayed', 'swaying'],
    ['leave', 'leaves', 'left', 'leaving'],
    ['wander', 'wanders', 'wandered', 'wandering'],
  ])('conjugates %s', (base, third, past, participle) => {
    expect(conjugate(base, 'third')).toBe(third)
    expect(conjugate(base, 'past')).toBe(past)
    expect(conjugate(base, 'participle')).toBe(participle)
  })
})
