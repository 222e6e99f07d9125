import { createHash } from 'node:crypto'
import { freemem } from 'node:os'
import { resolve } from 'node:path'
import { compile, hostTensor, input, matmul, type Runtime, type SessionOptions } from '../../graph/index.ts'
import { type LatentProjection, projectLatents } from '../../models/latent-projection.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { spatialStride, temporalStride } from '../../models/wan/vae.ts'
import { workerRuntime } from '../../runtime/node.ts'
import { FramewrightError } from '../../util/errors.ts'
import { normalArray } from '../../util/random.ts'
import type { GenerateEvent, GenerateResult, MadeVideo } from '../events.ts'
import { type LineWork, modelLine, sessionOf, stage, warn } from '../line.ts'
import type { GenerateOptions } from '../options.ts'
import type { Run } from '../run-record.ts'
import { videoSeeds } from '../shot-seed.ts'
import { modelFolder, publishedModel } from './catalogue.ts'
import { openWanCheckpoint, type WanCheckpoint } from './checkpoint.ts'
import { decodeFilm } from './decode.ts'
import { denoiseLatents } from './denoise.ts'
import { readLoras } from './lora.ts'
import { type MemoryPlan, planMemory } from './memory-plan.ts'
import { encodePrompts, openTransformer } from './networks.ts'
import { validateWanOptions, type WanOptions } from './options.ts'
import { wanProjection } from './projection.ts'
import { openWanRun, type WanRunFolder } from './run-folder.ts'
import { fixedSteps, type WanSampler, walkOf } from './scheduler.ts'

/** Streams of random numbers: of the first noise, and of what few-step samplers add again, one a step. */
const noiseStream = 1000

