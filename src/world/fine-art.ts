import { createRandom } from '../util/random.ts'
import type { State } from '../video/motion-plan.ts'
import { actorOf } from './actors.ts'
import { decodePictures, findLoop, rasterise } from './pack.ts'
import type { ClipScript } from './script.ts'
import { drawSetting } from './setting-art.ts'
import { settingNames, settingVariants } from './settings.ts'
import {
  type Canvas,
  canvasHeight,
  canvasKey,
  canvasWidth,
  createSprite,
  type WorldPack,
} from './world-pack.ts'

/** A clip, with the art that its frames are drawn with: for frames of 128×128, and for those of 512×512. */
export interface FineClip {
  readonly script: ClipScript
  readonly usual: WorldPack
  readonly fine: WorldPack
}

/** The art's own size. */
const spriteSize = 256
const spriteLevels = 4
/** How much larger than the pack's a setting's fine picture is. */
const canvasScale = 4

/**
 * The art of frames [start, start + count) of one clip, loops at 24 pictures a second: at this size a pack of everything
 * would not fit into memory. The clip comes back with its loops' phases told in the pictures that are there.
 * @param source where `npm install` of `world-data/` put the art. @default 'world-data/node_modules'
 * @throws FramewrightError E_DATA when the art is not installed
 */
export async function openFineClip(
  script: ClipScript,
  { start, count }: { readonly start: number; readonly count: number },
  source = 'world-data/node_modules',
): Promise<FineClip> {
  const shown = script.plan.actors.map(({ states }) => states.slice(start, start + count))
  const loops = new Map<string, { readonly needed: readonly number[]; readonly total: number }>()
  for (const [i, { actorId }] of script.actors.entries()) {
    const total = actorOf(actorId).loopFrames * 2
    const before = loops.get(actorId)?.needed ?? []
    const pictures = (shown[i] ?? []).map(({ phase }) => Math.floor(phase * total) % total)
    loops.set(actorId, { needed: [...new Set([...before, ...pictures])].sort((a, b) => a - b), total })
  }
  const sprites = await Promise.all(
    [...loops].map(async ([id, { needed }]) => {
      const { codePoint, loopFrames } = actorOf(id)
      const file = await findLoop(source, codePoint)
      const pictures = await decodePictures(file, loopFrames, needed, spriteSize)
      return [id, createSprite(pictures, needed.length, spriteSize, spriteLevels)] as const
    }),
  )
  const { setting, time } = script
  const svg = drawSetting(
    setting,
    time,
    createRandom(script.variant % settingVariants, settingNames.indexOf(setting)),
  )
  const packOf = async (scale: number): Promise<WorldPack> => {
    const [width, height] = [canvasWidth * scale, canvasHeight * scale]
    const canvas: Canvas = {
      width,
      height,
      data: await rasterise(svg, { canvasWidth: width, canvasHeight: height }),
    }
    // `variant` counts through the list, whose only picture is the one that the clip shows.
    return { sprites: new Map(sprites), canvases: new Map([[canvasKey(setting, time), [canvas]]]) }
  }
  const told = (actorId: string) => {
    const { needed = [], total = 1 } = loops.get(actorId) ?? {}
    return (state: State): State => {
      const place = needed.indexOf(Math.floor(state.phase * total) % total)
      return { ...state, phase: (Math.max(0, place) + 0.5) / needed.length }
    }
  }
  const actors = script.plan.actors.map((track, i) => ({
    ...track,
    states: track.states.map(told(script.actors[i]?.actorId ?? '')),
  }))
  return {
    script: { ...script, plan: { ...script.plan, actors } },
    usual: await packOf(1),
    fine: await packOf(canvasScale),
  }
}
