import { evenly } from '../video/index.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { motionFormat } from './motion-document.ts'

/** A shot and its plan: `MadeShot` is one. */
export interface ShotPlan {
  readonly id: string
  readonly prompt: string
  /** Null is written as null: planned by the networks when it is read. */
  readonly plan: MotionPlan | null
}

export interface MotionTextOptions {
  /**
   * How many states to write of each track, 2 or more, evenly from its first frame to its last: when, where and how large,
   * for a person to edit. @default every frame's state, whole
   */
  readonly keys?: number | undefined
}

/** Plans as a file's text, a line a state, numbers to four decimals: `parseMotion` reads it. */
export function motionText(shots: readonly ShotPlan[], { keys }: MotionTextOptions = {}): string {
  const document = {
    format: motionFormat,
    shots: shots.map(({ id, prompt, plan }) => {
      if (plan === null) return null
      const { actors, camera, ...rest } = plan
      const written = (states: readonly State[]): readonly object[] =>
        keys === undefined ? states : keyStates(states, plan.fps, keys)
      return {
        id,
        prompt,
        ...rest,
        actors: actors.map((track) => ({ ...track, states: written(track.states) })),
        camera: written(camera),
      }
    }),
  }
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e4) / 1e4 : value
  return `${JSON.stringify(document, rounded, 2).replace(numbersOnly, onOneLine)}\n`
}

function keyStates(states: readonly State[], fps: number, keys: number): object[] {
  return evenly(states.length, keys).flatMap((frame) => {
    const state = states[frame]
    if (!state) return []
    const { centerX, centerY, height } = state
    return { seconds: frame / fps, centerX, centerY, height }
  })
}

/** An object of indented JSON in which all are numbers. Within texts every quote has a backslash before it. */
const numbersOnly = /\{(?:\s+"\w+": -?[\d.e+-]+,?)+\s+\}/g

const onOneLine = (json: string): string => json.replaceAll(/\s+/g, ' ')
