import {
  add,
  compile,
  type Feeds,
  floatsOf,
  hostTensor,
  input,
  mul,
  type Runtime,
  type Tensor,
} from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { conditionInputs } from './conditions.ts'
import { type DenoiserConfig, denoiseTold, type ToldConditions, tell } from './denoiser.ts'

/** The painter's network, loaded as two programs: one for what it is told, once a chunk, and one for a step. */
export interface DenoiserSession {
  /** Tells what stays the same through the steps to come. @param feeds of `conditionFeeds` and `draft` */
  tell(feeds: Feeds): Promise<void>
  /** @param latents [items, frames, C, S, S] @param times [items, frames] */
  predict(latents: Float32Array, times: Float32Array): Promise<Prediction>
  close(): Promise<void>
}

export interface Prediction {
  /** The clean latents as expected, [items, frames, C, S, S]. */
  readonly clean: Float32Array
  /** Where it looked in the text, [items, frames·(S/2)², textTokens], averaged over layers; null where that is not kept. */
  readonly looks: Float32Array | null
}

/** Opens the network for so many items at a time. */
export async function openDenoiser(
  runtime: Runtime,
  config: DenoiserConfig,
  weights: NetworkWeights,
  {
    items,
    watches,
    threads,
  }: { readonly items: number; readonly watches: boolean; readonly threads: number | undefined },
): Promise<DenoiserSession> {
  const shape = [items, config.frames, config.latentChannels, config.size, config.size]
  const options = threads === undefined ? {} : { threads }
  const { times, ...conditions } = conditionInputs(config, items)
  const told = tell(new Parameters(), config, { ...conditions, draft: input('draft', shape) })
  const looks: Tensor[] | null = watches ? [] : null
  const clean = denoiseTold(new Parameters(), config, input('latents', shape), times, toldInputs(told), looks)
  const [teller, stepper] = await Promise.all([
    runtime.open(compile(namedTold(told), { weights }), options),
    runtime.open(compile(looks ? { clean, looks: meanOf(looks) } : { clean }, { weights }), options),
  ])
  return {
    tell: async ({ times: _times, textBias, ...feeds }) => {
      if (!textBias) throw new RangeError('the painter is told which words are padding')
      await stepper.setState({ ...(await teller.run(feeds)), textBias })
    },
    predict: async (latents, at) => {
      const outputs = await stepper.run({
        latents: hostTensor(latents, shape),
        times: hostTensor(at, [items, config.frames]),
      })
      return { clean: floatsOf(outputs, 'clean'), looks: looks && floatsOf(outputs, 'looks') }
    },
    close: async () => {
      await teller.close()
      await stepper.close()
    },
  }
}

/** What one program hands to the other, by name. */
function namedTold({ cells, around, words }: ToldConditions): Record<string, Tensor> {
  const byLayer = words.flatMap(({ keys, values }, i) => [
    [`keys.${i}`, keys] as const,
    [`values.${i}`, values] as const,
  ])
  return { cells, around, ...Object.fromEntries(byLayer) }
}

/** The same as inputs. */
function toldInputs({ cells, around, words, textBias }: ToldConditions): ToldConditions {
  const like = (name: string, tensor: Tensor): Tensor => input(name, tensor.shape)
  return {
    cells: like('cells', cells),
    around: like('around', around),
    words: words.map(({ keys, values }, i) => ({
      keys: like(`keys.${i}`, keys),
      values: like(`values.${i}`, values),
    })),
    textBias,
  }
}

const meanOf = (tensors: readonly Tensor[]): Tensor =>
  mul(
    tensors.reduce((a, b) => add(a, b)),
    1 / tensors.length,
  )
