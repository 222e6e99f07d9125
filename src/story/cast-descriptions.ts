import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import { headOf, lastingLooks, massNouns, pairedNouns, pronouns, uniqueNouns } from './word-lists.ts'

/** How a member of the cast is called in every shot. */
export interface Description {
  /** With its article: `a small red fox`. */
  readonly phrase: string
  /** Whether verbs agree with it as with one. */
  readonly isPlural: boolean
  /** Why the planner had to guess; null where the text says what it looks like. */
  readonly guess: string | null
}

/** The lasting description of everyone and everything in a scene graph, by id. */
export function describeCast(graph: SceneGraph): ReadonlyMap<string, Description> {
  const described = new Map<string, Description>()
  const taken = new Map<string, number>()
  for (const entity of [...graph.characters, ...graph.objects]) {
    const description = describe(entity, graph)
    const times = (taken.get(description.phrase) ?? 0) + 1
    taken.set(description.phrase, times)
    described.set(entity.id, times === 1 ? description : apart(description, times))
  }
  return described
}

const ordinals = ['', '', 'another', 'a third', 'a fourth', 'a fifth', 'a sixth', 'a seventh', 'an eighth']

/** A second one of the same looks: "another dog". */
function apart(description: Description, times: number): Description {
  const { phrase, isPlural } = description
  if (isPlural) return { ...description, phrase: `other ${withoutArticle(phrase)}` }
  const ordinal = ordinals[times] ?? 'yet another'
  return { ...description, phrase: `${ordinal} ${withoutArticle(phrase)}` }
}

function describe(entity: Entity, graph: SceneGraph): Description {
  const name = cleaned(entity.name) || cleaned(entity.lemma)
  if (name === '') {
    return { phrase: 'a person', isPlural: false, guess: 'the text does not say who that is' }
  }
  const isPlural = entity.count > 1 || pairedNouns.has(headOf(name))
  const proper = properName(entity, name, graph)
  if (proper !== null) return proper
  const looks = entity.attributes.filter(
    (attribute) => lastingLooks.has(attribute) && !new RegExp(`\\b${attribute}\\b`, 'i').test(name),
  )
  const words = [...looks, lowered(name)].join(' ')
  return { phrase: withArticle(words, entity, graph), isPlural, guess: null }
}

/** Without articles, numbers, pronouns and what a pronoun owns: the words that can be drawn. */
function cleaned(name: string): string {
  return name
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .split(' ')
    .filter((word) => !pronouns.has(word.toLowerCase().replace(/[^a-z]/g, '')))
    .join(' ')
    .replace(/^(?:an?|the|this|that|these|those|some|every|each|no|other|same|next)\s+(?=\S)/i, '')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .slice(0, 120)
    .trim()
}

/** "Mia" and "dog Rex": what a person or an animal of that name looks like is for the text, or for a guess. */
function properName(
  { lemma, id, count, mentions }: Entity,
  name: string,
  graph: SceneGraph,
): Description | null {
  const [, kind = '', own = ''] =
    /^((?:\p{Ll}[\p{L}-]* )*)(\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*)$/u.exec(name) ?? []
  if (own === '' || count > 1 || !isProper(own, mentions, graph)) return null
  if (kind !== '') return { phrase: `${article(kind)} ${kind}named ${own}`, isPlural: false, guess: null }
  const isCharacter = graph.characters.some((one) => one.id === id)
  const titled =
    /^(?:king|queen|prince|princess|captain|doctor|sir|lady|lord|santa|mother|father|grandma|grandpa|uncle|aunt)\b/i
  if (!isCharacter || titled.test(own) || own.includes(' '))
    return { phrase: own, isPlural: false, guess: null }
  const [first] = mentions
  const sentence = first ? graph.text.slice(first.end, graph.sentences[first.sentence]?.end) : ''
  const said = mentions.map(({ start, end }) => graph.text.slice(start, end).toLowerCase())
  const noun = personOf([...said, /\b(?:his|her)\b/i.exec(sentence)?.[0].toLowerCase() ?? ''])
  return {
    phrase: `a ${noun} named ${own}`,
    isPlural: false,
    guess: `the text does not say what ${capitalised(lemma)} looks like: the shots show a ${noun}`,
  }
}

function isProper(own: string, mentions: Entity['mentions'], { text, sentences }: SceneGraph): boolean {
  return mentions.some(({ sentence, start, end }) => {
    const said = text.slice(start, end)
    if (!said.endsWith(own) && !own.endsWith(said)) return false
    const token = sentences[sentence]?.tokens.find((one) => one.end === end)
    return token?.pos === 'PROPN' && !/^(?:an?|the)\s/i.test(said)
  })
}

/** Pronouns tell a girl from a boy. */
function personOf(mentions: readonly string[]): string {
  if (mentions.some((said) => said === 'she' || said === 'her')) return 'girl'
  return mentions.some((said) => said === 'he' || said === 'him' || said === 'his') ? 'boy' : 'person'
}

/** The article that a later reader needs: the shot knows nothing of "the" fox of the shot before. */
function withArticle(words: string, { count, mentions, lemma }: Entity, { text }: SceneGraph): string {
  const [first] = mentions
  const said = first ? text.slice(first.start, first.end) : ''
  const number =
    /^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|both|a (?:few|dozen|pair of|couple of))\b/i
      .exec(said)?.[0]
      .toLowerCase()
  const head = headOf(words)
  if (count > 1 || pairedNouns.has(head)) {
    const said = number === 'both' ? 'two' : number
    return said === undefined || words.startsWith(said) ? words : `${said} ${words}`
  }
  if (uniqueNouns.has(head) || /^(?:last|first|second|third|only|best|\w+est)\s/.test(words))
    return `the ${words}`
  if (massNouns.has(head) || massNouns.has(lemma)) return words.replace(/^(?:little|much)\s+/, 'a little ')
  return `${article(words)} ${words}`
}

/** `a` or `an`, by the sound of the first word. */
export function article(words: string): 'a' | 'an' {
  return /^(?:[aeio]|u(?!ni|fo|se)|hour|honest)/i.test(words) ? 'an' : 'a'
}

/** A description without `a`, `the` or a number. */
export function withoutArticle(phrase: string): string {
  return phrase.replace(/^(?:an?|the|another|other)\s+/i, '')
}

function lowered(name: string): string {
  // "Big waves", at the start of a sentence; "T-rex" and "UFO" stay.
  return /^\p{Lu}\p{Ll}+(?:\s+\p{Ll}|$)/u.test(name) ? name.slice(0, 1).toLowerCase() + name.slice(1) : name
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
