import { int8ProductsOf, type Runtime, type SessionOptions } from '../../graph/index.ts'
import { type LatentProjection, projectLatents } from '../../models/latent-projection.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { workerRuntime } from '../../runtime/node.ts'
import { normalArray } from '../../util/random.ts'
import type { GenerateEvent, GenerateResult, MadeVideo } from '../events.ts'
import { type LineWork, modelLine, sessionOf, stage } from '../line.ts'
import type { GenerateOptions } from '../options.ts'
import { videoSeeds } from '../shot-seed.ts'
import { decodeFilm } from './decode.ts'
import { denoiseLatents } from './denoise.ts'
import { latentRate } from './job.ts'
import { openTransformer } from './networks.ts'
import { validateWanOptions, type WanOptions } from './options.ts'
import { prepare } from './prepare.ts'
import { wanProjection } from './projection.ts'
import { type ReadPictures, readPictures, readTexts, type WanWork } from './read.ts'
import { walkOf } from './scheduler.ts'

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
  const { checkpoint, job, plan } = wan
  const projection = await openProjection(wan)
  const [texts, pictures] = await stage(wan, 'understand', async () => [
    await readTexts(wan),
    await readPictures(wan),
  ])
  const planned = { id: 'shot-1', prompt: job.prompt, start: 0, count: job.frames }
  wan.emit({ type: 'shots-planned', shots: [planned], frames: job.frames })
  const videos: MadeVideo[] = []
  for (const [video, seed] of videoSeeds(job).entries()) {
    const latents = await stage(wan, 'paint', () =>
      paint(wan, { texts, pictures, projection, additions, video, seed }),
    )
    const { grid, fps } = job
    await stage(wan, 'decode', () =>
      decodeFilm(work, checkpoint, runtime, { latents, grid, video, fps, tile: plan.tile, session }),
    )
    const shot = { ...planned, seed, references: [], plan: null, attention: null }
    videos.push({ seed, shots: [shot], references: [] })
  }
  const [first] = videos
  if (!first) throw new RangeError('nothing was asked for')
  const { warnings, timings } = work
  return { video: first, videos, graph: null, storyboard: null, model: checkpoint.name, warnings, timings }
}

/** What shows latents after every step; with a new checkpoint it takes a while to be fitted. */
async function openProjection(wan: WanWork): Promise<LatentProjection | null> {
  const { job, checkpoint, runtime, session, signal } = wan
  if (!job.preview) return null
  return stage(wan, 'load', () => wanProjection(checkpoint, runtime, { session, signal }))
}

interface PaintOptions {
  readonly texts: readonly Float32Array[]
  readonly pictures: ReadPictures | null
  readonly projection: LatentProjection | null
  readonly additions: WeightAdditions
  readonly video: number
  readonly seed: number
}

/** One video's latents; every step is saved before the next begins. */
async function paint(wan: WanWork, options: PaintOptions): Promise<Float32Array> {
  const { checkpoint, runtime, job, plan, folder, session, signal } = wan
  const { texts, pictures, projection, additions, video, seed } = options
  const size = job.shape.reduce((a, b) => a * b, 1)
  const walk = walkOf(job.sampler, {
    steps: job.steps,
    shift: job.shift,
    noise: (index) => normalArray(seed, noiseStream + 1 + index, size),
  })
  const network = openTransformer(checkpoint, runtime, job.grid, {
    resident: plan.resident,
    session,
    additions,
    features: pictures?.features ?? null,
  })
  const done = (await folder?.predictions(video)) ?? []
  const readings = []
  for (const text of texts) readings.push(await network.read(text))
  const [prompt = {}, negative = null] = readings
  const latents = await denoiseLatents(network, {
    ...walk,
    noise: normalArray(seed, noiseStream, size),
    condition: pictures?.condition ?? null,
    prompt,
    negative,
    guidance: job.guidance,
    done,
    signal,
    onStep: async ({ index, steps, predicted, isDone }) => {
      if (!isDone) await folder?.savePrediction(video, index, predicted, job.shape)
      const about = { step: video * steps + index + 1, steps: job.count * steps }
      wan.emit({ type: 'step-end', stage: 'paint', shot: null, ...about })
      if (!projection || isDone) return
      const [frames, rows, columns] = job.grid
      const layout = { order: 'channels-first', frames, rows, columns } as const
      const shown = projectLatents(projection, { data: predicted, ...layout }, latentRate(checkpoint, job))
      wan.emit({ type: 'preview', video, shot: 0, ...about, start: 0, frames: shown })
    },
  })
  await network.close()
  await folder?.saveLatents(video, latents, job.shape)
  return latents
}
