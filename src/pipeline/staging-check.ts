import type { CameraAsk, PairAsk, SoloAsk, StagingAsk } from '../story/index.ts'
import { isBeside } from '../video/beside.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'

/** An actor's way: where it is at some moments of the shot, the first and the last among them. */
interface Way {
  readonly states: readonly State[]
  /** Its middle at each moment, in heights of the frame, seen from the setting: a camera that moves changes nothing. */
  readonly places: readonly (readonly [x: number, y: number])[]
}

/** Ways as long as this are seen, and those of who stays are shorter; in heights of the frame. */
const seenWay = 0.12

/** Sizes that change by as much are seen to. */
const seenGrowth = 1.2

/** Of a circle: as much of a turn, in radians, as wide a way. */
const seenTurn = (5 / 6) * Math.PI
const seenReach = 0.2

/** Who spins has faced so far to both sides. */
const seenSide = 0.3

/** What of the frame a camera's move is seen by. */
const seenPan = 0.03
const seenZoom = 1.1

/**
 * How many of the asks a plan's moments fulfil; who is asked is named by its place among the plan's actors.
 * That everybody is seen in the middle of the shot, and nobody stands over another, is asked of every plan.
 */
export function fulfilled(plan: MotionPlan, asks: readonly StagingAsk<number>[]): number {
  const ways = plan.actors.map(({ states }) => wayOf(states, plan.camera))
  const told = asks.filter((ask) => holds(ask, ways, plan.camera)).length
  return told + (allSeen(ways, asks) ? 1 : 0)
}

/** The most that `fulfilled` says. */
export const allOf = (asks: readonly StagingAsk<number>[]): number => asks.length + 1

function wayOf(states: readonly State[], camera: readonly State[]): Way {
  const places = states.map(({ centerX, centerY }, i): [number, number] => {
    const [home, box] = [camera[0], camera[i]]
    if (!home || !box) return [centerX, centerY]
    const scale = home.height / box.height
    return [(centerX - box.centerX) * scale, (centerY - box.centerY) * scale]
  })
  return { states, places }
}

function holds(ask: StagingAsk<number>, ways: readonly Way[], camera: readonly State[]): boolean {
  if (ask.of === 'camera') return cameraHolds(ask.ask, camera)
  const one = ways[ask.who]
  // Who has no room in the shot is asked nothing.
  if (!one) return true
  if (ask.of === 'one') return soloHolds(ask.ask, one)
  const other = ways[ask.whom]
  return !other || pairHolds(ask.ask, one, other)
}

function soloHolds(ask: SoloAsk, { states, places }: Way): boolean {
  const [first, last] = ends(states)
  const [[x0, y0], [x1, y1]] = ends(places)
  const [right, down] = [x1 - x0, y1 - y0]
  const facing = states.reduce((sum, state) => sum + state.facing, 0)
  switch (ask) {
    case 'goes left':
      return right < -seenWay && facing < 0
    case 'goes right':
      return right > seenWay && facing > 0
    case 'faces left':
      return facing < 0
    case 'faces right':
      return facing > 0
    case 'goes up':
      return down < -seenWay
    case 'goes down':
      return down > seenWay
    case 'travels':
      return Math.hypot(right, down) > seenWay && facing * right >= 0
    case 'circles':
      return turnOf(places) > seenTurn && reachOf(places) > seenReach
    case 'spins':
      return (
        states.some((state) => state.facing > seenSide) && states.some((state) => state.facing < -seenSide)
      )
    case 'stays':
      return Math.abs(right) < seenWay && first.presence > 0.5 && last.presence > 0.5
    case 'grows':
      return last.height > first.height * seenGrowth
    case 'shrinks':
      return last.height * seenGrowth < first.height
    case 'comes in':
      return last.presence > first.presence + 0.3
    case 'leaves':
      return first.presence > last.presence + 0.3
  }
}

/** How far a way turns to one side, in radians. */
function turnOf(places: Way['places']): number {
  const headings = places.slice(1).map(([x, y], i) => {
    const [x0, y0] = places[i] ?? [x, y]
    return Math.atan2(y - y0, x - x0)
  })
  const turns = headings.slice(1).map((heading, i) => {
    const turn = heading - (headings[i] ?? heading)
    return turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI))
  })
  return Math.abs(turns.reduce((sum, turn) => sum + turn, 0))
}

/** How wide a way is, from its leftmost to its rightmost place. */
function reachOf(places: Way['places']): number {
  const across = places.map(([x]) => x)
  return Math.max(...across) - Math.min(...across)
}

function pairHolds(ask: PairAsk, one: Way, other: Way): boolean {
  if (ask === 'comes to') {
    const [before, after] = ends(distances(one, other))
    return after < before
  }
  if (ask === 'goes after') {
    // Whom it follows is on the side to which both go.
    const [[from], [to]] = ends(one.places)
    return most(one, other, (a, b) => (b.centerX - a.centerX) * (to - from) > 0)
  }
  return most(one, other, isBeside[ask])
}

function cameraHolds(ask: CameraAsk, camera: readonly State[]): boolean {
  const [first, last] = ends(camera)
  const moved = last.centerX - first.centerX
  switch (ask) {
    // The setting goes the other way.
    case 'pans left':
      return moved > seenPan
    case 'pans right':
      return moved < -seenPan
    case 'zooms in':
      return last.height > first.height * seenZoom
    case 'zooms out':
      return last.height * seenZoom < first.height
  }
}

/** Nearer to each other than this share of the smaller one's width, two are one to the eye. */
const leastDistance = 0.5

/** Whether everybody is in the frame in the middle of the shot, and beside the others. */
function allSeen(ways: readonly Way[], asks: readonly StagingAsk<number>[]): boolean {
  const middles = ways.flatMap(({ states }) => states[states.length >> 1] ?? [])
  const mayOverlap = asks.some(({ ask }) => ask === 'behind' || ask === 'in front of')
  return middles.every(
    (one, i) =>
      one.presence > 0.6 &&
      (mayOverlap ||
        middles
          .slice(0, i)
          .every(
            (other) =>
              Math.hypot(one.centerX - other.centerX, one.centerY - other.centerY) >
              leastDistance * Math.min(one.width, other.width),
          )),
  )
}

/** True where it is so in more than half of the moments. */
function most(one: Way, other: Way, isSo: (a: State, b: State) => boolean): boolean {
  const moments = one.states.flatMap((a, i) => {
    const b = other.states[i]
    return b ? [isSo(a, b)] : []
  })
  return moments.filter(Boolean).length * 2 > moments.length
}

const distances = (one: Way, other: Way): number[] =>
  one.states.map((a, i) => Math.abs(a.centerX - (other.states[i]?.centerX ?? a.centerX)))

function ends<T>(moments: readonly T[]): readonly [T, T] {
  const [first, last] = [moments[0], moments.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('a plan without moments')
  return [first, last]
}
