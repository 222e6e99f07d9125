import {
  type Action,
  directions,
  type Entity,
  type Language,
  type Mention,
  type SceneGraph,
  type Setting,
  seasons,
  timesOfDay,
  weathers,
} from '../text/index.ts'
import type { TestStory } from './test-stories.ts'

/** A story's text, without its marks. */
export function plainText({ told }: TestStory): string {
  return told.replaceAll(marks, '$1')
}

const marks = /\[([^|\]]+)\|([^\]]+)\]/g

/** The scene graph that a perfect reader would make of a story: what a person wrote down. */
export function toldGraph(story: TestStory, language: Language): SceneGraph {
  const text = plainText(story)
  const sentences = language.readSentences(text)
  const entities = entitiesOf(story, sentences)
  return {
    text,
    sentences,
    characters: entities.filter(({ isThing }) => !isThing).map(({ entity }) => entity),
    objects: entities.filter(({ isThing }) => isThing).map(({ entity }) => entity),
    actions: story.events.map(readEvent),
    settings: story.settings.map(readSetting),
    relations: [],
    camera: [],
    style: [],
  }
}

const withNumber = (id: string): string => (/-\d+$/.test(id) ? id : `${id}-1`)

interface Told {
  readonly entity: Entity & { readonly mentions: Mention[] }
  readonly isThing: boolean
}

function entitiesOf({ told }: TestStory, sentences: SceneGraph['sentences']): Told[] {
  const found = new Map<string, Told>()
  let removed = 0
  for (const match of told.matchAll(marks)) {
    const [whole, words = '', given = ''] = match
    const start = match.index - removed
    removed += whole.length - words.length
    const end = start + words.length
    const sentence = sentences.findIndex((one) => start >= one.start && start < one.end)
    for (const part of given.split('+')) {
      const id = withNumber(part.replace('*', ''))
      const known = found.get(id) ?? newEntity(id, words, part.startsWith('*'))
      known.entity.mentions.push({ sentence, start, end })
      found.set(id, known)
    }
  }
  return [...found.values()]
}

const numbers: Readonly<Record<string, number>> = { two: 2, six: 6 }

function newEntity(id: string, words: string, isThing: boolean): Told {
  const lemma = id.replace(/-\d+$/, '').replaceAll('-', ' ')
  const [first = ''] = words.toLowerCase().split(' ')
  const name = words.replace(/^(?:an?|the|his|her|its|their|one|two|six)\s+/i, '')
  const isPlural = /[^s]s$|men$|^people$/i.test(words) && lemma !== name.toLowerCase()
  const attributes = name
    .toLowerCase()
    .split(' ')
    .filter((word) => !lemma.includes(word.replace(/s$/, '')))
  const entity = { id, name, lemma, count: numbers[first] ?? (isPlural ? 2 : 1), attributes, mentions: [] }
  return { entity, isThing }
}

/** `2: fox not reach grape >up` as an action; particles are part of the verb. */
export function readEvent(line: string): Action {
  const [, number = '', rest = ''] = /^(\d+): ~?(.*)$/.exec(line) ?? []
  const words = rest.split(' ')
  const direction = words.at(-1)?.startsWith('>') ? (words.pop()?.slice(1) ?? null) : null
  const negated = words.includes('not')
  const nobody = words[0] === 'not'
  const [agents = '', ...others] = words.filter((word) => word !== 'not')
  const verb = nobody ? [agents, ...others] : others
  const isParticle = /^(?:up|down|on|off|out|go|asleep|into)$/.test(verb[1] ?? '')
  const lemma = verb.slice(0, isParticle ? 2 : 1).join(' ')
  const patients = verb[isParticle ? 2 : 1]
  const ids = (part: string | undefined): string[] => (part ? part.split('+').map(withNumber) : [])
  return {
    lemma,
    agents: nobody ? [] : ids(agents),
    patients: ids(patients),
    direction: directions.find((one) => one === direction) ?? null,
    manner: null,
    negated,
    sentence: Number(number),
  }
}

function readSetting(line: string): Setting {
  const [number = '', ...parts] = line.split(/:? (?=\w+=)/)
  const said = Object.fromEntries(parts.map((part) => part.split('=')))
  return {
    place: said.place ?? null,
    time: timesOfDay.find((one) => one === said.time) ?? null,
    weather: weathers.find((one) => one === said.weather) ?? null,
    season: seasons.find((one) => one === said.season) ?? null,
    sentence: Number(number),
  }
}

/**
 * Which of a read graph's ids stands for each of a told graph's: the one that shares most of its mentions, so that
 * someone who is read as two people is only found as one of them. Null for nobody.
 */
export function idsAsRead(told: SceneGraph, read: SceneGraph): ReadonlyMap<string, string | null> {
  const everyone = [...read.characters, ...read.objects]
  return new Map(
    [...told.characters, ...told.objects].map(({ id, mentions }): [string, string | null] => {
      const shared = (one: Entity): number =>
        mentions.reduce(
          (sum, mention) => sum + Math.max(0, ...one.mentions.map((m) => overlap(m, mention))),
          0,
        )
      const best = everyone.reduce<Entity | null>((a, b) => (shared(b) > (a ? shared(a) : 0) ? b : a), null)
      return [id, best?.id ?? null]
    }),
  )
}

/** What two mentions share of what both cover, 0 to 1: "her" is not the beak of "her beak". */
function overlap(a: Mention, b: Mention): number {
  const both = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
  return both / (a.end - a.start + b.end - b.start - both)
}
