import { type Feeds, hostTensor, input, type Tensor } from '../graph/index.ts'
import type { State } from '../video/motion-plan.ts'
import type { DenoiserConditions, DenoiserConfig } from './denoiser.ts'
import { type LayoutSize, paintCells, warpsOf } from './layout.ts'
import { packText, type TextVectors } from './text-input.ts'

/** One reference over a chunk. */
export interface PlacedReference {
  /** Premultiplied RGBA in [0, 1], [4, R, R]; null where the looks are not told. */
  readonly picture: Float32Array | null
  /** One a video frame; null where the plan is not told. */
  readonly states: readonly State[] | null
}

/** All that one item of a batch is told. */
export interface ItemConditions {
  /** null where the words are not told. */
  readonly text: TextVectors | null
  /** Actors from the farthest to the nearest, `slots` − 1 at most. */
  readonly actors: readonly PlacedReference[]
  readonly setting: PlacedReference
  /** How clean each latent frame is. */
  readonly times: readonly number[]
  /** 1 for latent frames that are given. */
  readonly given: readonly number[]
}

/** What `conditionFeeds` feeds: all but the draft, which is latents of another network. */
export type FedConditions = Omit<DenoiserConditions, 'draft'>

/** The symbolic inputs, by the names that `conditionFeeds` feeds. */
export function conditionInputs(config: DenoiserConfig, batch: number): FedConditions {
  const shapes = conditionShapes(config, batch)
  const make = (name: keyof typeof shapes): Tensor => input(name, shapes[name])
  return {
    times: make('times'),
    text: make('text'),
    textBias: make('textBias'),
    given: make('given'),
    references: make('references'),
    warpRows: make('warpRows'),
    warpColumns: make('warpColumns'),
    layout: make('layout'),
  }
}

function conditionShapes(c: DenoiserConfig, b: number): Record<keyof FedConditions, number[]> {
  const video = c.frames * c.framesPerLatent
  return {
    times: [b, c.frames],
    text: [b, c.textTokens, c.textWidth],
    textBias: [b, 1, 1, c.textTokens],
    given: [b, c.frames],
    references: [b, c.slots, 4, c.referenceSize, c.referenceSize],
    warpRows: [b, c.slots, video, c.warpSize, c.referenceSize],
    warpColumns: [b, c.slots, video, c.warpSize, c.referenceSize],
    layout: [b, c.slots, c.frames, c.layoutChannels, c.size, c.size],
  }
}

export function layoutSize(config: DenoiserConfig): LayoutSize {
  const { frames, framesPerLatent, referenceSize, warpSize, size } = config
  return { videoFrames: frames * framesPerLatent, framesPerLatent, referenceSize, warpSize, size }
}

/** The numbers of a batch. What is not told is zeros. */
export function conditionFeeds(config: DenoiserConfig, items: readonly ItemConditions[]): Feeds {
  const shapes = conditionShapes(config, items.length)
  const data = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, new Float32Array(shape.reduce((a, b) => a * b, 1))]),
  ) as Record<keyof FedConditions, Float32Array>
  const texts = items.map(({ text }) => text)
  const { vectors, bias } = packText(texts, config)
  data.text.set(vectors)
  data.textBias.set(bias)
  for (const [i, item] of items.entries()) {
    const part = (name: keyof FedConditions): Float32Array => {
      const size = data[name].length / items.length
      return data[name].subarray(i * size, (i + 1) * size)
    }
    part('times').set(item.times)
    part('given').set(item.given)
    const slots = [...item.actors.slice(0, config.slots - 1)].map((r, slot) => [slot, r] as const)
    for (const [slot, reference] of [...slots, [config.slots - 1, item.setting] as const]) {
      writeReference(part, slot, reference, config)
    }
  }
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      hostTensor(data[name as keyof FedConditions], shape),
    ]),
  )
}

function writeReference(
  part: (name: keyof FedConditions) => Float32Array,
  slot: number,
  { picture, states }: PlacedReference,
  config: DenoiserConfig,
): void {
  const place = (name: keyof FedConditions, numbers: Float32Array): void =>
    part(name).set(numbers, slot * numbers.length)
  if (picture) place('references', picture)
  if (!states) return
  const isSetting = slot === config.slots - 1
  const size = layoutSize(config)
  const { rows, columns } = warpsOf(states, size, isSetting ? 'clamp' : 'empty')
  place('warpRows', rows)
  place('warpColumns', columns)
  place('layout', paintCells(states, size, Math.min(1, slot / Math.max(1, config.slots - 2))))
}
