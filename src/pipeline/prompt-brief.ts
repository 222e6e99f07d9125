import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import {
  type FilmBrief,
  fewerWarnings,
  leftOutWarnings,
  type PictureBrief,
  type ShotActor,
  stagingOfActors,
} from './brief.ts'
import { headId, headsOf } from './head-count.ts'
import { oneOf, withArticle, withPose } from './noun-phrase.ts'
import { toyboxVocabulary } from './repertoire.ts'
import {
  type Circumstances,
  precipitationIn,
  seenPlace,
  settingPhrase,
  toldWeather,
  unseenWarnings,
} from './setting-phrase.ts'
import { withWorn, wornBy, wornWarnings } from './worn.ts'

/** Where a shot plays whose text names no place. */
const defaultPlace = 'a meadow'

export interface PromptBriefOptions {
  readonly seconds: number
  /** Characters and objects that a shot holds. */
  readonly most: number
  /** What the weights know, null where they do not say. @default what those that ship know */
  readonly vocabulary?: Vocabulary | null
}

/** A text as one shot: its characters, then objects, as many as it holds, in the order of the text; and where. */
export function promptBrief(graph: SceneGraph, options: PromptBriefOptions): FilmBrief {
  const { seconds, most, vocabulary = toyboxVocabulary() } = options
  const firstMention = ({ mentions }: Entity): number => mentions[0]?.start ?? Number.POSITIVE_INFINITY
  const inOrder = (entities: readonly Entity[]): Entity[] =>
    [...entities].sort((a, b) => firstMention(a) - firstMention(b))
  const worn = wornBy(graph, vocabulary)
  const isWorn = new Set([...worn.values()].flat())
  const all = [...inOrder(graph.characters), ...inOrder(graph.objects).filter((one) => !isWorn.has(one))]
  const pictures = new Map(
    all.map((entity) => {
      const plain = pictureOf(entity, graph, vocabulary)
      return [entity, withWorn(plain, worn.get(entity.id) ?? [])]
    }),
  )
  const heads = headsOf(all, ({ count }) => count, most)
  const actors = heads.flatMap(({ member, number }): ShotActor[] => {
    const picture = pictures.get(member)
    return picture ? [{ id: headId(member.id, number), picture, span: spanOf(member, graph) }] : []
  })
  // As the mover learned it: who is named first stands first.
  actors.sort((a, b) => a.span.start - b.span.start)
  const circumstances = circumstancesOf(graph)
  const setting = settingOf(circumstances, vocabulary)
  return {
    shots: [
      {
        id: 'shot-1',
        prompt: graph.text,
        actors,
        staging: stagingOfActors(graph, actors),
        setting,
        precipitation: precipitationIn(circumstances, vocabulary),
        framing: 'wide',
        seconds,
        fadeSeconds: 0,
      },
    ],
    warnings: [
      ...leftOutWarnings(
        all.slice(most).map(({ name }) => name),
        most,
        null,
      ),
      ...fewerWarnings(
        all.map(({ id, name, count }) => ({ word: `${count} ${name}`, count, drawn: headCount(actors, id) })),
        most,
        null,
      ),
      ...wornWarnings(worn, vocabulary),
      ...unseenWarnings([circumstances], vocabulary),
    ],
  }
}

const headCount = (actors: readonly ShotActor[], pictureId: string): number =>
  actors.filter(({ picture }) => picture.id === pictureId).length

function pictureOf(
  { id, lemma, name, count }: Entity,
  { actions }: SceneGraph,
  vocabulary: Vocabulary | null,
): PictureBrief {
  const verbs = actions.filter(({ agents, negated }) => agents.includes(id) && !negated)
  const phrase = withPose(
    count > 1 ? oneOf(name, lemma) : withArticle(name),
    vocabulary?.posesOf(lemma) ?? [],
    verbs.map((action) => action.lemma),
  )
  return { id, kind: 'actor', lemma, phrase, wears: [] }
}

function spanOf({ mentions: [mention] }: Entity, { text }: SceneGraph): ShotActor['span'] {
  return { start: mention?.start ?? 0, end: mention?.end ?? text.length }
}

/** The first that the text tells of each. */
function circumstancesOf({ settings, relations }: SceneGraph): Circumstances {
  const told = <K extends 'place' | 'time' | 'weather' | 'season'>(key: K) =>
    settings.find((setting) => setting[key] !== null)?.[key] ?? null
  return {
    place: seenPlace(told('place') ?? defaultPlace, { relations }),
    time: told('time'),
    weather: toldWeather(settings),
    season: told('season'),
  }
}

function settingOf(circumstances: Circumstances, vocabulary: Vocabulary | null): PictureBrief {
  const lemma = circumstances.place.replace(/^(?:a|an|the) /, '')
  return {
    id: 'setting',
    kind: 'setting',
    lemma,
    phrase: settingPhrase(circumstances, vocabulary),
    wears: [],
  }
}
