import type { Beat, ShotCamera } from './storyboard.ts'
import type { ActionClass } from './verb-classes.ts'

/** What a shot's camera depends on. */
export interface FilmedShot {
  readonly beat: Beat
  /** Beside the story's lowest and highest tension: 0 to 1. */
  readonly relativeTension: number
  readonly actionClass: ActionClass
  /** Whether the shot shows the place, or answers the shot before it with a face or a thing. */
  readonly view: 'event' | 'place' | 'detail'
  /** Camera moves that the text asks for, as the scene graph names them. */
  readonly told: readonly string[]
}

/** Framing and move: far at first, nearer as the tension grows, back at the end; what the text asks for comes first. */
export function cameraOf(shot: FilmedShot): ShotCamera {
  return { framing: toldFraming(shot.told) ?? framingOf(shot), move: toldMove(shot.told) ?? moveOf(shot) }
}

function framingOf({ beat, relativeTension, view, actionClass }: FilmedShot): ShotCamera['framing'] {
  if (view === 'detail') return 'close-up'
  if (view === 'place' || beat === 'establishing' || beat === 'closing') return 'wide'
  if (goes.has(actionClass)) return relativeTension > 0.5 ? 'medium' : 'wide'
  return beat === 'climax' || relativeTension > 0.7 ? 'close-up' : 'medium'
}

const goes: ReadonlySet<ActionClass> = new Set(['go', 'hurry', 'fight'])

function moveOf({ beat, relativeTension, view, actionClass }: FilmedShot): ShotCamera['move'] {
  if (beat === 'closing') return 'zoom out'
  if (view !== 'event' || beat === 'establishing') return 'still'
  if (actionClass === 'hurry' || (actionClass === 'fight' && beat !== 'climax')) return 'follow'
  if (beat === 'climax') return 'zoom in'
  if (beat === 'rising' && relativeTension > 0.6) return 'zoom in'
  return actionClass === 'go' ? 'follow' : 'still'
}

const framings: readonly (readonly [RegExp, ShotCamera['framing']])[] = [
  [/close-?\s?up|macro/, 'close-up'],
  [/aerial|drone|bird|overhead|from above/, 'aerial'],
  [/medium/, 'medium'],
  [/wide|long shot|establishing|panorama/, 'wide'],
]

const moves: readonly (readonly [RegExp, ShotCamera['move']])[] = [
  [/(?:pan|truck|move|sweep)\w* (?:to the )?left/, 'pan left'],
  [/(?:pan|truck|move|sweep)\w* (?:to the )?right/, 'pan right'],
  [/(?:tilt|crane|rise|pan|move)\w* up/, 'tilt up'],
  [/(?:tilt|crane|pan|move)\w* down/, 'tilt down'],
  [/zoom\w* out|pull|dolly (?:out|back)|move back|zoom back/, 'zoom out'],
  [/zoom|push|dolly|closer/, 'zoom in'],
  [/follow|track/, 'follow'],
  [/static|still/, 'still'],
]

function toldFraming(told: readonly string[]): ShotCamera['framing'] | null {
  return framings.find(([pattern]) => told.some((one) => pattern.test(one)))?.[1] ?? null
}

function toldMove(told: readonly string[]): ShotCamera['move'] | null {
  return moves.find(([pattern]) => told.some((one) => pattern.test(one)))?.[1] ?? null
}
