import { type Question, questions } from './read-back.ts'

/** A mean over so many things. */
export interface Mean {
  readonly value: number
  readonly n: number
}

/** One measure of the generated videos beside what bounds it. */
export interface Figure {
  readonly name: string
  readonly generated: Mean | null
  /** Of real renders of the same held-out scripts. */
  readonly ceiling: Mean | null
  /** What chance gives; `definition` says how. Null where there is no such thing. */
  readonly floor: Mean | null
  /** False where the measure is read by a classifier that is right in less than 85 % of real renders. */
  readonly isTrusted: boolean
  readonly definition: string
}

/** The least that the classifier must read rightly of real renders to be believed. */
export const trustedFrom = 0.85

/** The mean of numbers; null of none. */
export function meanOf(values: readonly number[]): Mean | null {
  if (values.length === 0) return null
  return { value: values.reduce((a, b) => a + b, 0) / values.length, n: values.length }
}

/** A share that the classifier reads, trusted or not by its ceiling. */
export function readFigure(
  name: string,
  definition: string,
  parts: Pick<Figure, 'generated' | 'ceiling' | 'floor'>,
): Figure {
  const isTrusted = parts.ceiling !== null && parts.ceiling.value >= trustedFrom
  return { name, definition, ...parts, isTrusted }
}

export interface Asked {
  readonly question: Question
  readonly isRight: boolean
}

/** One figure a question that was asked. */
export function questionFigures(
  generated: readonly Asked[],
  real: readonly Asked[],
  shuffled: readonly Asked[],
): Figure[] {
  return questions.flatMap((question) => {
    const share = (answers: readonly Asked[]): Mean | null =>
      meanOf(answers.filter((one) => one.question === question).map(({ isRight }) => (isRight ? 1 : 0)))
    const ceiling = share(real)
    if (!ceiling) return []
    return [
      readFigure(question, definitions[question], {
        generated: share(generated),
        ceiling,
        floor: share(shuffled),
      }),
    ]
  })
}

const definitions: Readonly<Record<Question, string>> = {
  subject:
    'A subject of the prompt is among the subjects that most cells show; as many as the prompt names are taken.',
  'both subjects': 'Both of two are.',
  'action and direction': 'The likeliest action is the one told, and so is the side, where one is told.',
  action: 'The likeliest action is the one told.',
  direction: 'Of left and right, the likelier one is the one told.',
  setting: 'The likeliest setting is the one told.',
  time: 'The likeliest of day, sunset and night is the one told.',
  weather: 'The likeliest of clear, rain, snow and fog is the one told.',
  colour: 'Of eleven colours, the likeliest is the one told.',
  count: 'The likeliest of one, two and three is the number told.',
  relation: 'The cells that show the first lie to those that show the second as told.',
}
