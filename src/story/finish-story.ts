import { beatsOf, shapeOf, smoothed } from './arc.ts'
import { entityOf } from './clauses.ts'
import type { DraftShot } from './draft-shots.ts'
import { durationsOf } from './pacing.ts'
import type { WrittenStory } from './plan.ts'
import { cameraOf } from './shot-camera.ts'
import {
  type CastEntry,
  type Shot,
  type ShotAction,
  type Storyboard,
  type StoryWarning,
  storyboardFormat,
} from './storyboard.ts'

/** Times and films a written story: durations along its arc, cameras, transitions, and everything as a document. */
export function finishStory(story: WrittenStory, seconds: number | null): Storyboard {
  const { graph, drafts, added } = story
  const idOf = uniqueNames(drafts)
  const tensions = smoothed(drafts.map(({ emotion }) => emotion.tension))
  const valences = smoothed(drafts.map(({ emotion }) => emotion.valence))
  const opens = drafts[0]?.view === 'place'
  const beats = beatsOf(tensions, opens)
  const durations = durationsOf(
    drafts.map(({ beats: told }, i) => ({
      beat: beats[i] ?? 'rising',
      tension: tensions[i] ?? 0,
      events: told.length,
    })),
    seconds,
  )
  const total = durations.reduce((a, b) => a + b, 0)
  const [calmest, tensest] = [Math.min(...tensions), Math.max(...tensions)]
  let elapsed = 0
  const shots = drafts.map((draft, i): Shot => {
    const durationSeconds = durations[i] ?? 0
    const tension = tensions[i] ?? 0
    const middle = (elapsed + durationSeconds / 2) / total
    elapsed += durationSeconds
    const beat = beats[i] ?? 'rising'
    const { place, time, weather, season } = draft.setting
    return {
      id: `shot-${i + 1}`,
      prompt: draft.prompt,
      cast: draft.cast.map(idOf),
      actions: actionsOf(draft, idOf),
      setting: { place, time, weather, season },
      camera: cameraOf({
        beat,
        relativeTension: tensest > calmest ? (tension - calmest) / (tensest - calmest) : 0.5,
        actionClass: draft.emotion.actionClass,
        view: draft.view,
        told: toldMoves(story, draft),
      }),
      durationSeconds,
      transition: transitionOf(draft, drafts[i - 1], durationSeconds, durations[i - 1] ?? 0),
      origin: added.has(draft) ? 'added' : 'text',
      arc: {
        position: rounded(middle),
        tension: rounded(tension),
        valence: rounded(valences[i] ?? 0),
        beat,
      },
    }
  })
  return {
    format: storyboardFormat,
    title: titleOf(graph.sentences[0]?.text ?? graph.text),
    text: graph.text,
    style: [...new Set(graph.style.map((one) => one.trim().slice(0, 100)).filter((one) => one !== ''))],
    shape: shapeOf(shots.map(({ arc }) => arc.valence)).shape,
    cast: castOf(story, idOf),
    shots,
    warnings: warningsOf(story, shots),
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000 + 0

/** Names that a document may hold for the ids of a scene graph: letters, digits, "-" and "_", each once. */
function uniqueNames(drafts: readonly DraftShot[]): (id: string) => string {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const id of new Set(drafts.flatMap(({ cast }) => cast))) {
    const base = id.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^[-_]+/, '') || 'member'
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`
    taken.add(name)
    names.set(id, name)
  }
  return (id) => names.get(id) ?? id
}

function castOf(
  { graph, drafts, changes, firstLooks }: WrittenStory,
  idOf: (id: string) => string,
): CastEntry[] {
  const ids = [...new Set(drafts.flatMap(({ cast }) => cast))]
  return ids.map((id) => {
    const entity = entityOf(graph, id)
    return {
      id: idOf(id),
      kind: graph.characters.some((one) => one.id === id) ? 'character' : 'object',
      description: firstLooks.get(id)?.phrase ?? id,
      count: Math.min(1000, Math.max(1, Math.floor(entity?.count ?? 1))),
      changes: changes
        .filter((one) => one.id === id)
        .map(({ draft, description }) => ({
          fromShot: `shot-${drafts.indexOf(draft) + 1}`,
          description: description.phrase,
        })),
    }
  })
}

function actionsOf({ beats, cast }: DraftShot, idOf: (id: string) => string): ShotAction[] {
  const known = (ids: readonly string[]): string[] => ids.filter((id) => cast.includes(id)).map(idOf)
  return beats.flatMap(({ clauses }) =>
    clauses.map(({ action }) => ({
      verb: action.lemma.trim().slice(0, 100) || 'do',
      agents: known(action.agents),
      patients: known(action.patients),
      negated: action.negated,
      sentence: Number.isInteger(action.sentence) && action.sentence >= 0 ? action.sentence : null,
    })),
  )
}

/** Camera moves that the text asks for in the shot's sentences; those of a sentence of its own are for the next one. */
function toldMoves({ graph, drafts }: WrittenStory, draft: DraftShot): string[] {
  const sentences = draft.beats.map(({ sentence }) => sentence)
  const withBeats = new Set(drafts.flatMap(({ beats }) => beats.map(({ sentence }) => sentence)))
  const last = Math.max(...withBeats)
  return graph.camera.flatMap(({ move, sentence }) => {
    let target = sentence
    while (!withBeats.has(target) && target < last) target++
    return sentences.includes(withBeats.has(target) ? target : last) ? [move] : []
  })
}

const fadeSeconds = { place: 0.5, time: 0.75, both: 1 } as const

/** A cross-fade where place or time have changed, never longer than half of either shot; else a cut. */
function transitionOf(
  { setting }: DraftShot,
  before: DraftShot | undefined,
  durationSeconds: number,
  secondsBefore: number,
): Shot['transition'] {
  if (!before) return { type: 'cut' }
  const isElsewhere = setting.place !== before.setting.place
  const isLater = setting.time !== before.setting.time || setting.season !== before.setting.season
  if (!isElsewhere && !isLater) return { type: 'cut' }
  const wanted = fadeSeconds[isElsewhere && isLater ? 'both' : isElsewhere ? 'place' : 'time']
  const seconds = Math.min(wanted, durationSeconds / 2, secondsBefore / 2)
  return { type: 'crossfade', seconds: rounded(seconds) }
}

function titleOf(sentence: string): string {
  const words = sentence.replace(/\s+/g, ' ').trim()
  if (words.length <= 60) return words
  return `${words.slice(0, 60).replace(/\s+\S*$/, '')}…`
}

function warningsOf(story: WrittenStory, shots: readonly Shot[]): StoryWarning[] {
  const { graph, drafts, notes, silent, missing, firstLooks } = story
  const shotOf = (sentence: number): string | null => {
    const index = drafts.findIndex(({ beats }) => beats.some((beat) => beat.sentence >= sentence))
    return shots[index]?.id ?? null
  }
  const told: StoryWarning[] = notes.map(({ type, sentence, message }) => ({
    type,
    shot: type === 'contradiction' ? shotOf(sentence) : null,
    message,
  }))
  const guesses = [...firstLooks].flatMap(([id, { guess }]): StoryWarning[] =>
    guess !== null && drafts.some(({ cast }) => cast.includes(id))
      ? [{ type: 'assumed', shot: null, message: `${guess.slice(0, 1).toUpperCase()}${guess.slice(1)}.` }]
      : [],
  )
  const isEmpty = graph.characters.length === 0 && graph.objects.length === 0 && graph.actions.length === 0
  return [
    ...told,
    ...guesses,
    ...(isEmpty ? [emptyWarning()] : []),
    ...(silent.length > 0 && !isEmpty ? [silentWarning(silent)] : []),
    ...(missing > 0 ? [missingWarning(missing, shots.length)] : []),
  ]
}

function emptyWarning(): StoryWarning {
  const message =
    'The text names nobody and nothing that happens: the shot shows the place; say in English who does what.'
  return { type: 'left-out', shot: null, message }
}

function silentWarning(silent: readonly string[]): StoryWarning {
  const shown = silent
    .slice(0, 3)
    .map((text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text))
  const more = silent.length > shown.length ? ` and ${silent.length - shown.length} more` : ''
  const message = `No shot shows ${shown.join(', ')}${more}: nobody in it does anything that can be seen.`
  return { type: 'left-out', shot: null, message }
}

function missingWarning(missing: number, count: number): StoryWarning {
  const message = `The text has matter for ${count} shots, ${missing} fewer than asked for: tell more of the story.`
  return { type: 'left-out', shot: null, message }
}
