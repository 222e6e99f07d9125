import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import { knowsActor, knowsPlace } from '../world/vocabulary.ts'
import type { Warning } from './events.ts'
import { isPictureOf } from './own-pictures.ts'

/** One member of the cast as the networks are told. */
export interface CastMember {
  /** The entity's id in the scene graph. */
  readonly id: string
  /** The word that a user's own picture is given for. */
  readonly lemma: string
  /** A noun phrase: `a small red dog`. */
  readonly phrase: string
  /** Where the text names it first: UTF-16 units, end exclusive. */
  readonly span: { readonly start: number; readonly end: number }
}

/** What a shot needs from the text: who is in it, and where. */
export interface ShotBrief {
  readonly actors: readonly CastMember[]
  readonly setting: CastMember
  readonly warnings: readonly Warning[]
}

/** Where a shot plays whose text names no place. */
const defaultPlace = 'a meadow'

/**
 * Chooses cast and setting: characters first, in the order of the text, then objects, `most` at the most.
 * @param given words that the user has pictures for: they need not be drawn
 */
export function briefOf(graph: SceneGraph, most: number, given: readonly string[] = []): ShotBrief {
  const firstMention = ({ mentions }: Entity): number => mentions[0]?.start ?? Number.POSITIVE_INFINITY
  const inOrder = (entities: readonly Entity[]): Entity[] =>
    [...entities].sort((a, b) => firstMention(a) - firstMention(b))
  const all = [...inOrder(graph.characters), ...inOrder(graph.objects)]
  const actors = all.slice(0, most).map((entity) => memberOf(entity, graph.text.length))
  const setting = settingOf(graph)
  const drawn = actors.filter((actor) => !given.some((word) => isPictureOf(actor, word)))
  return { actors, setting, warnings: [...leftOut(all.slice(most), most), ...unknown(drawn, setting)] }
}

/** What the model never saw is said: it will be drawn as something near, or as nothing in particular. */
function unknown(actors: readonly CastMember[], setting: CastMember): Warning[] {
  const words = [
    ...actors.filter(({ phrase }) => !knowsActor(phrase)).map(({ lemma }) => lemma),
    ...(setting.lemma === defaultPlace || knowsPlace(setting.lemma) ? [] : [setting.lemma]),
  ]
  if (words.length === 0) return []
  const list = words.map((word) => `"${word}"`).join(' and ')
  const message = `Toybox has not learned to draw ${list}: something near it may appear instead; give a picture with --character, or use another word.`
  return [{ type: 'substituted', words, message }]
}

function memberOf(entity: Entity, textLength: number): CastMember {
  const [mention] = entity.mentions
  return {
    id: entity.id,
    lemma: entity.lemma,
    phrase: withArticle(entity.name),
    span: { start: mention?.start ?? 0, end: mention?.end ?? textLength },
  }
}

function settingOf({ settings, text }: SceneGraph): CastMember {
  // "Through the snow" is weather, and for a picture the ground that it lies on.
  const isOnSnow = settings.some(({ weather }) => weather === 'snow') && /\bthe snow\b/i.test(text)
  const place = settings.find((setting) => setting.place !== null)?.place ?? (isOnSnow ? 'the snow' : null)
  const time = settings.find((setting) => setting.time !== null)?.time ?? null
  const start = place === null ? -1 : text.indexOf(place)
  const phrase = place === null ? defaultPlace : withArticle(place)
  return {
    id: 'setting',
    lemma: place ?? defaultPlace,
    phrase: time === null ? phrase : `${phrase} at ${time}`,
    span: start < 0 ? { start: 0, end: text.length } : { start, end: start + (place ?? '').length },
  }
}

function leftOut(entities: readonly Entity[], most: number): Warning[] {
  if (entities.length === 0) return []
  const words = entities.map(({ name }) => name)
  return [
    {
      type: 'left-out',
      words,
      message: `A shot holds ${most} characters or objects; ${words.join(', ')} will not be drawn: make another shot for them.`,
    },
  ]
}

function withArticle(name: string): string {
  if (/^(a|an|the|some|\d)\b/i.test(name)) return name
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}
