import type { ActorReading, Asked, Classifier, ClipReading, Place } from '../models/classifier-reader.ts'
import type { Frames } from '../video/frames.ts'
import type { RelationName } from '../world/facts.ts'
import { classifierLabels, type LabelKind, labelIndex } from '../world/labels.ts'
import type { Expected } from './suite.ts'

/** What is asked of a video; one video may be asked the same of each of its actors. */
export const questions = [
  'subject',
  'both subjects',
  'action and direction',
  'action',
  'direction',
  'setting',
  'time',
  'weather',
  'colour',
  'count',
  'relation',
] as const
export type Question = (typeof questions)[number]

export interface Answer {
  readonly question: Question
  /** What was read: a name of the labels, or several. */
  readonly read: string
  readonly isRight: boolean
}

/** Reads a shot back, and compares it with what it must show. */
export async function readBack(
  classifier: Classifier,
  frames: Frames,
  expected: Expected,
): Promise<Answer[]> {
  const { subjects } = expected
  // Whoever is alone is found without its name: what it does is read even where it is not whom it should be.
  const asked: Asked[] =
    subjects.length === 1
      ? ['anyone']
      : subjects.map(({ ids }) => ids.map((id) => labelIndex('subjects', id)).filter((index) => index >= 0))
  return compare(await classifier.read(frames, asked), expected)
}

/** What a reading says of every question that the expected facts ask. */
export function compare(reading: ClipReading, expected: Expected): Answer[] {
  const { subjects, settings, time, weather, count, relation } = expected
  const shown = mostShown(reading.shown, subjects.length)
  const found = subjects.map(({ ids }) => ids.some((id) => shown.includes(id)))
  const answers: Answer[] = found.map((isRight) => ({ question: 'subject', read: shown.join(', '), isRight }))
  if (subjects.length === 2)
    answers.push({ question: 'both subjects', read: shown.join(', '), isRight: found.every(Boolean) })
  for (const [i, subject] of subjects.entries()) {
    const actor = reading.actors[i]
    if (actor) answers.push(...answersOf(actor, subject))
  }
  const scene = (
    question: Question,
    kind: 'settings' | 'times' | 'weathers' | 'counts',
    wanted: readonly string[] | null,
  ): void => {
    if (wanted === null) return
    const read = nameOf(kind, reading.scene[kind])
    answers.push({ question, read, isRight: wanted.includes(read) })
  }
  scene('setting', 'settings', settings)
  scene('time', 'times', time === null ? null : [time])
  scene('weather', 'weathers', weather === null ? null : [weather])
  scene('count', 'counts', count === null ? null : [`${count}`])
  const [first, second] = reading.actors
  if (relation !== null && first && second) {
    const isRight = holds(relation, usualPlace(first.places), usualPlace(second.places))
    answers.push({ question: 'relation', read: isRight ? relation : 'another', isRight })
  }
  return answers
}

function answersOf(
  actor: ActorReading,
  { actions, direction, colour }: Expected['subjects'][number],
): Answer[] {
  const answers: Answer[] = []
  const action = nameOf('actions', actor.heads.actions)
  // Of two sides: a video that stands still has one, by the way it faces.
  const side = nameOf('directions', actor.heads.directions.subarray(0, 2))
  if (actions !== null) {
    const isRight = actions.includes(action)
    answers.push({ question: 'action', read: action, isRight })
    const goesRight = direction === null || side === direction
    const read = direction === null ? action : `${action} ${side}`
    answers.push({ question: 'action and direction', read, isRight: isRight && goesRight })
  }
  if (direction !== null) answers.push({ question: 'direction', read: side, isRight: side === direction })
  if (colour !== null) {
    const read = colourOf(actor.heads.coats)
    answers.push({ question: 'colour', read, isRight: read === colour })
  }
  return answers
}

/** The likeliest name. */
function nameOf(kind: LabelKind, probabilities: Float32Array): string {
  const index = probabilities.indexOf(Math.max(...probabilities))
  return classifierLabels[kind][index] ?? ''
}

/** The likeliest colour, whether a coat's or its own: `a red lobster` may be either. */
function colourOf(probabilities: Float32Array): string {
  const [own = 'own'] = classifierLabels.coats
  return nameOf('coats', probabilities.with(labelIndex('coats', own), 0))
}

/** The `count` subjects that the most cells show, over all moments. */
function mostShown(shown: Float32Array, count: number): string[] {
  const { subjects } = classifierLabels
  const sums = new Float32Array(subjects.length)
  for (const [at, value] of shown.entries()) {
    const index = at % (subjects.length + 1)
    if (index < subjects.length) sums[index] = (sums[index] ?? 0) + value
  }
  const order = [...sums.keys()].sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))
  return order.slice(0, count).flatMap((index) => subjects[index] ?? [])
}

/** Where an actor is over all moments, each as weighty as it is large; null where it is not to be seen. */
function usualPlace(places: readonly Place[]): Place | null {
  const cells = places.reduce((sum, place) => sum + place.cells, 0)
  // Half a cell in every moment.
  if (cells < places.length / 2) return null
  const mean = (of: (place: Place) => number): number =>
    places.reduce((sum, place) => sum + of(place) * place.cells, 0) / cells
  return {
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
    spreadX: mean(({ spreadX }) => spreadX),
    spreadY: mean(({ spreadY }) => spreadY),
    cells: cells / places.length,
  }
}

/** From a middle to an edge, in standard deviations: √3 of an even spread. */
const edge = Math.sqrt(3)

/** VBench decides relations by the places of boxes as well; whose feet are higher up in the picture is farther off. */
export function holds(relation: RelationName, first: Place | null, second: Place | null): boolean {
  if (!first || !second) return false
  const feet = ({ y, spreadY }: Place): number => y + edge * spreadY
  switch (relation) {
    case 'left-of':
      return first.x < second.x
    case 'right-of':
      return first.x > second.x
    case 'above':
      return first.y < second.y
    case 'behind':
      return feet(first) < feet(second)
    case 'in-front-of':
      return feet(first) > feet(second)
  }
}
