import { createRandom } from '../util/random.ts'
import type { State } from '../video/motion-plan.ts'
import { actorOf } from './actors.ts'
import { decodeLoop, decodePictures, rasterise } from './pack-art.ts'
import { accessoryId, type Prop, props, snore } from './props.ts'
import type { ClipScript } from './script.ts'
import { type Backdrop, backdropsOf, drawSetting } from './setting-art.ts'
import { settingNames, skyOf } from './settings.ts'
import {
  type Canvas,
  canvasHeight,
  canvasKey,
  canvasWidth,
  createSprite,
  type Sprite,
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
  const loops = neededPictures(script, start, count)
  const sprites = new Map<string, Sprite>()
  for (const [id, { needed }] of loops) {
    const { codePoint, loopFrames } = actorOf(id)
    const pictures = await decodePictures({
      source,
      codePoint,
      loopFrames,
      pictures: needed,
      size: spriteSize,
    })
    sprites.set(
      id,
      createSprite(() => pictures, needed.length, spriteSize, spriteLevels),
    )
  }
  for (const prop of propsOf(script)) sprites.set(prop.id, await propSprite(prop, source))
  const actors = script.plan.actors.map((track, i) => {
    const loop = loops.get(script.actors[i]?.actorId ?? '')
    return loop ? { ...track, states: track.states.map((state) => told(state, loop)) } : track
  })
  return {
    script: { ...script, plan: { ...script.plan, actors } },
    usual: { sprites, canvases: await canvasesAt(script, 1) },
    fine: { sprites, canvases: await canvasesAt(script, canvasScale) },
  }
}

/** Which of a loop's pictures are shown, in their order, of how many at 24 a second. */
interface Loop {
  readonly needed: readonly number[]
  readonly total: number
}

/** By actor. The first picture is always there: palettes and the movement of heads are measured from it. */
function neededPictures(script: ClipScript, start: number, count: number): Map<string, Loop> {
  const loops = new Map<string, Loop>()
  for (const [i, { actorId }] of script.actors.entries()) {
    const { pictures, loopFrames } = actorOf(actorId)
    const total = pictures === 1 ? 1 : loopFrames * 2
    const shown = (script.plan.actors[i]?.states ?? []).slice(start, start + count)
    const before = loops.get(actorId)?.needed ?? [0]
    const needed = new Set([...before, ...shown.map((state) => pictureOf(state, total))])
    loops.set(actorId, { needed: [...needed].sort((a, b) => a - b), total })
  }
  return loops
}

function pictureOf({ phase }: State, total: number): number {
  return Math.floor(phase * total) % total
}

/** A state whose phase counts through the pictures that are there. */
function told(state: State, { needed, total }: Loop): State {
  const place = needed.indexOf(pictureOf(state, total))
  return { ...state, phase: (Math.max(0, place) + 0.5) / needed.length }
}

/** What the actors wear, and what is heard of those who sleep. */
function propsOf({ actors }: ClipScript): Prop[] {
  const worn = new Set(actors.flatMap(({ looks }) => (looks.wears ? [accessoryId(looks.wears)] : [])))
  if (actors.some(({ action }) => action === 'sleep')) worn.add(snore.id)
  return props.filter(({ id }) => worn.has(id))
}

async function propSprite(prop: Prop, source: string): Promise<Sprite> {
  const size = spriteSize
  const pictures =
    prop.svg === null
      ? await decodeLoop({ ...prop, source, size })
      : await rasterise(prop.svg, size, size, { alpha: 'with-alpha', scale: canvasScale })
  return createSprite(() => pictures, prop.frames, size, spriteLevels)
}

/** The setting's picture; `variant` counts through the list, whose only one is the one that the clip shows. */
async function canvasesAt(script: ClipScript, scale: number): Promise<WorldPack['canvases']> {
  const { setting, time, season, weather } = script
  const look = { setting, time, season, sky: skyOf(weather) }
  const variant = script.variant % variantsOf(look)
  const svg = drawSetting(look, createRandom(variant, settingNames.indexOf(setting)))
  const [width, height] = [canvasWidth * scale, canvasHeight * scale]
  const canvas: Canvas = { width, height, data: await rasterise(svg, width, height, { scale }) }
  return new Map([[canvasKey(setting, time, season, look.sky), [canvas]]])
}

/** Drawings that the pack has of a setting as it looks. */
function variantsOf(look: Omit<Backdrop, 'variants'>): number {
  const same = backdropsOf(look.setting).find(
    ({ time, season, sky }) => time === look.time && season === look.season && sky === look.sky,
  )
  return same?.variants ?? 1
}
