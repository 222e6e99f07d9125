import { compile, floatsOf, hostTensor, input, type Runtime } from '../graph/index.ts'
import { gridSide, toyboxClassifier } from '../models/classifier.ts'
import { momentStarts, shrinkFrames } from '../models/classifier-pixels.ts'
import { type CodecConfig, decodeRaw, encodeRaw } from '../models/codec.ts'
import { framesOf, groupedFrames } from '../models/codec-pixels.ts'
import { Parameters, type Weights } from '../nn/index.ts'
import { createRandom, type Random } from '../util/random.ts'
import { type Frames, joinFrames } from '../video/index.ts'
import { scriptEnsemble } from '../world/ensemble.ts'
import { renderClip } from '../world/render.ts'
import { type ClipScript, scriptClip } from '../world/script.ts'
import type { WorldPack } from '../world/world-pack.ts'
import type { WorldContent } from '../world/worlds.ts'

/** A clip of the world as the classifier looks at it. */
export interface ClassifierClip {
  /** Null where the moments are of clips that do not belong together: then only who is in them is learned. */
  readonly script: ClipScript | null
  /** Two frames a moment, RGB, `side` pixels: [2·moments, side, side, 3]. */
  readonly frames: Uint8Array
  /** Everyone in it, a script's actors in their order; `mask`: how much of each cell shows it, 0 to 1, [moments·cells]. */
  readonly shown: readonly { readonly actorId: string; readonly mask: Float32Array }[]
}

export type ScriptedClip = ClassifierClip & { readonly script: ClipScript }

/** Takes groups of four frames, 128×128, through the codec and back. */
export interface CodecPass {
  pass(frames: Frames): Promise<Frames>
  close(): Promise<void>
}

/** Opens a codec pass for `groups` groups that do not belong together: each stands before itself. */
export async function openCodecPass(
  runtime: Runtime,
  config: CodecConfig,
  weights: Weights,
  { groups, size, threads }: { readonly groups: number; readonly size: number; readonly threads: number },
): Promise<CodecPass> {
  const shape = [groups, config.framesPerLatent * 3, size, size]
  const parameters = new Parameters()
  const latents = encodeRaw(parameters, config, input('frames', shape))
  const pixels = decodeRaw(parameters, config, latents, latents)
  const needed = new Map([...weights].filter(([name]) => !name.startsWith('latents.')))
  const session = await runtime.open(compile({ pixels }, { weights: needed }), { threads, waiting: 'sleep' })
  return {
    pass: async (frames) => {
      const feeds = { frames: hostTensor(groupedFrames(frames, config.framesPerLatent), shape) }
      return framesOf(floatsOf(await session.run(feeds), 'pixels'), frames.count, size, frames.fps)
    },
    close: () => session.close(),
  }
}

/** Pixels on a side of what is rendered: what the painter paints. */
export const renderSide = 128
const groupFrames = 4
const { moments, side } = toyboxClassifier

/** Draws what the classifier sees of a script; `codec`, where given, softens it as all generated video is softened. */
export async function lookAtScript(
  script: ClipScript,
  pack: WorldPack,
  codec: CodecPass | null,
): Promise<ScriptedClip> {
  const grid = gridSide(toyboxClassifier)
  const cells = grid * grid
  const masks = script.actors.map(() => new Float32Array(moments * cells))
  const groups: Frames[] = []
  for (const [k, start] of momentStarts(script.frames, moments).entries()) {
    const drawn = renderClip(script, pack, {
      size: renderSide,
      start: start - 1,
      count: groupFrames,
      maskSize: grid,
    })
    groups.push(drawn.frames)
    for (const [i, mask] of masks.entries()) {
      const from = (script.actors.length + i) * cells
      for (let c = 0; c < cells; c++) mask[k * cells + c] = (drawn.masks[from + c] ?? 0) / 255
    }
  }
  const joined = joinFrames(groups)
  const small = shrinkFrames(codec ? await codec.pass(joined) : joined, side)
  const frame = side * side * 3
  const frames = new Uint8Array(2 * moments * frame)
  for (let k = 0; k < moments; k++) {
    const from = (k * groupFrames + 1) * frame
    frames.set(small.data.subarray(from, from + 2 * frame), 2 * k * frame)
  }
  const shown = script.actors.map(({ actorId }, i) => ({ actorId, mask: masks[i] ?? new Float32Array(0) }))
  return { script, frames, shown }
}

