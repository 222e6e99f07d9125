import { FramewrightError } from '../util/errors.ts'
import { createFrames, type Frames } from '../video/frames.ts'
import { type State, turnedShare } from '../video/motion-plan.ts'
import { actorOf } from './actors.ts'
import { type Dressed, dress, dressedFeet, lit, type Part } from './dress.ts'
import { after, clearInk, gainInk, type Ink, mistInk } from './ink.ts'
import { actorLight } from './palette.ts'
import { snore } from './props.ts'
import { drawBackground, drawShadow, drawSprite, type Picture } from './raster.ts'
import type { ClipScript } from './script.ts'
import { isIndoors, settings } from './settings.ts'
import { createAir, weatherLight } from './weather.ts'
import { type Canvas, canvasesOf, halfCanvas, type Sprite, type WorldPack } from './world-pack.ts'

export interface RenderOptions {
  /** Height and width of the frames, in pixels. @default 128 */
  readonly size?: number | undefined
  /** First frame. @default 0 */
  readonly start?: number | undefined
  /** How many frames. @default to the script's end */
  readonly count?: number | undefined
  /** Height and width of the masks; divides `size`. @default 32 */
  readonly maskSize?: number | undefined
}

export interface RenderedClip {
  /** RGB. */
  readonly frames: Frames
  /** How much of each cell shows each actor, 0…255: [frames, actors, maskSize, maskSize], in the script's order. */
  readonly masks: Uint8Array<ArrayBuffer>
}

/**
 * Draws frames [start, start + count) of a clip.
 * @throws FramewrightError E_OPTION for frames that the script does not have, or a mask size that does not divide
 * @throws FramewrightError E_DATA when the pack lacks an actor or a setting
 */
export function renderClip(script: ClipScript, pack: WorldPack, options: RenderOptions = {}): RenderedClip {
  const { size = 128, start = 0, maskSize = 32 } = options
  const count = options.count ?? script.frames - start
  if (start < 0 || count < 1 || start + count > script.frames) {
    throw new FramewrightError(
      'E_OPTION',
      `frames ${start} to ${start + count} of a clip of ${script.frames}`,
    )
  }
  if (size % maskSize !== 0)
    throw new FramewrightError('E_OPTION', `masks of ${maskSize} do not divide frames of ${size}`)
  const canvas = canvasOf(script, pack)
  const players = script.plan.actors.map((track, i) => createPlayer(script, pack, i, track.states))
  const snores = pack.sprites.get(snore.id)
  const data = new Uint8Array(count * size * size * 3)
  const masks = new Uint8Array(count * players.length * maskSize * maskSize)
  const covers = players.map(() => new Uint8Array(size * size))
  const light = lightOf(script)
  const air = createAir(script.seed, script.weather, script.time, settings[script.setting], script.fps)
  let behind: { readonly box: State; readonly pixels: Uint8Array } | null = null
  for (let f = 0; f < count; f++) {
    const time = start + f
    const picture: Picture = { size, data: data.subarray(f * size * size * 3, (f + 1) * size * size * 3) }
    const box = at(script.plan.camera, time)
    if (behind && sameBox(behind.box, box)) picture.data.set(behind.pixels)
    else {
      drawBackground(picture, canvas.width > 1.9 * box.width * size ? halfCanvas(canvas) : canvas, box)
      air.cover(picture, box)
      behind = { box, pixels: picture.data.slice() }
    }
    air.fall(picture, time, 'far')
    for (const cover of covers) cover.fill(0)
    const lightAt = (y: number): Ink => {
      const mist = air.mistAt(y, box)
      return mist === 0 ? light : after(light, mistInk(air.color, mist))
    }
    drawPlayers(picture, players, covers, time, lightAt)
    if (snores) drawSnores(picture, snores, players, time, script.fps)
    air.fall(picture, time, 'near')
    for (const [i, cover] of covers.entries()) {
      shrinkCover(cover, size, masks.subarray((f * players.length + i) * maskSize * maskSize), maskSize)
    }
  }
  return {
    frames: createFrames({ data, count, height: size, width: size, channels: 3, fps: script.fps }),
    masks,
  }
}

/** An actor, ready to be drawn. */
interface Player {
  readonly dressed: Dressed
  readonly states: readonly State[]
  readonly shadows: readonly (number | null)[]
  readonly feet: number
  readonly facesLeft: boolean
  readonly sleeps: boolean
}

function createPlayer(script: ClipScript, pack: WorldPack, i: number, states: readonly State[]): Player {
  const deed = script.actors[i]
  const actor = deed && actorOf(deed.actorId)
  const dressed = actor && dress(actor, deed.looks, pack)
  if (!dressed)
    throw new FramewrightError('E_DATA', `the world pack has no actor ${deed?.actorId ?? i}: build it again`)
  return {
    dressed,
    states,
    shadows: deed.shadows,
    feet: dressedFeet(actor, deed.looks),
    facesLeft: actor.nativeFacing === 'left',
    sleeps: deed.action === 'sleep',
  }
}

