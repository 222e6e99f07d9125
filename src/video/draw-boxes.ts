import { type Frames, sliceFrames, solidFrames } from './frames.ts'
import { escapeXml, printable } from './metadata.ts'
import type { Box, MotionPlan, State } from './motion-plan.ts'

export interface DrawBoxesOptions {
  /** Seconds of the plan at which the first frame stands. @default 0 */
  readonly startSeconds?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Frames with the plan drawn over them: a box for each actor, its words, and an arrow where it faces
 * (as long as it is turned that way); fainter the less of it is there. A small clock in the box shows its phase.
 * The camera's box is dashed. After the plan's end nothing is drawn.
 */
export async function drawBoxes(
  frames: Frames,
  plan: MotionPlan,
  options: DrawBoxesOptions = {},
): Promise<Frames> {
  const { default: sharp } = await import('sharp')
  const { width, height, channels, count, fps } = frames
  const data = new Uint8Array(frames.data.length)
  for (let index = 0; index < count; index++) {
    options.signal?.throwIfAborted()
    const seconds = (options.startSeconds ?? 0) + index / fps
    const drawing = planSvg(plan, Math.floor(seconds * plan.fps + 1e-6), { width, height })
    const drawn = await sharp(sliceFrames(frames, index, index + 1).data, {
      raw: { width, height, channels },
    })
      .composite([{ input: Buffer.from(drawing) }])
      .ensureAlpha()
      .raw()
      .toBuffer()
    copyChannels(drawn, data.subarray(index * width * height * channels), channels)
  }
  return { ...frames, data }
}

/** The plan alone, on light grey: what `framewright motion` shows before anything is painted. */
export async function drawPlan(
  plan: MotionPlan,
  size: { readonly width: number; readonly height: number },
  options: DrawBoxesOptions = {},
): Promise<Frames> {
  const count = Math.max(plan.camera.length, ...plan.actors.map((actor) => actor.states.length))
  return drawBoxes(
    solidFrames({ ...size, count, channels: 3, fps: plan.fps }, [240, 240, 240]),
    plan,
    options,
  )
}

/** Colour-blind safe (Okabe and Ito 2008), in the order of the actors. */
const colors = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const

interface Size {
  readonly width: number
  readonly height: number
}

function planSvg(plan: MotionPlan, frame: number, size: Size): string {
  const camera = plan.camera[frame]
  const parts = camera ? [cameraSvg(camera, size)] : []
  for (const [order, actor] of plan.actors.entries()) {
    const state = actor.states[frame]
    const color = colors[order % colors.length] ?? colors[0]
    if (state && state.presence > 0) parts.push(actorSvg(state, actor.phrase, color, size))
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${parts.join('')}</svg>`
}

function cameraSvg(camera: State, size: Size): string {
  const { x, y, width, height } = pixels(camera, size)
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="#666666" stroke-width="1" stroke-dasharray="6 4"/>`
}

function actorSvg(state: State, phrase: string, color: string, size: Size): string {
  const { x, y, width, height } = pixels(state, size)
  const stroke = Math.max(1.5, size.width / 160)
  const font = Math.max(9, Math.round(size.width / 24))
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  const tip = middleX + (state.facing * width) / 2
  const barb = Math.sign(state.facing) * 3 * stroke
  const hand = state.phase * 2 * Math.PI
  const radius = Math.min(width, height) / 8
  const textX = Math.min(Math.max(x, 2), size.width - 2)
  // Above the box, or inside where there is no room above.
  const textY = y - 3 > font ? y - 3 : Math.max(y, 0) + font
  return `<g opacity="${Math.min(1, state.presence)}" stroke="${color}" stroke-width="${stroke}" fill="none">
<rect x="${x}" y="${y}" width="${width}" height="${height}"/>
<path d="M${middleX} ${middleY}H${tip}M${tip - barb} ${middleY - barb}L${tip} ${middleY}L${tip - barb} ${middleY + barb}"/>
<circle cx="${middleX}" cy="${y + height - 1.6 * radius}" r="${radius}"/>
<path d="M${middleX} ${y + height - 1.6 * radius}l${radius * Math.sin(hand)} ${-radius * Math.cos(hand)}"/>
<text x="${textX}" y="${textY}" font-family="sans-serif" font-size="${font}" stroke="#ffffff" stroke-width="3" fill="${color}" paint-order="stroke">${escapeXml(printable(phrase))}</text></g>`
}

/** The box in pixels, from its top left corner. */
function pixels(box: Box, size: Size): { x: number; y: number; width: number; height: number } {
  return {
    x: (box.centerX - box.width / 2) * size.width,
    y: (box.centerY - box.height / 2) * size.height,
    width: box.width * size.width,
    height: box.height * size.height,
  }
}

/** From RGBA to as many channels as wanted. */
function copyChannels(rgba: Uint8Array, out: Uint8Array, channels: 3 | 4): void {
  for (let pixel = 0; pixel < rgba.length / 4; pixel++) {
    for (let c = 0; c < channels; c++) out[pixel * channels + c] = rgba[pixel * 4 + c] ?? 0
  }
}
