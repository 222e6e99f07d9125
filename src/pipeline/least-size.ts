import type { MotionPlan, State } from '../video/motion-plan.ts'
import { inBox } from './framing.ts'

/** Of an actor's picture at its largest in a shot, in heights of the frame: of smaller ones too little can be painted. */
export const leastSize = 0.3

/** The plan with nobody smaller than can be seen: who is gets larger, and its feet stay where they are. */
export function visible(plan: MotionPlan, least = leastSize): MotionPlan {
  const actors = plan.actors.map((track) => {
    const scale = least / Math.max(...track.states.map(({ height }) => height))
    return scale > 1 ? { ...track, states: track.states.map((state) => larger(state, scale)) } : track
  })
  return { ...plan, actors }
}

function larger(state: State, scale: number): State {
  const { centerX, centerY, width, height } = state
  const feet = centerY + height / 2
  return inBox(state, {
    centerX,
    centerY: feet - (height * scale) / 2,
    width: width * scale,
    height: height * scale,
  })
}
