import type { Precipitation } from './precipitation.ts'

/** A box in units of the picture: (0, 0) is the top left corner, (1, 1) the bottom right; it may reach outside. */
export interface Box {
  readonly centerX: number
  readonly centerY: number
  readonly width: number
  readonly height: number
}

/** One actor's or the camera's state at one frame. */
export interface State extends Box {
  /** +1 faces right, −1 faces left; between them while turning. */
  readonly facing: number
  /** Turns of its own motion's loop, [0, 1): 0 and 1 are the same pose. */
  readonly phase: number
  /** How much of it is on the scene: 0 absent, 1 there. */
  readonly presence: number
}

/** Who moves how, frame by frame, at `fps`; what the motion network predicts and the painter is told. */
export interface MotionPlan {
  readonly fps: number
  readonly actors: readonly ActorTrack[]
  /** The box that the setting's whole picture takes: larger than the frame, moving against the camera. */
  readonly camera: readonly State[]
  /** What falls; absent for nothing. */
  readonly precipitation?: Precipitation | undefined
}

export interface ActorTrack {
  /** Who it is: an entity's id of the scene graph. */
  readonly id: string
  /** The words for it: `a red fox`. */
  readonly phrase: string
  readonly states: readonly State[]
}

/** A picture turned away from us is narrower, but never thinner than this share of its width. */
const thinnest = 0.06

/** How wide a turned picture is beside its box. */
export function turnedShare(facing: number): number {
  return Math.max(thinnest, Math.abs(facing))
}
