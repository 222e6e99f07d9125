import type { CameraFraming } from '../story/index.ts'
import type { Box, MotionPlan, State } from '../video/motion-plan.ts'
import { visibleShare } from '../world/stage.ts'

/**
 * How much nearer than as planned; the painter has seen settings twice as high as the frame, and no more. It has seen
 * everything from the side only.
 */
const nearness: { readonly [Framing in CameraFraming]: number } = {
  wide: 1,
  medium: 1.25,
  'close-up': 1.6,
  aerial: 1,
}

/**
 * The plan as a camera nearer to its actors sees it: everything larger about their middle, which comes to the middle of
 * the frame as far as the setting reaches. Never so near that the actors do not fit in.
 */
export function framed(plan: MotionPlan, framing: CameraFraming): MotionPlan {
  const [left, right] = extent(plan, 'centerX', 'width')
  const [top, bottom] = extent(plan, 'centerY', 'height')
  const scale = Math.min(nearness[framing], 1 / (right - left), 1 / (bottom - top))
  if (plan.actors.length === 0 || !(scale > 1)) return plan
  const x = along(plan.camera, 'centerX', 'width', (left + right) / 2, scale)
  const y = along(plan.camera, 'centerY', 'height', (top + bottom) / 2, scale)
  const nearer = (state: State): State => {
    const box: Box = {
      centerX: x(state.centerX),
      centerY: y(state.centerY),
      width: state.width * scale,
      height: state.height * scale,
    }
    return inBox(state, box)
  }
  return {
    ...plan,
    actors: plan.actors.map((track) => ({ ...track, states: track.states.map(nearer) })),
    camera: plan.camera.map((state) => ({ ...nearer(state), presence: state.presence })),
  }
}

/** The state in another box: as much of it is on the scene as of the box is in the frame. */
export function inBox(state: State, box: Box): State {
  const before = visibleShare(state)
  const presence = before > 0 ? Math.min(1, (state.presence * visibleShare(box)) / before) : state.presence
  return { ...state, ...box, presence }
}

type Center = 'centerX' | 'centerY'
type Side = 'width' | 'height'

/** From where to where the actors reach, on average over the shot. */
function extent({ actors }: MotionPlan, center: Center, side: Side): readonly [number, number] {
  const frames = actors[0]?.states.length ?? 0
  const mean = (edge: (frame: number) => number): number =>
    Array.from({ length: frames }, (_, frame) => edge(frame)).reduce((a, b) => a + b, 0) / frames
  const edges = (frame: number, sign: -1 | 1): number[] =>
    actors.flatMap(({ states }) => {
      const state = states[frame]
      return state ? [state[center] + (sign * state[side]) / 2] : []
    })
  return [mean((frame) => Math.min(...edges(frame, -1))), mean((frame) => Math.max(...edges(frame, 1)))]
}

/** Where a place goes: `focus` to the middle, but so that the setting still covers the frame. */
function along(
  camera: readonly State[],
  center: Center,
  side: Side,
  focus: number,
  scale: number,
): (place: number) => number {
  const centred = (place: number): number => 0.5 + (place - focus) * scale
  const least = Math.max(...camera.map((state) => 1 - centred(state[center] + state[side] / 2)))
  const most = Math.min(...camera.map((state) => -centred(state[center] - state[side] / 2)))
  const shift = least > most ? (least + most) / 2 : Math.min(most, Math.max(least, 0))
  return (place) => centred(place) + shift
}
