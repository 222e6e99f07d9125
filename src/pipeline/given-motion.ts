import { FramewrightError } from '../util/errors.ts'
import type { Box, MotionPlan, State } from '../video/motion-plan.ts'
import { visibleShare } from '../world/stage.ts'
import type { Warning } from './events.ts'
import { type MotionDocument, type MotionTrack, type ShotMotion, stateNames } from './motion-document.ts'
import { nativeRate } from './toybox.ts'

/** A shot, as far as a given plan has to fit it. */
export interface ShotToMove {
  readonly id: string
  /** Its place in the film, from 0. */
  readonly index: number
  readonly actors: readonly { readonly id: string; readonly phrase: string }[]
  /** At 12 a second. */
  readonly frames: number
}

/** What is given for a shot; undefined where nothing is. */
export function shotMotion(
  motion: MotionDocument,
  shot: Pick<ShotToMove, 'id' | 'index'>,
): ShotMotion | undefined {
  return motion.shots.find((given, place) => given !== null && isOf(given, place, shot)) ?? undefined
}

function isOf(given: ShotMotion, place: number, { id, index }: Pick<ShotToMove, 'id' | 'index'>): boolean {
  return given.id === undefined ? place === index : given.id === id
}

/**
 * Checks that a given plan is one of this film.
 * @returns a warning for each shot that lasts longer than its states
 * @throws FramewrightError E_OPTION when it is of a shot or an actor that the film does not have
 */
export function checkMotion(motion: MotionDocument, shots: readonly ShotToMove[]): Warning[] {
  const found = new Set<ShotToMove>()
  return motion.shots.flatMap((given, place) => {
    if (given === null) return []
    const shot = shots.find((one) => isOf(given, place, one))
    if (!shot) throw strangeShot(given, motion, shots)
    if (found.has(shot)) throw refused(`has two plans for ${shot.id}: take one of them out`)
    found.add(shot)
    for (const { id, phrase } of given.actors ?? []) {
      if (shot.actors.some((actor) => actor.id === id)) continue
      throw refused(
        `moves ${named({ id, phrase })} in ${shot.id}, where ${shot.actors.map(named).join(' and ') || 'nobody'} can be moved: take it out, or write another id`,
      )
    }
    return endWarnings(given, shot)
  })
}

const refused = (what: string): FramewrightError =>
  new FramewrightError('E_OPTION', `the motion plan ${what}`)

const named = ({ id, phrase }: { readonly id: string; readonly phrase?: string | undefined }): string =>
  phrase === undefined ? `"${id}"` : `"${id}" (${phrase})`

function strangeShot(
  { id }: ShotMotion,
  motion: MotionDocument,
  shots: readonly ShotToMove[],
): FramewrightError {
  const ids = shots.map((shot) => shot.id).join(', ')
  return id === undefined
    ? refused(
        `has ${motion.shots.length} shots, and the film ${shots.length} (${ids}): take out those that it has not`,
      )
    : refused(`is of a shot "${id}", and the film has ${ids}: take it out, or write another id`)
}

/** A frame less is a matter of rounding, and a single state one to stay in. */
function endWarnings({ actors = [], camera }: ShotMotion, { id, frames }: ShotToMove): Warning[] {
  const lengths = [...actors.map(({ states }) => states), camera ?? []].flatMap((states) =>
    states.length < 2 || states[0]?.seconds !== undefined ? [] : states.length,
  )
  const shortest = Math.min(...lengths)
  if (lengths.length === 0 || shortest >= frames - 1) return []
  const seconds = (count: number): string => `${Number((count / nativeRate).toFixed(2))} s`
  const message = `The motion plan of ${id} ends after ${seconds(shortest)} of ${seconds(frames)}: from there on its last state stays.`
  return [{ type: 'motion-ends', shot: id, message }]
}

/**
 * The plan of a shot: what is given as it is given, held where it ends and cut where the shot does; and what is left out
 * as the networks plan it.
 * @param usual what they plan; not asked for where all is given
 */
