import { at, int8ProductsOf, type Runtime, type SessionOptions, sizeOf } from '../../graph/index.ts'
import { type LatentProjection, projectLatents } from '../../models/latent-projection.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { temporalStride } from '../../models/wan/vae.ts'
import { workerRuntime } from '../../runtime/node.ts'
import { normalArray } from '../../util/random.ts'
import type { GenerateEvent, GenerateResult, MadeShot, MadeVideo } from '../events.ts'
import { type LineWork, modelLine, sessionOf, stage } from '../line.ts'
import type { GenerateOptions } from '../options.ts'
import { shotSeeds, videoSeeds } from '../shot-seed.ts'
import { decodeShot } from './decode.ts'
import { type DenoiseStep, denoiseLatents } from './denoise.ts'
import { gridOf, type LatentGrid } from './job.ts'
import { openTransformer } from './networks.ts'
import { validateWanOptions, type WanOptions } from './options.ts'
import { prepare } from './prepare.ts'
import { wanProjection } from './projection.ts'
import { type ReadPictures, type ReadTexts, readPictures, readTexts, type WanWork } from './read.ts'
import { openReel } from './reel.ts'
import { walkOf } from './scheduler.ts'
import { plannedShot, type WanShot } from './shots.ts'

/** Streams of random numbers: of the first noise, and of what few-step samplers add again, one a step. */
const noiseStream = 1000

/**
 * Makes videos with a checkpoint of Wan 2.1: umT5 reads the words, and CLIP looks at the picture where there is one; the
 * transformer walks from noise to latents, the autoencoder makes frames of them. Only one of them is in memory at a time.
 */
export function generateWithWan(options: GenerateOptions): AsyncGenerator<GenerateEvent, GenerateResult> {
  const valid = validateWanOptions(options)
  return modelLine(
    () => workerRuntime(),
    (work, runtime) => makeVideos(work, runtime, valid),
    options.signal,
  )
}

async function makeVideos(work: LineWork, runtime: Runtime, options: WanOptions): Promise<GenerateResult> {
  const session: SessionOptions = {
    ...sessionOf(options),
    memory: 'returned',
    ...(options.precision === 'int8' ? { int8Products: await int8ProductsOf(runtime) } : {}),
  }
  const { additions, ...ready } = await stage(work, 'load', () => prepare(work, runtime, options, session))
  const wan: WanWork = { ...work, ...ready, runtime, session }
  const { checkpoint, job } = wan
  const projection = await openProjection(wan)
  const [texts, pictures] = await stage(wan, 'understand', async () => [
    await readTexts(wan),
    await readPictures(wan),
  ])
  wan.emit({ type: 'shots-planned', shots: job.shots.map(plannedShot), frames: job.frameCount })
  const videos: MadeVideo[] = []
  for (const video of videoSeeds(job).keys()) {
    videos.push(await makeVideo(wan, { texts, pictures, projection, additions, video }))
  }
  const [first] = videos
  if (!first) throw new RangeError('nothing was asked for')
  const { warnings, timings } = work
  const storyboard = job.storyboard ?? null
  return { video: first, videos, graph: null, storyboard, model: checkpoint.name, warnings, timings }
}

/** What every shot is made with. */
interface Read {
  readonly texts: ReadTexts
  readonly pictures: ReadPictures | null
  readonly projection: LatentProjection | null
  readonly additions: WeightAdditions
  readonly video: number
}

/** One video, shot by shot: each is painted, decoded, and joined to those before it. */
async function makeVideo(wan: WanWork, read: Read): Promise<MadeVideo> {
  const { checkpoint, runtime, job, session, plan, signal } = wan
  const { video } = read
  const reel = openReel(wan, video, job.fps)
  const made: MadeShot[] = []
  for (const shot of job.shots) {
    const seed = shotSeeds(job, shot)[video] ?? job.seed
    const index = job.shots.length > 1 ? shot.index : null
    const latents = await stage(wan, 'paint', () => paint(wan, { ...read, shot, seed }), index)
    reel.begin(shot)
    const grid = gridOf(checkpoint, job, shot)
    const decoding = {
      latents,
      grid,
      fps: shot.sourceFps,
      tile: plan.tile,
      session,
      signal,
      onFrames: reel.add,
    }
    await stage(wan, 'decode', () => decodeShot(checkpoint, runtime, decoding), index)
    made.push({ ...plannedShot(shot), seed, references: [], plan: null, attention: null })
  }
  return { seed: job.seed + video, shots: made, references: [] }
}

/** What shows latents after every step; with a new checkpoint it takes a while to be fitted. */
async function openProjection(wan: WanWork): Promise<LatentProjection | null> {
  const { job, checkpoint, runtime, session, signal } = wan
  if (!job.preview) return null
  return stage(wan, 'load', () => wanProjection(checkpoint, runtime, { session, signal }))
}

interface PaintOptions extends Read {
  readonly shot: WanShot
  readonly seed: number
}

/** One shot's latents; every step is saved before the next begins. */
async function paint(wan: WanWork, options: PaintOptions): Promise<Float32Array> {
  const { checkpoint, runtime, job, plan, folder, session, signal } = wan
  const { texts, pictures, additions, video, shot, seed } = options
  const grid = gridOf(checkpoint, job, shot)
  const shape = [1, checkpoint.vae.config.latentChannels, ...grid]
  const size = sizeOf(shape)
  const walk = walkOf(job.sampler, {
    steps: job.steps,
    shift: job.shift,
    noise: (index) => normalArray(seed, noiseStream + 1 + index, size),
  })
  const network = openTransformer(checkpoint, runtime, grid, {
    resident: plan.resident,
    session,
    additions,
    features: pictures?.features ?? null,
  })
  const part = { video, shot: job.shots.length > 1 ? shot.index : null }
  const done = (await folder?.predictions(part)) ?? []
  const latents = await denoiseLatents(network, {
    ...walk,
    noise: normalArray(seed, noiseStream, size),
    condition: pictures?.condition ?? null,
    prompt: await network.read(at(texts.prompts, shot.index)),
    negative: texts.negative === null ? null : await network.read(texts.negative),
    guidance: job.guidance,
    done,
    signal,
    onStep: async (step) => {
      if (!step.isDone) await folder?.savePrediction(part, step.index, step.predicted, shape)
      showStep(wan, options, grid, step)
    },
  })
  await network.close()
  await folder?.saveLatents(part, latents, shape)
  return latents
}

/** Steps of a prompt's videos count on from one to the next; those of a shot are its own. */
function showStep(
  { job, checkpoint, emit }: WanWork,
  { projection, video, shot }: PaintOptions,
  [frames, rows, columns]: LatentGrid,
  { index, steps, predicted, isDone }: DenoiseStep,
): void {
  const isOneOfMany = job.shots.length > 1
  const about = isOneOfMany
    ? { step: index + 1, steps }
    : { step: video * steps + index + 1, steps: job.count * steps }
  emit({ type: 'step-end', stage: 'paint', shot: isOneOfMany ? shot.index : null, ...about })
  if (!projection || isDone) return
  const layout = { order: 'channels-first', frames, rows, columns } as const
  const rate = shot.sourceFps / temporalStride(checkpoint.vae.config)
  const shown = projectLatents(projection, { data: predicted, ...layout }, rate)
  emit({ type: 'preview', video, shot: shot.index, ...about, start: 0, frames: shown })
}
