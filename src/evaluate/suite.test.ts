import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseStoryboard } from '../story/index.ts'
import { isHeldOut } from '../world/script.ts'
import { expectedOf } from './expected-facts.ts'
import { shares } from './make-suite.ts'
import { categories, parseSuite, readSuite } from './suite.ts'
import { scriptsOfItem } from './suite-scripts.ts'

const { suite } = await readSuite(fileURLToPath(new URL('../../suites/held-out.json', import.meta.url)))

test('the suite has two hundred different prompts, so many of each category, mixed', () => {
  expect(suite.items).toHaveLength(200)
  for (const category of categories) {
    expect(suite.items.filter((item) => item.category === category)).toHaveLength(shares[category])
  }
  expect(new Set(suite.items.map(({ shots }) => shots.map(({ caption }) => caption).join())).size).toBe(200)
  expect(new Set(suite.items.slice(0, 20).map(({ category }) => category)).size).toBe(categories.length)
})

test('every item is what the world’s script says, in combinations that no training sees', () => {
  for (const item of suite.items) {
    const scripts = scriptsOfItem(item)
    expect(scripts.every(isHeldOut), item.id).toBe(true)
    expect(
      item.shots.map(({ expected }) => expected),
      item.id,
    ).toEqual(scripts.map(expectedOf))
  }
})

test('stories are storyboards of somebody who is in both shots, at two places', () => {
  const stories = suite.items.filter(({ category }) => category === 'identity')
  for (const { prompt, storyboard, shots } of stories) {
    expect(prompt).toBeNull()
    const { cast, shots: planned } = parseStoryboard(storyboard)
    expect(planned.map(({ cast: members }) => members)).toEqual(planned.map(() => [cast[0]?.id]))
    expect(planned.map(({ prompt: words }) => words)).toEqual(shots.map(({ caption }) => caption))
    expect(new Set(planned.map(({ setting }) => setting.place)).size).toBe(2)
  }
})

test('what nobody says is not expected', () => {
  for (const { shots } of suite.items) {
    for (const { caption, expected } of shots) {
      if (expected.weather !== null) expect(caption).toMatch(/rain|snow|fog|mist|haze|flake/i)
      for (const { direction, colour } of expected.subjects) {
        if (direction !== null) expect(caption).toMatch(/left|right/)
        if (colour !== null) expect(caption.toLowerCase()).toContain(colour)
      }
    }
  }
})

test('a fault is named by its place', () => {
  const [first] = suite.items
  const wrong = { ...suite, items: [{ ...first, category: 'opera' }] }
  expect(() => parseSuite(wrong, 'my.json')).toThrow(/my\.json is no suite: `items\.0\.category`/)
  expect(() => parseSuite({ ...suite, items: [first, first] }, 'my.json')).toThrow(/two items have one id/)
})