export async function steered(
  given: ShotMotion,
  { actors, frames }: Pick<ShotToMove, 'actors' | 'frames'>,
  usual: () => Promise<MotionPlan>,
): Promise<MotionPlan> {
  const tracks = actors.map(({ id }) => given.actors?.find((track) => track.id === id)?.states ?? [])
  const camera = given.camera ?? []
  const isWhole = tracks.every((track) => says(track, stateNames)) && says(camera, boxNames)
  const plan = isWhole ? null : await usual()
  return {
    fps: nativeRate,
    actors: actors.map(({ id, phrase }, i) => {
      const planned = plan?.actors[i]?.states ?? []
      return { id, phrase, states: steeredActor(tracks[i] ?? [], planned, frames) }
    }),
    camera: placed(camera, plan?.camera ?? [], frames),
  }
}

const boxNames = ['centerX', 'centerY', 'width', 'height'] as const satisfies readonly (keyof Box)[]

const says = (track: MotionTrack, names: readonly (keyof State)[]): boolean =>
  names.every((name) => track.some((state) => state[name] !== undefined))

/** Whoever is somewhere else than planned faces where it goes, and is there as far as it lies in the picture. */
function steeredActor(track: MotionTrack, planned: readonly State[], frames: number): State[] {
  const states = placed(track, planned, frames)
  const isTurned = says(track, ['centerX']) && !says(track, ['facing'])
  const isMoved = boxNames.some((name) => says(track, [name])) && !says(track, ['presence'])
  const ways = isTurned ? directions(states.map(({ centerX }) => centerX)) : []
  return states.map((state, frame) => ({
    ...state,
    facing: ways[frame] ?? state.facing,
    presence: isMoved ? visibleShare(state) : state.presence,
  }))
}

/** Of a track that neither is planned nor says it; as the camera's always are. */
const still = { centerX: 0.5, centerY: 0.5, width: 1, height: 1, facing: 1, phase: 0, presence: 1 } as const

/** Every frame's state: as the track says it, else as planned; a side of the box that is not said follows the other. */
function placed(track: MotionTrack, planned: readonly State[], frames: number): State[] {
  const said = Object.fromEntries(stateNames.map((name) => [name, along(track, name, frames)])) as {
    readonly [Name in keyof State]: readonly number[] | null
  }
  return Array.from({ length: frames }, (_, frame) => {
    const usual = planned[frame] ?? still
    const at = (name: keyof State): number => said[name]?.[frame] ?? usual[name]
    const scaled = (name: 'width' | 'height', other: 'width' | 'height'): number =>
      said[name] || !said[other] ? at(name) : (usual[name] * at(other)) / usual[other]
    const phase = at('phase')
    return {
      centerX: at('centerX'),
      centerY: at('centerY'),
      width: scaled('width', 'height'),
      height: scaled('height', 'width'),
      facing: at('facing'),
      phase: phase - Math.floor(phase),
      presence: at('presence'),
    }
  })
}

/** One number at every frame, evenly from each state that says it to the next; null where none does. */
function along(track: MotionTrack, name: keyof State, frames: number): number[] | null {
  const said = track.flatMap(({ seconds, [name]: value }, i) =>
    value === undefined ? [] : [{ at: seconds === undefined ? i : seconds * nativeRate, value }],
  )
  if (said.length === 0) return null
  let passed = 0
  return Array.from({ length: frames }, (_, frame) => {
    while ((said[passed]?.at ?? Number.POSITIVE_INFINITY) <= frame) passed++
    const [before, after] = [said[passed - 1], said[passed]]
    if (!before || !after) return (before ?? after)?.value ?? 0
    return before.value + ((after.value - before.value) * (frame - before.at)) / (after.at - before.at)
  })
}

/** In widths of the picture a frame: who is slower stands. */
const leastPace = 0.002

/** Which way someone goes at every frame: where they stand, as they went before, or will go first; none who only stand. */
function directions(places: readonly number[]): number[] {
  const steps = places.slice(1).map((place, i) => place - (places[i] ?? place))
  const goes = steps.map((step) => (Math.abs(step) < leastPace ? 0 : Math.sign(step)))
  const first = goes.find((sign) => sign !== 0)
  if (first === undefined) return []
  let way = first
  return places.map((_, frame) => {
    way = goes[frame] || way
    return way
  })
}