/** Options with the checkpoint's own in the gaps. */
interface Job extends WanOptions {
  readonly sampler: WanSampler
  readonly steps: number
  readonly shift: number
  readonly guidance: number
  /** Frames, rows and columns of the latents. */
  readonly grid: readonly [number, number, number]
  /** [1, channels, F, H, W] of the latents. */
  readonly shape: readonly number[]
}

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
  const session: SessionOptions = { ...sessionOf(options), memory: 'returned' }
  const checkpoint = await stage(work, 'load', async () =>
    openWanCheckpoint(await modelFolder(options.model)),
  )
  const job = jobOf(checkpoint, options)
  const additions = await readLoras(job.loras, checkpoint.transformer.config)
  const plan = await planOf(checkpoint, runtime, job, session)
  work.emit({ type: 'memory-planned', plan })
  const projection = job.preview ? await openProjection(work, checkpoint, runtime, session) : null
  const folder = options.run === undefined ? null : await openWanRun(options.run, runOf(checkpoint, job))
  const texts = await readTexts(work, checkpoint, runtime, job, folder, session)
  const planned = { id: 'shot-1', prompt: job.prompt, start: 0, count: job.frames }
  work.emit({ type: 'shots-planned', shots: [planned], frames: job.frames })
  const videos: MadeVideo[] = []
  for (const [video, seed] of videoSeeds(job).entries()) {
    const walked = await paint(work, checkpoint, runtime, job, {
      ...{ plan, texts, projection, folder, session, additions, video, seed },
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

/** @throws FramewrightError E_OPTION when steps are not the sampler's, or the size is not made of the model's cells */
function jobOf({ scheduler, vae, transformer }: WanCheckpoint, options: WanOptions): Job {
  const sampler = options.sampler ?? publishedModel(options.model)?.sampler ?? scheduler.sampler
  const fixed = fixedSteps(sampler)
  if (fixed !== null && options.steps !== undefined && options.steps !== fixed) {
    throw new FramewrightError(
      'E_OPTION',
      `the sampler ${sampler} takes ${fixed} steps, got ${options.steps}`,
    )
  }
  const [stride, group] = [spatialStride(vae.config), temporalStride(vae.config)]
  const { width, height, frames } = options
  const [, down, across] = transformer.config.patch
  if (height % (stride * down) !== 0 || width % (stride * across) !== 0 || (frames - 1) % group !== 0) {
    throw new FramewrightError(
      'E_OPTION',
      `this checkpoint makes videos whose sides are multiples of ${stride * across} and ${stride * down} and whose frames are ${group}k+1, got ${width}x${height} and ${frames}`,
    )
  }
  const grid = [(frames - 1) / group + 1, height / stride, width / stride] as const
  return {
    ...options,
    sampler,
    // As the published pipeline; a distilled network has its guidance in it.
    steps: fixed ?? options.steps ?? 50,
    guidance: options.guidance ?? (fixed === null ? 5 : 1),
    shift: options.shift ?? scheduler.shift,
    grid,
    shape: [1, vae.config.latentChannels, ...grid],
  }
}

async function planOf(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  job: Job,
  session: SessionOptions,
): Promise<MemoryPlan> {
  return planMemory(checkpoint, {
    grid: job.grid,
    passes: job.guidance > 1 ? 2 : 1,
    budgetBytes: job.memoryBytes ?? 0.8 * freemem(),
    operationsPerSecond: await measureProducts(runtime, session),
  })
}

/** Multiplications and additions a second, by a product that takes some 20 ms. */
async function measureProducts(runtime: Runtime, session: SessionOptions): Promise<number> {
  const [rows, inner, columns] = [512, 1536, 1536]
  const y = matmul(input('a', [rows, inner]), input('b', [inner, columns]))
  const opened = await runtime.open(compile({ y }), session)
  const feeds = {
    a: hostTensor(new Float32Array(rows * inner).fill(0.5), [rows, inner]),
    b: hostTensor(new Float32Array(inner * columns).fill(0.5), [inner, columns]),
  }
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    await opened.run(feeds)
    best = Math.min(best, performance.now() - start)
  }
  await opened.close()
  return (2 * rows * inner * columns) / (best / 1000)
}

/** Latent frames a second. */
const latentRate = ({ vae }: WanCheckpoint, { fps }: Job): number => fps / temporalStride(vae.config)

/** What is made, to be compared with what was begun. Memory and threads change no number; paths hold from anywhere. */
function runOf({ transformer, vae, text }: WanCheckpoint, job: Job): Run {
  const { prompt, negative, seed, count, width, height, frames, fps, steps, guidance, sampler, shift } = job
  const networks = createHash('sha256')
  for (const { weights } of [transformer, vae, text]) {
    for (const [name, { offset, length }] of weights) networks.update(`${name} ${offset} ${length}\n`)
  }
  return {
    model: publishedModel(job.model) === null ? resolve(job.model) : job.model,
    weights: networks.digest('hex').slice(0, 32),
    options: {
      ...{ prompt, negative: negative || undefined, seed, count, size: `${width}x${height}`, frames, fps },
      ...{ steps, guidance, sampler, shift },
      loras: job.loras.map(({ path, strength }) => ({ path: resolve(path), strength })),
      ...{ provider: job.provider, memory: job.memoryBytes, threads: job.threads },
    },
    free: ['memory', 'threads'],
  }
}

/** What shows latents after every step; with a new checkpoint it takes a while to be fitted. */
function openProjection(
  work: LineWork,
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  session: SessionOptions,
): Promise<LatentProjection> {
  return stage(work, 'load', () => wanProjection(checkpoint, runtime, { session, signal: work.signal }))
}

/** Vectors of the prompt, and of the negative one where guidance needs it. */
async function readTexts(
  work: LineWork,
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  job: Job,
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
  readonly projection: LatentProjection | null
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
  job: Job,
  { plan, texts, projection, folder, session, additions, video, seed }: PaintOptions,
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
        const about = { step: video * steps + index + 1, steps: job.count * steps }
        work.emit({ type: 'step-end', stage: 'paint', shot: null, ...about })
        if (!projection || isDone) return
        const [frames, rows, columns] = job.grid
        const layout = { order: 'channels-first', frames, rows, columns } as const
        const shown = projectLatents(projection, { data: predicted, ...layout }, latentRate(checkpoint, job))
        work.emit({ type: 'preview', video, shot: 0, ...about, start: 0, frames: shown })
      },
    })
    await network.close()
    await folder?.saveLatents(video, latents, job.shape)
    return latents
  })
}
