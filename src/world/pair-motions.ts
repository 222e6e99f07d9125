import type { PairAction } from './actions.ts'
import { createMotion, type Motion, type MotionPart, travel } from './motions.ts'
import { smooth } from './stage.ts'

/** The motions of the one who does it and the one it is done to. */
export function pairMotions(
  action: PairAction,
  who: MotionPart,
  whom: MotionPart,
): readonly [Motion, Motion] {
  return makers[action](who, whom)
}

type Maker = (who: MotionPart, whom: MotionPart) => readonly [Motion, Motion]

/** Room between two centres, in frame widths. */
function gapOf(who: MotionPart, whom: MotionPart): number {
  return (who.size + whom.size) * 0.45
}

/** Both go one way, the doer behind; the gap goes from `from` to `to` times their room. */
function behind(who: MotionPart, whom: MotionPart, from: number, to: number): readonly [Motion, Motion] {
  const gap = gapOf(who, whom)
  const middle = 0.5
  const same = { ...whom, direction: who.direction, speed: Math.min(who.speed, 0.42 / who.seconds + 0.06) }
  const lead = travel({ ...same, x: middle + (who.direction * gap) / 2 })
  const trail = travel({ ...who, speed: same.speed, x: middle - (who.direction * gap) / 2 })
  const shift = (t: number): number => -who.direction * gap * (from + (to - from) * smooth(t) - 1) * 0.6
  return [(t) => ({ ...trail(t), x: trail(t).x + shift(t) }), lead]
}

const makers: { readonly [Name in PairAction]: Maker } = {
  chase: (who, whom) => behind(who, whom, 1.35, 0.95),
  follow: (who, whom) => behind(who, whom, 1.15, 1.15),
  meet(who, whom) {
    const gap = gapOf(who, whom)
    const depth = (who.depth + whom.depth) / 2
    const level = (who.level + whom.level) / 2
    const side = who.direction
    const arrive = Math.min(0.9, Math.max(0.5, 0.45 / (who.speed * who.seconds)))
    const walk = (part: MotionPart, sign: 1 | -1): Motion => {
      const gait = travel({ ...part, speed: 0, depth, level, direction: sign })
      return (t) => {
        const u = Math.min(1, t / arrive)
        const reach = (gap * 0.5 + 0.34 * (1 - smooth(u))) * -sign
        return { ...gait(t), height: u < 1 ? gait(t).height : level, x: 0.5 + reach, facing: sign }
      }
    }
    return [walk(who, side), walk(whom, side > 0 ? -1 : 1)]
  },
  'jump-over'(who, whom) {
    const still = createMotion('stand', { ...whom, x: 0.5 })
    const high = whom.size * 0.85
    const way = Math.min(0.8, who.size + whom.size)
    const up = 0.2
    const mover: Motion = (t) => {
      const u = Math.min(1, Math.max(0, (t - up) / (1 - 2 * up)))
      const x = 0.5 + who.direction * way * (t - 0.5)
      return {
        x,
        depth: Math.min(1, whom.depth + 0.1),
        height: who.level + high * 4 * u * (1 - u),
        scale: 1,
        facing: who.direction,
      }
    }
    return [mover, still]
  },
  pass(who, whom) {
    const still = createMotion('stand', { ...whom, x: 0.5, depth: 0.25 })
    const by = travel({
      ...who,
      x: 0.5,
      depth: 0.9,
      level: who.medium === 'air' || who.medium === 'water' ? Math.min(0.7, whom.level + 0.16) : who.level,
    })
    return [by, still]
  },
}
