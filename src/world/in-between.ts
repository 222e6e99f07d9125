import type { State } from '../video/motion-plan.ts'
import type { ClipScript } from './script.ts'

/** The same clip at twice its rate: n frames become 2n − 1, every second one halfway between its neighbours. */
export function withInBetweens(script: ClipScript): ClipScript {
  const fps = script.fps * 2
  const { plan } = script
  return {
    ...script,
    fps,
    frames: script.frames * 2 - 1,
    actors: script.actors.map((actor) => ({ ...actor, shadows: doubled(actor.shadows, halfwayShadow) })),
    plan: {
      fps,
      actors: plan.actors.map((track) => ({ ...track, states: doubled(track.states, halfwayState) })),
      camera: doubled(plan.camera, halfwayState),
    },
  }
}

/** Every element, and between two of them what `halfway` makes of them. */
function doubled<T>(list: readonly T[], halfway: (a: T, b: T) => T): T[] {
  return list.flatMap((b, i) => {
    const a = list[i - 1]
    return i === 0 || a === undefined ? [b] : [halfway(a, b), b]
  })
}

const middle = (a: number, b: number): number => (a + b) / 2

const halfwayShadow = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : middle(a, b)

function halfwayState(a: State, b: State): State {
  return {
    centerX: middle(a.centerX, b.centerX),
    centerY: middle(a.centerY, b.centerY),
    width: middle(a.width, b.width),
    height: middle(a.height, b.height),
    facing: middle(a.facing, b.facing),
    // The phase only goes on, and begins again at 1.
    phase: middle(a.phase, b.phase < a.phase ? b.phase + 1 : b.phase) % 1,
    presence: middle(a.presence, b.presence),
  }
}
