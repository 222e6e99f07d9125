import type { PlannedShot } from '../pipeline/events.ts'
import { evenly, type Frames, joinFrames, resizeFrames, sliceFrames } from '../video/index.ts'
import type { FilmRun } from './film-stream.ts'

/** Frames that are kept while a film passes by. */
export interface KeptFrames {
  add(run: FilmRun): Promise<void>
  /** One clip for every shot that anything was kept of, in order. */
  clips(): readonly { readonly shot: number; readonly frames: Frames }[]
}

/** Frames of a shot that a contact sheet shows, and the most shots: more could not be looked at. */
export const sheetFrames = 8
const sheetShots = 60

/** Pixels: as wide as a contact sheet shows a frame. */
const sheetWidth = 192

/** Keeps what a contact sheet shows, small: its size does not depend on the film's. */
export function keepForSheet(shots: readonly PlannedShot[]): KeptFrames {
  const wanted = new Set(
    evenly(shots.length, sheetShots).flatMap((i) => {
      const { start, count } = shots[i] ?? { start: 0, count: 0 }
      return evenly(count, sheetFrames).map((frame) => start + frame)
    }),
  )
  return keep(async ({ frames, start }) => {
    const chosen = Array.from({ length: frames.count }, (_, i) => i).filter((i) => wanted.has(start + i))
    if (chosen.length === 0) return null
    const whole = joinFrames(chosen.map((i) => sliceFrames(frames, i, i + 1)))
    const width = Math.min(sheetWidth, whole.width)
    return resizeFrames(whole, {
      width,
      height: Math.max(1, Math.round((width * whole.height) / whole.width)),
    })
  })
}

/** Keeps every frame. */
export function keepAll(): KeptFrames {
  return keep(async ({ frames }) => frames)
}

function keep(choose: (run: FilmRun) => Promise<Frames | null>): KeptFrames {
  const runs = new Map<number, Frames[]>()
  return {
    add: async (run) => {
      const chosen = await choose(run)
      if (chosen) runs.set(run.shot, [...(runs.get(run.shot) ?? []), chosen])
    },
    clips: () => [...runs].map(([shot, parts]) => ({ shot, frames: joinFrames(parts) })),
  }
}
