/**
 * How well `understand` does on labelled prompts:
 * `npm run score-understanding -- [--set open|held|third|fourth|fifth|sixth] [--misses]`.
 *
 * A category's score is F1 = 2h / (2h + m + x), h, m and x summed over all prompts of the set: h of the labels were
 * found, m were missed, and x things were found that no label has. What a label leaves open (src/text/fixtures,
 * README.md) counts nowhere.
 * - characters, objects: by name. A character found as an object is missed in the one and extra in the other.
 * - actions: verb, names of all its agents, and whether it is negated, all right at once.
 * - places: the same head noun, no contradicting word. times, weathers, seasons: the same member of the list.
 * - colours, counts: pairs of a name and its colour, or its count if it is not 1. "colour and count" is both together.
 * - relations: subject, preposition of place, object; being in a setting is not asked. belongings: `wear`, `with`.
 * - pronouns: the mention at that word belongs to those entities and to no other. Unresolved is missed; wrong is
 *   missed and extra.
 *
 * `--misses` prints for every prompt what was missed (−) and what was too much (+).
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseLabelledSet } from '../src/text/fixtures/test-labelled-set.ts'
import { type Category, categories, f1, scorePrompt, type Tally } from '../src/text/fixtures/test-score.ts'
import { openLanguage, understand } from '../src/text/index.ts'

type Score = Readonly<Record<Category, Tally>>

/** The lowest F1 that is good enough. */
const bars: Partial<Record<Category | 'colour and count', number>> = {
  characters: 0.92,
  objects: 0.92,
  actions: 0.88,
  places: 0.9,
  times: 0.9,
  weathers: 0.9,
  'colour and count': 0.93,
  relations: 0.88,
  pronouns: 0.88,
}

const { values } = parseArgs({
  options: { set: { type: 'string', default: 'open' }, misses: { type: 'boolean', default: false } },
})
const sets = ['open', 'held', 'third', 'fourth', 'fifth', 'sixth']
if (!sets.includes(values.set)) throw new Error(`--set is one of ${sets.join(', ')}; got ${values.set}.`)

const file = new URL(`../src/text/fixtures/labelled-${values.set}.jsonl`, import.meta.url)
const language = await openLanguage()
const scored = parseLabelledSet(readFileSync(file, 'utf8')).map((label) => ({
  text: label.text,
  score: scorePrompt(label, understand(label.text, language)),
}))

if (values.misses) for (const { text, score } of scored) printMisses(text, score)
printTable(scored.map(({ score }) => score))

function printMisses(text: string, score: Score): void {
  const lines = categories.flatMap((category) => {
    const { missed, extra } = score[category]
    const items = [...missed.map((item) => `− ${item}`), ...extra.map((item) => `+ ${item}`)]
    return items.length > 0 ? [`  ${category}: ${items.join(', ')}`] : []
  })
  if (lines.length > 0) console.log([text, ...lines, ''].join('\n'))
}

function printTable(scores: readonly Score[]): void {
  console.log(`${scores.length} prompts, set ${values.set}`)
  console.log(row('', 'F1', 'bar', 'found', 'missed', 'extra'))
  for (const category of categories)
    printRow(
      category,
      scores.map((score) => score[category]),
    )
  printRow(
    'colour and count',
    scores.flatMap(({ colours, counts }) => [colours, counts]),
  )
}

function printRow(name: Category | 'colour and count', tallies: readonly Tally[]): void {
  const total = (count: (tally: Tally) => number): string =>
    String(tallies.reduce((sum, tally) => sum + count(tally), 0))
  const bar = bars[name]?.toFixed(2) ?? ''
  const [found, missed] = [total(({ hits }) => hits), total((tally) => tally.missed.length)]
  console.log(
    row(
      name,
      f1(tallies).toFixed(3),
      bar,
      found,
      missed,
      total(({ extra }) => extra.length),
    ),
  )
}

function row(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(18)}${cells.map((cell) => cell.padStart(8)).join('')}`
}
