import { type Language, openLanguage } from '../text/language.ts'
import type { SceneGraph } from '../text/scene-graph.ts'
import { understand } from '../text/understand/understand.ts'
import { FramewrightError } from '../util/errors.ts'
import { type AddedShot, addableShots, closingShot, establishingShot } from './added-shots.ts'
import { beatsOf, smoothed } from './arc.ts'
import { followLooks } from './cast-looks.ts'
import { type DraftShot, type DraftStory, draftShots, type StoryMaterial } from './draft-shots.ts'
import { finishStory } from './finish-story.ts'
import { groupBeats } from './group-beats.ts'
import { mainCastOf, viewId, viewOfPlace } from './main-cast.ts'
import { proposeShots, type ShotPredictor } from './propose-shots.ts'
import { carrySettings, type SettingNote } from './setting-carry.ts'
import { findBeats, type StoryBeat } from './story-beats.ts'
import { type Storyboard, storyLimits } from './storyboard.ts'
import { hasPronoun } from './word-lists.ts'

/** How long a story is to be told. */
export interface PlanOptions {
  /**
   * How many shots, 1 to 500: fewer than the text has events joins neighbours, more adds shots that show places,
   * faces and things. @default one for every event, and one that shows the place first
   */
  readonly shots?: number
  /** Length of the whole. @default what the shots need: about two and a half seconds each */
  readonly seconds?: number
  /**
   * Opens what foretells a story's next shot, to choose which shots to add; only called when there are some to add.
   * @default they are chosen by rule
   */
  readonly arc?: () => Promise<ShotPredictor>
}

/**
 * Plans a story: one shot for every event, each with its cast, place, time, camera and a prompt that is complete in
 * itself. The same text and options always give the same storyboard; what the planner had to assume, and what in the
 * text does not fit together, are the storyboard's `warnings`.
 * @param source a text in English, or what `understand` made of one
 * @throws FramewrightError E_PROMPT when the text is empty or too long; E_OPTION for options out of range
 */
export async function plan(source: string | SceneGraph, options: PlanOptions = {}): Promise<Storyboard> {
  checkOptions(options)
  const graph = typeof source === 'string' ? understand(source, await openLanguage()) : source
  const story = await draftStory(graph, options)
  return finishStory(story, options.seconds ?? null)
}

function checkOptions({ shots, seconds }: PlanOptions): void {
  if (shots !== undefined && !(Number.isInteger(shots) && shots >= 1 && shots <= storyLimits.shots)) {
    throw new FramewrightError(
      'E_OPTION',
      `\`shots\` must be a whole number from 1 to ${storyLimits.shots}, got ${shots}`,
    )
  }
  const longest = storyLimits.shots * storyLimits.longestSeconds
  if (seconds !== undefined && !(seconds >= storyLimits.shortestSeconds && seconds <= longest)) {
    throw new FramewrightError(
      'E_OPTION',
      `\`seconds\` must be ${storyLimits.shortestSeconds} to ${longest}, got ${seconds}`,
    )
  }
}

/** A story whose shots are written, in order, and not yet timed. */
export interface WrittenStory extends DraftStory {
  readonly graph: SceneGraph
  /** The shots that are not of the text, among `drafts`. */
  readonly added: ReadonlySet<DraftShot>
  readonly notes: readonly SettingNote[]
  /** Sentences that tell nothing which can be shown. */
  readonly silent: readonly string[]
  /** How many shots were asked for and could not be found. */
  readonly missing: number
}

/** From this many shots on, a story opens with a look at its place. */
const shortestWithOpening = 3

/** A text's own shots, written and neither timed nor framed: what the arc network learns from. */
export function draftText(text: string, language: Language): readonly DraftShot[] {
  const graph = understand(text, language)
  const { beats } = findBeats(graph)
  const material = materialOf(graph, carrySettings(graph).settings)
  return draftShots(
    beats.map((beat) => [beat]),
    material,
  ).drafts
}

