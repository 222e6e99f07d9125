import { createRandom } from '../util/random.ts'
import { renderClip } from './render.ts'
import { type ClipScript, type ScriptOptions, scriptClip } from './script.ts'
import type { WorldPack } from './world-pack.ts'

/** What batches of clips are made of. Plain data: it crosses to the worker. */
export interface BatchSpec extends ScriptOptions {
  /** A whole number from 0. Batch i depends on the spec and i only. */
  readonly seed: number
  /** Clips in a batch. */
  readonly batchSize: number
  /** Frames of a clip that are drawn. */
  readonly frames: number
  /** Length of the scripts; where longer than `frames`, a window is drawn that starts anywhere. @default frames */
  readonly scriptFrames?: number | undefined
  /** Height and width, in pixels. @default 128 */
  readonly size?: number | undefined
  /** @default 32 */
  readonly maskSize?: number | undefined
}

export interface ClipBatch {
  readonly index: number
  /** RGB [batchSize, frames, size, size, 3]. */
  readonly frames: Uint8Array<ArrayBuffer>
  /** For each clip [frames, actors, maskSize, maskSize], 0…255. */
  readonly masks: readonly Uint8Array<ArrayBuffer>[]
  readonly scripts: readonly ClipScript[]
  /** For each clip: the first frame of its script that is drawn. */
  readonly starts: readonly number[]
}

/** Batch `index`, drawn here and now. */
export function renderBatch(pack: WorldPack, spec: BatchSpec, index: number): ClipBatch {
  const { batchSize, frames, size = 128, maskSize = 32 } = spec
  const scriptFrames = spec.scriptFrames ?? frames
  const length = frames * size * size * 3
  const all = new Uint8Array(batchSize * length)
  const scripts: ClipScript[] = []
  const masks: Uint8Array<ArrayBuffer>[] = []
  const starts: number[] = []
  for (let item = 0; item < batchSize; item++) {
    const random = createRandom(spec.seed, index * batchSize + item)
    const script = scriptClip(random.integer(2 ** 32), { ...spec, frames: scriptFrames })
    const start = random.integer(scriptFrames - frames + 1)
    const clip = renderClip(script, pack, { size, maskSize, start, count: frames })
    all.set(clip.frames.data, item * length)
    masks.push(clip.masks)
    scripts.push(script)
    starts.push(start)
  }
  return { index, frames: all, masks, scripts, starts }
}
