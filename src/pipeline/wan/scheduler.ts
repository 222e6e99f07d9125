import { z } from 'zod'
import {
  euler,
  fastWanSchedule,
  fewStep,
  flowEulerSchedule,
  type NoiseSchedule,
  type Sampler,
  selfForcingSchedule,
  uniPc,
  uniPcSchedule,
} from '../../diffusion/index.ts'
import { FramewrightError } from '../../util/errors.ts'

/** Ways from noise to a video; the last two are for networks that were distilled to them. */
export const wanSamplers = ['unipc', 'euler', 'fastwan', 'self-forcing'] as const
export type WanSampler = (typeof wanSamplers)[number]

/** What a checkpoint says of its sampling. */
export interface WanScheduler {
  readonly sampler: WanSampler
  /** How far the noise is moved toward 1. */
  readonly shift: number
}

/** Wan's own code samples with UniPC; 3 is for videos of 480 rows, and smaller ones. */
export const defaultScheduler: WanScheduler = { sampler: 'unipc', shift: 3 }

const shift = z.number().positive()

const off = z.literal(false).nullish()
const levels = z.literal(1000).default(1000)

/** Other spacings of noise, of which published Wan files use none. */
const otherNoise = {
  num_train_timesteps: levels,
  use_dynamic_shifting: off,
  use_karras_sigmas: off,
  use_exponential_sigmas: off,
  use_beta_sigmas: off,
  shift_terminal: z.null().optional(),
}

const schema = z.discriminatedUnion('_class_name', [
  z.object({
    _class_name: z.literal('UniPCMultistepScheduler'),
    flow_shift: shift.default(1),
    use_flow_sigmas: z.literal(true),
    prediction_type: z.literal('flow_prediction'),
    solver_order: z.literal(2).default(2),
    solver_type: z.literal('bh2').default('bh2'),
    predict_x0: z.literal(true).default(true),
    lower_order_final: z.literal(true).default(true),
    disable_corrector: z.array(z.number()).max(0).default([]),
    solver_p: z.null().optional(),
    final_sigmas_type: z.literal('zero').default('zero'),
    thresholding: off,
    ...otherNoise,
  }),
  z.object({
    _class_name: z.literal('FlowMatchEulerDiscreteScheduler'),
    shift: shift.default(1),
    invert_sigmas: off,
    stochastic_sampling: off,
    ...otherNoise,
  }),
])

/**
 * The sampling that `scheduler_config.json` describes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes another
 */
export function parseScheduler(json: unknown, source: string): WanScheduler {
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} describes no scheduler that can be run (${issue?.path.join('.')}: ${issue?.message}): there are UniPCMultistepScheduler with flow sigmas, and FlowMatchEulerDiscreteScheduler`,
    )
  }
  const found = parsed.data
  return found._class_name === 'UniPCMultistepScheduler'
    ? { sampler: 'unipc', shift: found.flow_shift }
    : { sampler: 'euler', shift: found.shift }
}

/** A walk that is ready to go. */
export interface Walk {
  readonly sampler: Sampler
  readonly schedule: NoiseSchedule
}

interface WalkRow {
  /** Steps that the network was distilled to; null where any number goes. */
  readonly steps: number | null
  readonly walk: (options: {
    readonly steps: number
    readonly shift: number
    readonly noise: (index: number) => Float32Array
  }) => Walk
}

const walks: { readonly [Name in WanSampler]: WalkRow } = {
  unipc: {
    steps: null,
    walk: ({ steps, shift: by }) => ({ sampler: uniPc, schedule: uniPcSchedule(steps, by) }),
  },
  euler: {
    steps: null,
    walk: ({ steps, shift: by }) => ({ sampler: euler, schedule: flowEulerSchedule(steps, by) }),
  },
  fastwan: { steps: 3, walk: ({ noise }) => ({ sampler: fewStep(noise), schedule: fastWanSchedule() }) },
  'self-forcing': {
    steps: 4,
    walk: ({ noise }) => ({ sampler: fewStep(noise), schedule: selfForcingSchedule() }),
  },
}

/** Steps that a sampler always takes; null where any number goes. */
export const fixedSteps = (sampler: WanSampler): number | null => walks[sampler].steps

/** @param noise fresh noise for a step, for samplers that add some again */
export function walkOf(
  sampler: WanSampler,
  options: {
    readonly steps: number
    readonly shift: number
    readonly noise: (index: number) => Float32Array
  },
): Walk {
  return walks[sampler].walk(options)
}