async function draftStory(graph: SceneGraph, { shots, arc }: PlanOptions): Promise<WrittenStory> {
  const { beats: found, silent } = findBeats(graph)
  const { settings, notes } = carrySettings(graph)
  const nothing: StoryBeat = { sentence: 0, clauses: [], seen: [] }
  const beats = found.length > 0 ? found : [nothing]
  const material = materialOf(graph, settings)
  const most = Math.min(shots ?? storyLimits.shots, storyLimits.shots)
  const groups = groupBeats(beats, most, material)
  const written = draftShots(groups, material)
  const { changes, firstLooks } = written
  const drafts =
    groups.length === 1 ? written.drafts.map((draft) => inOwnWords(draft, graph)) : written.drafts
  const added =
    shots === undefined
      ? frameOf(drafts, material.mainCast)
      : await chooseAdded(drafts, material, shots - drafts.length, arc)
  const gaps = Array.from({ length: drafts.length + 1 }, (_, gap) => {
    const here = added.filter((one) => one.gap === gap).sort((a, b) => order[a.kind] - order[b.kind])
    return here.map(({ draft }) => draft)
  })
  return {
    graph,
    firstLooks,
    drafts: gaps.flatMap((gap, i) => [...gap, ...drafts.slice(i, i + 1)]),
    changes,
    added: new Set(gaps.flat()),
    notes,
    silent,
    missing: Math.max(0, (shots ?? 0) - drafts.length - added.length),
  }
}

/** In one gap: the answer to the shot before comes before the look at the next place. */
const order: { readonly [Kind in AddedShot['kind']]: number } = {
  reaction: 0,
  establishing: 1,
  detail: 2,
  closing: 3,
}

/** A text of one sentence and one shot says best itself what is to be seen, if no pronoun stands in it. */
function inOwnWords(draft: DraftShot, { text, sentences }: SceneGraph): DraftShot {
  const isOneSentence = sentences.length === 1 && draft.beats.length === 1 && text.trim().length <= 1000
  const isClear = draft.cast.every((id) => id !== viewId) && !hasPronoun(text)
  return isOneSentence && isClear && /\p{L}/u.test(text) ? { ...draft, prompt: text.trim() } : draft
}

function materialOf(graph: SceneGraph, settings: StoryMaterial['settings']): StoryMaterial {
  const looks = followLooks(graph)
  const mainCast = mainCastOf(graph)
  const [setting] = settings
  if (mainCast.length > 0 || !setting) return { graph, looks, settings, mainCast }
  const first = new Map([...looks.first, [viewId, viewOfPlace(setting)] as const])
  return { graph, looks: { ...looks, first }, settings, mainCast: [viewId] }
}

/** The shots to add: first where the story plays, then those that are missed most, or that help most. */
async function chooseAdded(
  drafts: readonly DraftShot[],
  { graph, mainCast }: StoryMaterial,
  count: number,
  arc: PlanOptions['arc'],
): Promise<readonly AddedShot[]> {
  if (count <= 0) return []
  const characters = new Set(graph.characters.map(({ id }) => id))
  const isCharacter = (id: string): boolean => characters.has(id)
  const addable = addableShots({ drafts, isCharacter, mainCast }, climaxOf(drafts))
  if (!arc || count >= addable.length) return addable.slice(0, count)
  const opening = addable.filter(({ gap, kind }) => gap === 0 && kind === 'establishing')
  const others = addable.filter((one) => !opening.includes(one))
  return [...opening, ...(await proposeShots(others, drafts, count - opening.length, await arc()))]
}

/** A story of some length opens with a look at its place, and does not end in the middle of its climax. */
function frameOf(drafts: readonly DraftShot[], mainCast: readonly string[]): AddedShot[] {
  if (drafts.length < shortestWithOpening || drafts.length + 2 > storyLimits.shots) return []
  const opening = establishingShot(drafts, mainCast)
  const closing = drafts.length > 1 && climaxOf(drafts) === drafts.length - 1 ? closingShot(drafts) : null
  return [opening, closing].filter((one) => one !== null)
}

/** The index of the shot of most tension. */
function climaxOf(drafts: readonly DraftShot[]): number {
  return beatsOf(smoothed(drafts.map(({ emotion }) => emotion.tension)), false).indexOf('climax')
}
