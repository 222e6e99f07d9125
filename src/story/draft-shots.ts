import type { SceneGraph } from '../text/scene-graph.ts'
import type { Description } from './cast-descriptions.ts'
import type { CastLooks } from './cast-looks.ts'
import { type Emotion, emotionOf } from './emotion.ts'
import type { CarriedSetting } from './setting-carry.ts'
import { type WrittenShot, writeEvents, writeView } from './shot-prompt.ts'
import type { StoryBeat } from './story-beats.ts'

/** A shot before its time and its camera are known. */
export interface DraftShot {
  /** What it shows of the text; empty for a shot that the planner puts in. */
  readonly beats: readonly StoryBeat[]
  readonly prompt: string
  /** Never empty; the most important first. */
  readonly cast: readonly string[]
  readonly setting: CarriedSetting
  readonly emotion: Emotion
  readonly view: 'event' | 'place' | 'detail'
  /** How everyone looks after it. */
  readonly descriptions: ReadonlyMap<string, Description>
}

/** Someone whose looks change, from a draft on. */
export interface DraftedChange {
  readonly id: string
  readonly draft: DraftShot
  readonly description: Description
}

export interface DraftStory {
  /** How everyone looks at first. */
  readonly firstLooks: ReadonlyMap<string, Description>
  readonly drafts: readonly DraftShot[]
  readonly changes: readonly DraftedChange[]
}

/** What drafting needs of the story. */
export interface StoryMaterial {
  readonly graph: SceneGraph
  readonly looks: CastLooks
  /** One a sentence, at least one. */
  readonly settings: readonly CarriedSetting[]
  /** Whom a shot shows when neither the text nor the shot before names anybody; never empty. */
  readonly mainCast: readonly string[]
}

/** Writes the shots of groups of beats, one a group, in order: looks change on the way. */
export function draftShots(groups: readonly (readonly StoryBeat[])[], material: StoryMaterial): DraftStory {
  let descriptions = material.looks.first
  const changes: DraftedChange[] = []
  const drafts: DraftShot[] = []
  for (const beats of groups) {
    const actions = beats.flatMap(({ clauses }) => clauses.map(({ action }) => action))
    const own = material.looks.changes.filter(({ action }) => actions.includes(action))
    const setting = settingOf(material, beats)
    // A shot in which someone dresses names the clothes: the new looks are told from the next one on.
    const { prompt, cast } = write(material, beats, { descriptions, setting, lastCast: drafts.at(-1)?.cast })
    descriptions = new Map([...descriptions, ...own.map(({ id, description }) => [id, description] as const)])
    const draft: DraftShot = {
      beats,
      prompt,
      cast,
      setting,
      emotion: joinEmotions(beats.map((beat) => emotionOf(material.graph, beat, setting.weather))),
      view: actions.length > 0 ? 'event' : 'place',
      descriptions,
    }
    drafts.push(draft)
    changes.push(...own.map(({ id, description }) => ({ id, draft, description })))
  }
  return { firstLooks: material.looks.first, drafts, changes }
}

/**
 * The setting of a group's last sentence. A place that someone goes to in a later part of the sentence ("she turns away
 * and walks home") is not yet the place of this one.
 */
export function settingOf({ graph, settings }: StoryMaterial, beats: readonly StoryBeat[]): CarriedSetting {
  const sentence = beats.at(-1)?.sentence ?? 0
  const setting = settings[sentence] ?? settings.at(-1)
  if (!setting) throw new RangeError('a story has at least one setting')
  const before = settings[sentence - 1]
  if (!before || before.place === setting.place) return setting
  const ends = beats.flatMap(({ clauses }) => clauses.map(({ end }) => end))
  const goal = goalAt(graph, sentence, setting.place)
  const isYetToCome = ends.length > 0 && Math.max(...ends) > 0 && goal !== null && goal >= Math.max(...ends)
  return isYetToCome ? { ...setting, place: before.place } : setting
}

/** Where in the text a sentence names a place as the goal or the way of someone; null where it does not. */
function goalAt({ sentences }: SceneGraph, sentence: number, place: string): number | null {
  const { text = '', start = 0 } = sentences[sentence] ?? {}
  const at = text.toLowerCase().indexOf(place.toLowerCase())
  if (at < 0) return null
  const before = text.slice(0, at).replace(/\b(?:an?|the|his|her|its|their)\s+$/i, '')
  const isGoal =
    place.toLowerCase() === 'home' ||
    /\b(?:to|into|onto|through|across|along|over|down|up|towards?|from|for)\s+$/i.test(before)
  return isGoal ? start + at : null
}

interface Circumstances {
  readonly descriptions: ReadonlyMap<string, Description>
  readonly setting: CarriedSetting
  /** Of the shot before. */
  readonly lastCast: readonly string[] | undefined
}

function write(
  { graph, looks, mainCast }: StoryMaterial,
  beats: readonly StoryBeat[],
  { descriptions, setting, lastCast }: Circumstances,
): WrittenShot {
  const clauses = beats.flatMap((beat) => beat.clauses)
  const seen = [...new Set(beats.flatMap((beat) => beat.seen))].filter((id) => descriptions.has(id))
  const events = writeEvents({ graph, clauses, seen, descriptions, parts: looks.parts, setting })
  if (events) return events
  if (seen.length > 0) return writeView(seen, descriptions, setting)
  const isAbsence = clauses.some(({ action }) => action.negated)
  return writeView(lastCast ?? mainCast.slice(0, 1), descriptions, setting, isAbsence ? 'alone' : '')
}

/** The strongest tension, the mean valence. */
function joinEmotions(emotions: readonly Emotion[]): Emotion {
  const strongest = emotions.reduce((a, b) => (b.tension > a.tension ? b : a))
  const valence = emotions.reduce((sum, one) => sum + one.valence, 0) / emotions.length
  return { ...strongest, valence }
}
