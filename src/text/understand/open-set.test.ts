import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseLabelledSet } from '../fixtures/test-labelled-set.ts'
import { f1, scorePrompt } from '../fixtures/test-score.ts'
import { openLanguage } from '../language.ts'
import { understand } from './understand.ts'

const language = await openLanguage()
const file = new URL('../fixtures/labelled-open.jsonl', import.meta.url)
const scores = parseLabelledSet(readFileSync(file, 'utf8')).map((label) =>
  scorePrompt(label, understand(label.text, language)),
)

it.each([
  ['characters', 0.92],
  ['objects', 0.92],
  ['actions', 0.88],
  ['places', 0.9],
  ['times', 0.9],
  ['weathers', 0.9],
  ['colours', 0.93],
  ['counts', 0.93],
  ['relations', 0.88],
  ['pronouns', 0.88],
] as const)('finds %s in the open labelled prompts with an F1 of %d at least', (category, bar) => {
  expect(f1(scores.map((score) => score[category]))).toBeGreaterThanOrEqual(bar)
})
