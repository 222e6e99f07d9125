import type { Random } from '../util/random.ts'
import type { State } from '../video/motion-plan.ts'
import type { Pose } from './motions.ts'
import type { Medium, Setting } from './settings.ts'

export const cameraMoves = ['still', 'pan-left', 'pan-right', 'zoom-in', 'zoom-out', 'follow'] as const
export type CameraMove = (typeof cameraMoves)[number]

/**
 * Where the setting's whole picture lies, in frame units; it is 4:3, so width = height · 4/3.
 * It always covers the frame.
 */
export interface CameraBox {
  readonly centerX: number
  readonly centerY: number
  readonly height: number
}

/** The stage: the frame as it is when the camera stands at `home`. Actors move on it; the camera then looks. */
export interface Stage {
  readonly home: CameraBox
  readonly setting: Setting
  /** The camera's box at a time in [0, 1] of the clip. */
  cameraAt(t: number): CameraBox
}

export interface StageOptions {
  readonly setting: Setting
  readonly move: CameraMove
  /** Direction that `follow` pans to. */
  readonly direction: -1 | 0 | 1
  /** Where a zoom goes to, in frame units. */
  readonly focus: readonly [x: number, y: number]
}

const aspect = 4 / 3

export function createStage(random: Random, options: StageOptions): Stage {
  const { move, focus } = options
  const range = (low: number, high: number): number => low + (high - low) * random.uniform()
  const pans = move === 'pan-left' || move === 'pan-right' || move === 'follow'
  const height = pans ? range(1.02, 1.3) : range(1, 1.22)
  // How far the box may shift to either side and still cover the frame.
  const slackX = (height * aspect - 1) / 2
  const slackY = (height - 1) / 2
  const centerY = 0.5 - slackY * range(0, 1)
  const home: CameraBox = { centerX: 0.5 + (pans ? 0 : slackX * range(-0.9, 0.9)), centerY, height }
  const toLeft = move === 'pan-left' || (move === 'follow' && options.direction < 0)
  const shift = pans ? slackX * range(0.55, 0.97) * (toLeft ? 1 : -1) : 0
  const zoom = move === 'zoom-in' || move === 'zoom-out' ? range(1.25, 1.6) : 1
  const cameraAt = (t: number): CameraBox => {
    if (pans) return { ...home, centerX: home.centerX + shift * (2 * t - 1) }
    if (zoom === 1) return home
    const k = zoom ** (move === 'zoom-in' ? smooth(t) : 1 - smooth(t))
    return {
      centerX: focus[0] + (home.centerX - focus[0]) * k,
      centerY: focus[1] + (home.centerY - focus[1]) * k,
      height: home.height * k,
    }
  }
  return { home, setting: options.setting, cameraAt }
}

/** The camera's state, in the plan's terms. */
export function cameraState(box: CameraBox): State {
  const { centerX, centerY, height } = box
  return { centerX, centerY, width: height * aspect, height, facing: 1, phase: 0, presence: 1 }
}

/** An actor's place in the frame, and where its shadow falls (null in water, air and space). */
export interface Placed {
  readonly state: State
  readonly shadowY: number | null
}

/**
 * A pose on the stage as the camera sees it at that time.
 * @param feet where its feet stand in its box, from the top
 * @param size the side of its picture at full scale, in frame units
 */
export function place(
  stage: Stage,
  feet: number,
  medium: Medium,
  size: number,
  pose: Pose,
  t: number,
  phase: number,
): Placed {
  const camera = stage.cameraAt(t)
  const k = camera.height / stage.home.height
  const [far, near] = stage.setting.ground
  const stands = medium === 'ground' || medium === 'surface'
  const line = stage.home.centerY + (far + (near - far) * pose.depth - 0.5) * stage.home.height
  const perspective = stands ? stage.setting.farScale + (1 - stage.setting.farScale) * pose.depth : 1
  const side = size * perspective * pose.scale
  const high = side * (pose.squash ?? 1)
  const stageY = stands ? line - pose.height - high * (feet - 0.5) : pose.height
  const toFrameX = (x: number): number => camera.centerX + (x - stage.home.centerX) * k
  const toFrameY = (y: number): number => camera.centerY + (y - stage.home.centerY) * k
  const box = { centerX: toFrameX(pose.x), centerY: toFrameY(stageY), width: side * k, height: high * k }
  const state: State = { ...box, facing: pose.facing, phase, presence: visibleShare(box) }
  return { state, shadowY: medium === 'ground' ? toFrameY(line) : null }
}

/** How much of a box lies inside the frame, [0, 1]. */
export function visibleShare(box: {
  centerX: number
  centerY: number
  width: number
  height: number
}): number {
  const inside = (center: number, side: number): number =>
    Math.max(0, Math.min(1, center + side / 2) - Math.max(0, center - side / 2)) / side
  return inside(box.centerX, box.width) * inside(box.centerY, box.height)
}

/** Eases in and out: 3t² − 2t³. */
export function smooth(t: number): number {
  const x = Math.min(1, Math.max(0, t))
  return x * x * (3 - 2 * x)
}