/**
 * Moments of as many clips, three actors in each: nothing happens in it, and there is far more to be seen in it than in
 * a clip of one or two.
 */
export function lookAtMosaic(seed: number, pack: WorldPack, content: WorldContent): ClassifierClip {
  const random = createRandom(seed, 80)
  const grid = gridSide(toyboxClassifier)
  const cells = grid * grid
  const frame = side * side * 3
  const frames = new Uint8Array(2 * moments * frame)
  const shown: ClassifierClip['shown'][number][] = []
  for (let k = 0; k < moments; k++) {
    const looks = random.uniform() < 0.5 ? 'varied' : 'plain'
    const options = { ...content, looks, weather: 'any', split: 'train', kinds: ['trio'] } as const
    const script = scriptEnsemble(random.integer(2 ** 32), options)
    const drawn = renderClip(script, pack, {
      size: side,
      start: random.integer(script.frames - 1),
      count: 2,
      maskSize: grid,
    })
    frames.set(drawn.frames.data, 2 * k * frame)
    for (const [i, { actorId }] of script.actors.entries()) {
      const mask = new Float32Array(moments * cells)
      for (let c = 0; c < cells; c++) mask[k * cells + c] = (drawn.masks[i * cells + c] ?? 0) / 255
      shown.push({ actorId, mask })
    }
  }
  return { script: null, frames, shown }
}

/** Lengths of scripts, in frames. */
const lengths = [16, 24] as const

/**
 * The script of a seed: clips as the content has them, clips with other looks and weather, and ensembles, so that
 * every head has something to learn.
 */
export function classifierScript(
  seed: number,
  content: WorldContent,
  split: 'train' | 'heldout',
): ClipScript {
  const random = createRandom(seed, 79)
  const frames = random.pick(lengths)
  const plain = { ...content, split, frames }
  const varied = { ...plain, looks: 'varied', weather: 'any' } as const
  const u = random.uniform()
  if (u < 0.2) return scriptClip(seed, plain)
  if (u < 0.7) return scriptClip(seed, varied)
  return scriptEnsemble(seed, random.uniform() < 0.7 ? varied : plain)
}

/** The clips of a step: every clip comes up `draws` times within its round, and is drawn once. */
export interface ClipRounds {
  clipsOf(step: number): Promise<readonly ClassifierClip[]>
}

export interface ClipRoundsOptions {
  readonly seed: number
  readonly batchSize: number
  /** How often a clip comes up. */
  readonly draws: number
  /** Steps of a round. */
  readonly steps: number
  readonly create: (index: number) => Promise<ClassifierClip>
}

export function createClipRounds({ seed, batchSize, draws, steps, create }: ClipRoundsOptions): ClipRounds {
  const perRound = Math.max(1, Math.floor((steps * batchSize) / draws))
  let known = new Map<number, Promise<ClassifierClip>>()
  let current = -1
  let order: readonly number[] = []
  const begin = (round: number): void => {
    current = round
    known = new Map()
    const random = createRandom(seed, roundStream + round)
    order = shuffled(
      Array.from({ length: steps * batchSize }, (_, i) => i % perRound),
      random,
    )
  }
  return {
    clipsOf: async (step) => {
      const round = Math.floor(step / steps)
      if (round !== current) begin(round)
      const from = (step - round * steps) * batchSize
      const clips: ClassifierClip[] = []
      for (const place of order.slice(from, from + batchSize)) {
        const clip = known.get(place) ?? create(round * perRound + place)
        known.set(place, clip)
        clips.push(await clip)
      }
      return clips
    },
  }
}

/** Apart from the streams of items. */
const roundStream = 2 ** 40

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items]
  return items.map(() => {
    const at = random.integer(left.length)
    const [one] = left.splice(at, 1)
    if (one === undefined) throw new RangeError('nothing is left')
    return one
  })
}
