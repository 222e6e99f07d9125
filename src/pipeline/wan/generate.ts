import { int8ProductsOf, type Runtime, type SessionOptions } from '../../graph/index.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { workerRuntime } from '../../runtime/node.ts'
import { normalArray } from '../../util/random.ts'
import type { GenerateEvent, GenerateResult, MadeVideo } from '../events.ts'
import { type LineWork, modelLine, sessionOf, stage, warn } from '../line.ts'
import type { GenerateOptions } from '../options.ts'
import { videoSeeds } from '../shot-seed.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import { decodeFilm } from './decode.ts'
import { denoiseLatents } from './denoise.ts'
import type { MemoryPlan } from './memory-plan.ts'
import { encodePrompts, openTransformer } from './networks.ts'
import { validateWanOptions, type WanOptions } from './options.ts'
import { prepare, type WanJob } from './prepare.ts'
import type { WanRunFolder } from './run-folder.ts'
import { walkOf } from './scheduler.ts'

/** Streams of random numbers: of the first noise, and of what few-step samplers add again, one a step. */
const noiseStream = 1000

/**
 * Makes videos with a checkpoint of Wan 2.1: umT5 reads the words, the transformer walks from noise to latents, the
 * autoencoder makes frames of them. Only one of the three is in memory at a time.
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
  const { checkpoint, job, additions, plan, folder } = await stage(work, 'load', () =>
    prepare(work, runtime, options, session),
  )
  const texts = await readTexts(work, checkpoint, runtime, job, folder, session)
  const planned = { id: 'shot-1', prompt: job.prompt, start: 0, count: job.frames }
  work.emit({ type: 'shots-planned', shots: [planned], frames: job.frames })
  const videos: MadeVideo[] = []
  for (const [video, seed] of videoSeeds(job).entries()) {
    const walked = await paint(work, checkpoint, runtime, job, {
      ...{ plan, texts, folder, session, additions, video, seed },
    })
    await stage(work, 'decode', () =>
      decodeFilm(work, checkpoint, runtime, {
        latents: walked,
        grid: job.grid,
        video,
        fps: job.fps,
        tile: plan.tile,
        session,
      }),
    )
    const shot = { ...planned, seed, references: [], plan: null, attention: null }
    videos.push({ seed, shots: [shot], references: [] })
  }
  const [first] = videos
  if (!first) throw new RangeError('nothing was asked for')
  const { warnings, timings } = work
  return { video: first, videos, graph: null, storyboard: null, model: checkpoint.name, warnings, timings }
}

/** Vectors of the prompt, and of the negative one where guidance needs it. */
async function readTexts(
  work: LineWork,
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  job: WanJob,
  folder: WanRunFolder | null,
  session: SessionOptions,
): Promise<readonly Float32Array[]> {
  return stage(work, 'understand', async () => {
    const saved = await folder?.texts()
    if (saved) return saved
    const prompts = job.guidance > 1 ? [job.prompt, job.negative] : [job.prompt]
    const { signal } = work
    const encoded = await encodePrompts(checkpoint, runtime, prompts, { session, signal })
    for (const { warnings } of encoded) warn(work, warnings)
    const texts = encoded.map(({ vectors }) => vectors)
    await folder?.saveTexts(texts)
    return texts
  })
}

interface PaintOptions {
  readonly plan: MemoryPlan
  readonly texts: readonly Float32Array[]
  readonly folder: WanRunFolder | null
  readonly session: SessionOptions
  readonly additions: WeightAdditions
  readonly video: number
  readonly seed: number
}

/** One video's latents; every step is saved before the next begins. */
async function paint(
  work: LineWork,
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  job: WanJob,
  { plan, texts, folder, session, additions, video, seed }: PaintOptions,
): Promise<Float32Array> {
  const size = job.shape.reduce((a, b) => a * b, 1)
  const walk = walkOf(job.sampler, {
    steps: job.steps,
    shift: job.shift,
    noise: (index) => normalArray(seed, noiseStream + 1 + index, size),
  })
  return stage(work, 'paint', async () => {
    const network = openTransformer(checkpoint, runtime, job.grid, {
      resident: plan.resident,
      session,
      additions,
    })
    const done = (await folder?.predictions(video)) ?? []
    const readings = []
    for (const text of texts) readings.push(await network.read(text))
    const [prompt = {}, negative = null] = readings
    const latents = await denoiseLatents(network, {
      ...walk,
      noise: normalArray(seed, noiseStream, size),
      prompt,
      negative,
      guidance: job.guidance,
      done,
      signal: work.signal,
      onStep: async ({ index, steps, predicted, isDone }) => {
        if (!isDone) await folder?.savePrediction(video, index, predicted, job.shape)
        work.emit({
          type: 'step-end',
          stage: 'paint',
          shot: null,
          step: video * steps + index + 1,
          steps: job.count * steps,
        })
      },
    })
    await network.close()
    await folder?.saveLatents(video, latents, job.shape)
    return latents
  })
}
