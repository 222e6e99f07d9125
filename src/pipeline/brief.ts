import { type CameraFraming, type StagingAsk, stagingOf } from '../story/index.ts'
import type { SceneGraph } from '../text/scene-graph.ts'
import type { PrecipitationKind } from '../video/precipitation.ts'
import type { AccessoryKind, Coat } from '../world/looks.ts'
import type { Warning } from './events.ts'

/** An accessory that someone wears. */
export interface Worn {
  readonly kind: AccessoryKind
  /** Null where none is told that the weights have a word for. */
  readonly color: Coat | null
  /** What it is called: `a golden crown`. */
  readonly words: string
}

/** A picture that is made once, and used in every shot that it is part of. */
export interface PictureBrief {
  /** Unique in the film. */
  readonly id: string
  readonly kind: 'actor' | 'setting'
  /** The word that a user's own picture is given for. */
  readonly lemma: string
  /** A noun phrase: `a small red dog`. What is in `wears` is not in it; `wholePhrase` has both. */
  readonly phrase: string
  /** In the order of the text; none of a setting. */
  readonly wears: readonly Worn[]
}

/** Someone or something in a shot. */
export interface ShotActor {
  /** Who it is: an id of the scene graph, or of the storyboard's cast. */
  readonly id: string
  readonly picture: PictureBrief
  /** Where the prompt names it first: UTF-16 units, end exclusive; all of it where it does not. */
  readonly span: { readonly start: number; readonly end: number }
}

/** What the networks are told of a shot. */
export interface ShotBrief {
  readonly id: string
  /** Normalised. */
  readonly prompt: string
  /** In the order of the prompt. */
  readonly actors: readonly ShotActor[]
  /** What the prompt asks of where they are; who is asked is named by its place among `actors`. */
  readonly staging: readonly StagingAsk<number>[]
  readonly setting: PictureBrief
  /** What falls. */
  readonly precipitation: PrecipitationKind | null
  readonly framing: CameraFraming
  readonly seconds: number
  /** How long the shot before is still seen; 0 for a cut. */
  readonly fadeSeconds: number
  /** Its own; undefined for one that follows from the film's. */
  readonly seed?: number | undefined
}

/** What a film is made from. */
export interface FilmBrief {
  readonly shots: readonly ShotBrief[]
  /** Of the brief itself; whether its words can be drawn, `drawnInPlace` says. */
  readonly warnings: readonly Warning[]
}

/** What a shot's text asks of its actors' places: of every one of a kind, and of nobody who is not among them. */
export function stagingOfActors(graph: SceneGraph, actors: readonly ShotActor[]): StagingAsk<number>[] {
  const mentions = new Map(
    [...graph.characters, ...graph.objects].map(({ id, mentions: [one] }) => [id, one]),
  )
  const placesOf = (id: string): number[] => {
    const mention = mentions.get(id)
    return actors.flatMap(({ span }, i) => (mention && span.start === mention.start ? [i] : []))
  }
  return stagingOf(graph).flatMap((ask): StagingAsk<number>[] => {
    if (ask.of === 'camera') return [ask]
    if (ask.of === 'one') return placesOf(ask.who).map((who) => ({ ...ask, who }))
    return placesOf(ask.who).flatMap((who) => placesOf(ask.whom).map((whom) => ({ ...ask, who, whom })))
  })
}

/** Every picture of a film, each once, in the order of their first shots. */
export function picturesOf(shots: readonly ShotBrief[]): PictureBrief[] {
  return [
    ...new Set(shots.flatMap(({ actors, setting }) => [...actors.map(({ picture }) => picture), setting])),
  ]
}

/** Who has no room in a shot. @param shot its id; null where there is one only */
export function leftOutWarnings(words: readonly string[], most: number, shot: string | null): Warning[] {
  if (words.length === 0) return []
  const where = shot === null ? 'A shot' : `A shot, as ${shot},`
  const message = `${where} holds ${most} characters or objects; ${words.join(', ')} will not be drawn: make another shot for them.`
  return [{ type: 'left-out', words, message }]
}

/** Of whom fewer are drawn than there are. @param shot as of `leftOutWarnings` */
export function fewerWarnings(
  groups: readonly { readonly word: string; readonly count: number; readonly drawn: number }[],
  most: number,
  shot: string | null,
): Warning[] {
  const fewer = groups.filter(({ count, drawn }) => drawn > 0 && drawn < count)
  if (fewer.length === 0) return []
  const list = fewer.map(({ word, drawn }) => `${drawn} of "${word}"`).join(' and ')
  const where = shot === null ? 'A shot' : `A shot, as ${shot},`
  const message = `${where} holds ${most} characters or objects: only ${list} will be drawn.`
  return [{ type: 'left-out', words: fewer.map(({ word }) => word), message }]
}
