import { createRandom, type Random } from '../util/random.ts'
import type { Frames } from '../video/index.ts'
import type { State } from '../video/motion-plan.ts'
import { referenceOf } from '../world/reference.ts'
import { renderClip } from '../world/render.ts'
import { type ClipScript, scriptClip } from '../world/script.ts'
import { precipitationOf } from '../world/weather.ts'
import type { WorldPack } from '../world/world-pack.ts'
import type { WorldContent } from '../world/worlds.ts'
import type { PaintingLesson } from './denoiser-task.ts'
import { premultiplied, settingPicture } from './reference-pictures.ts'
import { spoilPicture } from './spoil-picture.ts'
import { trainingScript } from './training-script.ts'

/** Clips of the world as the networks' trainings take them; all of it a pure function of the seed. */

/** Seeds of a run's clips lie this far apart, so that runs of other seeds see other clips. */
const seedsPerRun = 100_000_000

/** The seed of item `index` of a training run. */
export function clipSeed(runSeed: number, index: number): number {
  return runSeed * seedsPerRun + index
}

/** A clip for the codec: `count` frames from somewhere in it. */
export function codecClip(
  seed: number,
  pack: WorldPack,
  count: number,
  content: WorldContent,
): { readonly frames: Frames; readonly plan: ClipScript['plan'] } {
  const script = scriptClip(seed, { ...content, split: 'train', frames: 24 })
  const start = createRandom(seed, 77).integer(script.frames - count + 1)
  const { frames } = renderClip(script, pack, { start, count })
  const cut = (states: readonly State[]): State[] => states.slice(start, start + count)
  const { plan } = script
  return {
    frames,
    plan: {
      ...plan,
      camera: cut(plan.camera),
      actors: plan.actors.map((track) => ({ ...track, states: cut(track.states) })),
    },
  }
}

/** How many frames of a script a lesson is cut from: later frames come up too, as they do in later chunks. */
const scriptFrames = 40

/** Which clips of the world lessons are made from. */
export interface LessonClips extends WorldContent {
  readonly split: 'train' | 'heldout'
}

/**
 * A clip for the painter, `count` frames long. Its references are in another pose than drawn, and show all of the
 * looks, and the season and sky, that its caption may leave out.
 */
export function paintingLesson(
  seed: number,
  pack: WorldPack,
  count: number,
  clips: LessonClips,
): PaintingLesson {
  const script = trainingScript(seed, { ...clips, frames: scriptFrames })
  const random = createRandom(seed, 78)
  const start = random.uniform() < 0.5 ? 0 : random.integer(scriptFrames - count + 1)
  const { frames } = renderClip(script, pack, { start, count })
  const cut = (states: readonly State[]): State[] => states.slice(start, start + count)
  const order = script.plan.actors
    .map((track, i) => ({ track, i, bottom: meanBottom(cut(track.states)) }))
    .sort((a, b) => a.bottom - b.bottom)
  const kind = precipitationOf(script.weather)
  return {
    frames,
    caption: script.caption.text,
    plan: {
      ...script.plan,
      camera: cut(script.plan.camera),
      ...(kind ? { precipitation: { kind, seed: script.seed, seconds: start / script.fps } } : {}),
      actors: order.map(({ track }) => ({ ...track, states: cut(track.states) })),
    },
    actors: order.map(({ i }) => perhapsSpoiled(actorPicture(script, i, pack, random), random)),
    setting: perhapsSpoiled(settingPicture(script, pack, script.variant), random),
  }
}

/** How many references are as the generator draws them, rather than as the world does. */
const spoiledShare = 0.6

const perhapsSpoiled = (picture: Float32Array, random: Random): Float32Array =>
  random.uniform() < spoiledShare ? spoilPicture(picture, Math.sqrt(picture.length / 4), random) : picture

const meanBottom = (states: readonly State[]): number =>
  states.reduce((sum, s) => sum + s.centerY + s.height / 2, 0) / states.length

/** Any pose of a clip's actor, as it looks in the clip: premultiplied RGBA in [0, 1], [4, 64, 64]. */
function actorPicture({ actors }: ClipScript, i: number, pack: WorldPack, random: Random): Float32Array {
  const actor = actors[i]
  if (!actor) throw new RangeError(`the clip has no actor ${i}`)
  return premultiplied(referenceOf(actor.actorId, pack, { frame: random.integer(1000), looks: actor.looks }))
}

/** The caption of a lesson's clip with every actor's phrase replaced by one of other clips: for the probe. */
export function captionOfWrongActors(seed: number, clips: LessonClips): string {
  const { text, actors } = trainingScript(seed, { ...clips, frames: scriptFrames }).caption
  const others = [1, 2, 3].flatMap(
    (i) => scriptClip(seed + i * 1000, { ...clips, split: 'any', frames: scriptFrames }).caption.actors,
  )
  const known = new Set(actors.map(({ phrase }) => phrase))
  const wrong = others.filter(({ phrase }) => !known.has(phrase))
  let changed = text
  // From the end, so that the spans before stay true.
  const byEnd = [...actors].sort((a, b) => b.span.start - a.span.start)
  for (const [i, { span }] of byEnd.entries()) {
    const phrase = wrong[i % Math.max(1, wrong.length)]?.phrase ?? 'a teapot'
    changed = changed.slice(0, span.start) + phrase + changed.slice(span.end)
  }
  return changed
}
