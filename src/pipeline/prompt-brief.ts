import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import {
  type FilmBrief,
  leftOutWarnings,
  type PictureBrief,
  type ShotActor,
  settingPhrase,
  unknownWarnings,
  withArticle,
} from './brief.ts'
import { isPictureOf } from './own-pictures.ts'
import { toyboxVocabulary } from './repertoire.ts'

/** Where a shot plays whose text names no place. */
const defaultPlace = 'a meadow'

export interface PromptBriefOptions {
  readonly seconds: number
  /** Characters and objects that a shot holds. */
  readonly most: number
  /** Words that the user has pictures for: they need not be drawn. @default none */
  readonly given?: readonly string[]
  /** What the weights know, null where they do not say. @default what those that ship know */
  readonly vocabulary?: Vocabulary | null
}

/** A text as one shot: characters first, in the order of the text, then objects, as many as it holds; and where. */
export function promptBrief(graph: SceneGraph, options: PromptBriefOptions): FilmBrief {
  const { seconds, most, given = [], vocabulary = toyboxVocabulary() } = options
  const firstMention = ({ mentions }: Entity): number => mentions[0]?.start ?? Number.POSITIVE_INFINITY
  const inOrder = (entities: readonly Entity[]): Entity[] =>
    [...entities].sort((a, b) => firstMention(a) - firstMention(b))
  const all = [...inOrder(graph.characters), ...inOrder(graph.objects)]
  const actors = all.slice(0, most).map((entity) => actorOf(entity, graph.text.length))
  const setting = settingOf(graph)
  const drawn = actors.flatMap(({ picture }) =>
    given.some((word) => isPictureOf(picture, word)) ? [] : [picture],
  )
  return {
    shots: [{ id: 'shot-1', prompt: graph.text, actors, setting, framing: 'wide', seconds, fadeSeconds: 0 }],
    warnings: [
      ...leftOutWarnings(
        all.slice(most).map(({ name }) => name),
        most,
        null,
      ),
      ...unknownWarnings([...drawn, setting], vocabulary),
    ],
  }
}

function actorOf({ id, lemma, name, mentions }: Entity, textLength: number): ShotActor {
  const [mention] = mentions
  return {
    id,
    picture: { id, kind: 'actor', lemma, phrase: withArticle(name) },
    span: { start: mention?.start ?? 0, end: mention?.end ?? textLength },
  }
}

function settingOf({ settings, text }: SceneGraph): PictureBrief {
  // "Through the snow" is weather, and for a picture the ground that it lies on.
  const isOnSnow = settings.some(({ weather }) => weather === 'snow') && /\bthe snow\b/i.test(text)
  const ground = isOnSnow ? 'the snow' : defaultPlace
  const place = settings.find((setting) => setting.place !== null)?.place ?? ground
  const time = settings.find((setting) => setting.time !== null)?.time ?? null
  const lemma = place.replace(/^(?:a|an|the) /, '')
  return { id: 'setting', kind: 'setting', lemma, phrase: settingPhrase(place, time) }
}