function canvasOf(script: ClipScript, pack: WorldPack): Canvas {
  const variants = canvasesOf(pack, script)
  const canvas = variants[script.variant % Math.max(1, variants.length)]
  if (canvas) return canvas
  throw new FramewrightError(
    'E_DATA',
    `the world pack has no ${script.setting} by ${script.time} in ${script.season} and ${script.weather} weather: build it again`,
  )
}

/** The far ones first; shadows beneath all. */
function drawPlayers(
  picture: Picture,
  players: readonly Player[],
  covers: readonly Uint8Array[],
  time: number,
  lightAt: (y: number) => Ink,
): void {
  const order = players
    .map((player, i) => ({
      player,
      i,
      state: at(player.states, time),
      shadowY: player.shadows[time] ?? null,
    }))
    .sort((a, b) => (a.shadowY ?? bottom(a.state)) - (b.shadowY ?? bottom(b.state)))
  for (const { player, state, shadowY } of order) {
    if (shadowY === null) continue
    const lift = Math.max(0, shadowY - (state.centerY + (player.feet - 0.5) * state.height)) / state.height
    drawShadow(picture, state, shadowY, lift)
  }
  for (const { player, i, state, shadowY } of order) {
    const cover = covers[i]
    if (!cover) continue
    const others = covers.filter((one) => one !== cover)
    const mirrored = state.facing > 0 === player.facesLeft
    const { dressed } = player
    const frame = Math.floor(state.phase * dressed.frames) % dressed.frames
    const light = lightAt(shadowY ?? bottom(state))
    for (const part of dressed.partsAt(frame)) {
      const place = partState(state, part, mirrored)
      drawSprite(picture, part.sprite, {
        frame: part.frame,
        state: place,
        mirrored,
        cover,
        others,
        ...lit(part, light),
      })
    }
  }
}

/** Where a part of an actor lies: its share of the actor's box, mirrored and narrowed with it. */
function partState(state: State, part: Part, mirrored: boolean): State {
  const middle = part.left + part.width / 2 - 0.5
  return {
    ...state,
    centerX: state.centerX + (mirrored ? -middle : middle) * state.width * turnedShare(state.facing),
    centerY: state.centerY + (part.top + part.height / 2 - 0.5) * state.height,
    width: state.width * part.width,
    height: state.height * part.height,
  }
}

/** A snore's length. */
const snoreSeconds = 1.5

/** Sleepers are heard: a "ZZZ" hovers beside each, and belongs to nobody's mask. */
function drawSnores(
  picture: Picture,
  sprite: Sprite,
  players: readonly Player[],
  time: number,
  fps: number,
): void {
  for (const player of players) {
    if (!player.sleeps) continue
    const state = at(player.states, time)
    const side = state.width * 0.36
    const place = {
      ...state,
      centerX: state.centerX + state.facing * state.width * 0.3,
      centerY: state.centerY - state.height * 0.42,
      width: side,
      height: side,
    }
    const frame = Math.floor((time / (snoreSeconds * fps)) * sprite.frames) % sprite.frames
    drawSprite(picture, sprite, {
      frame,
      state: place,
      mirrored: false,
      ink: clearInk,
      cover: null,
      others: [],
    })
  }
}

function bottom(state: State): number {
  return state.centerY + state.height / 2
}

/** The hour, the water and the weather on an actor. */
function lightOf(script: ClipScript): Ink {
  const night = script.setting === 'space' || script.setting === 'moon' || isIndoors(script.setting)
  const gains = night && script.time === 'night' ? [0.92, 0.94, 1] : actorLight[script.time]
  const water = script.setting === 'underwater' ? [0.85, 0.97, 1] : weatherLight[script.weather]
  return gainInk(gains.map((gain, c) => gain * (water[c] ?? 1)))
}

function sameBox(a: State, b: State): boolean {
  return a.centerX === b.centerX && a.centerY === b.centerY && a.width === b.width && a.height === b.height
}

/** Means over the cells of a coarser grid. */
function shrinkCover(cover: Uint8Array, size: number, out: Uint8Array, maskSize: number): void {
  const step = size / maskSize
  for (let y = 0; y < maskSize; y++) {
    for (let x = 0; x < maskSize; x++) {
      let sum = 0
      for (let dy = 0; dy < step; dy++) {
        const row = (y * step + dy) * size + x * step
        for (let dx = 0; dx < step; dx++) sum += cover[row + dx] ?? 0
      }
      out[y * maskSize + x] = Math.round(sum / (step * step))
    }
  }
}

function at(states: readonly State[], time: number): State {
  const state = states[time]
  if (!state) throw new RangeError(`no state at frame ${time}`)
  return state
}
