import {
  at,
  type CompiledProgram,
  compile,
  constant,
  type Feeds,
  floatsOf,
  type HostTensor,
  hostTensor,
  input,
  type Kernels,
  type Runtime,
  type Session,
  type SessionOptions,
  sizeOf,
  type Tensor,
} from '../../graph/index.ts'
import { type NetworkWeights, type ParameterDeclaration, Parameters } from '../../nn/index.ts'
import { addTo, type WeightAdditions } from './additions.ts'
import type { WanConditions } from './conditions.ts'
import type { WanTransformerConfig } from './config.ts'
import { int8Products } from './int8-weights.ts'
import { type RotaryTable, rotaryAngles } from './rotary-table.ts'
import {
  type TokenGrid,
  tokenGrid,
  wanBlockAt,
  wanClosing,
  wanOpening,
  wanTransformer,
} from './transformer.ts'

export interface OpenWanTransformerOptions {
  /** Frames, rows and columns of the latents. */
  readonly grid: readonly [number, number, number]
  /** Vectors of the text that are looked at, zeros behind them included: 512 for every Wan 2.1. */
  readonly textTokens: number
  /** How many of the first blocks stay in memory; the others are opened for every step. @default all */
  readonly resident?: number
  /** The picture encoder's output, [pictures, tokens, width]; null for text-to-video. @default null */
  readonly picture?: HostTensor | null
  /** Added to the weights when a program is opened, by the weight's name. @default none */
  readonly additions?: WeightAdditions
  readonly session?: SessionOptions
}

/** A text, and a picture where there is one, as every block is told. */
export type WanReading = Feeds

/** Wan's transformer in programs for its parts, of which some stay in memory. */
export interface WanNetwork {
  /** Reads a text's vectors [tokens, textWidth], zeros behind it; once for all steps. */
  read(text: Float32Array): Promise<WanReading>
  /**
   * The velocity from clean to noise at noisy latents [1, channelsIn, F, H, W], for every reading. Blocks that do not stay
   * are opened once for all readings.
   * @param time in 0…1000
   */
  predict(
    x: Float32Array,
    time: number,
    readings: readonly WanReading[],
    options?: { readonly signal?: AbortSignal; readonly onBlock?: (done: number, blocks: number) => void },
  ): Promise<Float32Array[]>
  /** Frees the sessions; the runtime stays open. */
  close(): Promise<void>
}

/** What a transformer declares. */
export function wanParameters(config: WanTransformerConfig): readonly ParameterDeclaration[] {
  const parameters = new Parameters()
  const { picture } = config
  const inputs = {
    x: input('x', [1, config.channelsIn, ...config.patch]),
    times: input('times', [1]),
    text: input('text', [1, 1, config.textWidth]),
    picture: picture ? input('picture', [1, picture.positions ?? 1, picture.width]) : null,
  }
  wanTransformer(parameters, inputs, config)
  return parameters.list
}

/**
 * Opens the transformer. Programs are written and opened when they are first needed.
 * @param weights of linear layers some may be rounded to 8 bits, with their scales beside them: see int8-weights.ts
 */
export function openWanTransformer(
  runtime: Runtime,
  config: WanTransformerConfig,
  weights: NetworkWeights,
  options: OpenWanTransformerOptions,
): WanNetwork {
  const { grid, picture = null, session = {}, resident = config.layers } = options
  const programs = new WanPrograms(config, weights, options)
  const opened = new Map<string, Promise<Session>>()
  const stay = (name: string, program: () => CompiledProgram): Promise<Session> => {
    const known = opened.get(name) ?? runtime.open(program(), session)
    opened.set(name, known)
    return known
  }
  const shape = [1, config.channelsIn, ...grid]
  const table = programs.table()

  const runBlocks = async (
    program: Session,
    states: readonly Feeds[],
    tokens: readonly HostTensor[],
  ): Promise<HostTensor[]> => {
    const next: HostTensor[] = []
    for (const [i, state] of states.entries()) {
      const { y } = await program.run({ tokens: at(tokens, i), ...state, ...table })
      if (!y) throw new TypeError('the program has no output y')
      next.push(y)
    }
    return next
  }

  return {
    read: async (text) => {
      const reader = await stay('reading', () => programs.reading())
      const vectors = hostTensor(text, [1, options.textTokens, config.textWidth])
      return reader.run({ vectors, ...(picture ? { features: picture } : {}) })
    },
    predict: async (x, time, readings, { signal, onBlock } = {}) => {
      const opening = await stay('opening', () => programs.opening())
      const { tokens, ...told } = await opening.run({
        x: hostTensor(x, shape),
        times: hostTensor(Float32Array.of(time), [1]),
      })
      if (!tokens || !told.modulation || !told.time) throw new TypeError('the opening lacks an output')
      const { modulation } = told
      const states = readings.map((reading) => ({ ...reading, modulation }))
      let streams: HostTensor[] = readings.map(() => tokens)
      for (let first = 0; first < resident; first += groupSize) {
        signal?.throwIfAborted()
        const last = Math.min(first + groupSize, resident)
        const blocks = await stay(`blocks ${first}`, () => programs.blocks(first, last))
        streams = await runBlocks(blocks, states, streams)
        onBlock?.(last, config.layers)
      }
      for (let i = resident; i < config.layers; i++) {
        signal?.throwIfAborted()
        const block = await runtime.open(programs.blocks(i, i + 1), session)
        try {
          streams = await runBlocks(block, states, streams)
        } finally {
          await block.close()
        }
        onBlock?.(i + 1, config.layers)
      }
      const closing = await stay('closing', () => programs.closing())
      const velocities: Float32Array[] = []
      for (const stream of streams) {
        velocities.push(floatsOf(await closing.run({ tokens: stream, time: told.time }), 'velocity'))
      }
      return velocities
    },
    close: async () => {
      const sessions = await Promise.allSettled(opened.values())
      opened.clear()
      for (const one of sessions) if (one.status === 'fulfilled') await one.value.close()
    },
  }
}

/** Blocks that stay are opened in groups, as one program each: memory for their steps in between is shared. */
const groupSize = 5

/** The programs of the network's parts. */
class WanPrograms {
  readonly #config: WanTransformerConfig
  readonly #weights: NetworkWeights
  readonly #options: OpenWanTransformerOptions
  readonly #grid: TokenGrid
  readonly #kernels: Kernels

  constructor(config: WanTransformerConfig, weights: NetworkWeights, options: OpenWanTransformerOptions) {
    this.#config = config
    this.#weights = weights
    this.#options = options
    this.#grid = tokenGrid([1, config.channelsIn, ...options.grid], config)
    this.#kernels = (options.session?.provider ?? 'cpu') === 'cpu' ? 'cpu' : 'every-provider'
  }

  /** Rotary positions are fed, and not part of each block's program. */
  table(): Feeds {
    const { cosines, sines } = rotaryAngles(this.#grid, this.#config.headWidth)
    const shape = [sizeOf(this.#grid), this.#config.headWidth / 2]
    return { cosines: hostTensor(cosines, shape), sines: hostTensor(sines, shape) }
  }

  /** vectors of the text (and features of a picture) → what blocks look at: text, picture. */
  reading(): CompiledProgram {
    const { text, picture } = this.#opening().conditions
    return this.#compile({ text, ...(picture ? { picture } : {}) })
  }

  /** x, times → tokens, time, modulation. */
  opening(): CompiledProgram {
    const { tokens, conditions } = this.#opening()
    const { time, modulation } = conditions
    return this.#compile({ tokens, time, modulation })
  }

  /** tokens → tokens, through blocks [first, last). */
  blocks(first: number, last: number): CompiledProgram {
    const { heads, headWidth, picture } = this.#config
    const width = heads * headWidth
    const rows = sizeOf(this.#grid)
    const conditions: WanConditions = {
      // Only the closing looks at the time itself.
      time: constant(new Float32Array(width), [1, width]),
      modulation: input('modulation', [1, 6, width]),
      text: input('text', [1, this.#options.textTokens, width]),
      picture: picture ? input('picture', [1, this.#pictureTokens(), width]) : null,
    }
    const table: RotaryTable = {
      cosines: input('cosines', [rows, headWidth / 2]),
      sines: input('sines', [rows, headWidth / 2]),
    }
    const parameters = this.#parameters()
    let y = input('tokens', [1, rows, width])
    for (let i = first; i < last; i++) y = wanBlockAt(parameters, i, y, conditions, table, this.#config)
    return this.#compile({ y })
  }

  /** tokens, time → velocity. */
  closing(): CompiledProgram {
    const width = this.#config.heads * this.#config.headWidth
    const tokens = input('tokens', [1, sizeOf(this.#grid), width])
    const time = input('time', [1, width])
    const velocity = wanClosing(this.#parameters(), tokens, time, this.#grid, this.#config)
    return this.#compile({ velocity })
  }

  #opening(): ReturnType<typeof wanOpening> {
    const { picture = null, textTokens, grid } = this.#options
    const { channelsIn, textWidth } = this.#config
    const inputs = {
      x: input('x', [1, channelsIn, ...grid]),
      times: input('times', [1]),
      text: input('vectors', [1, textTokens, textWidth]),
      picture: picture ? input('features', picture.shape) : null,
    }
    return wanOpening(this.#parameters(), inputs, this.#config)
  }

  #parameters(): Parameters {
    const { additions = new Map() } = this.#options
    return new Parameters('', new Map(), {
      changed: addTo(additions),
      product: int8Products(this.#weights, additions),
    })
  }

  #pictureTokens(): number {
    const [pictures = 0, tokens = 0] = this.#options.picture?.shape ?? []
    return pictures * tokens
  }

  #compile(outputs: Readonly<Record<string, Tensor>>): CompiledProgram {
    return compile(outputs, { weights: this.#weights, kernels: this.#kernels })
  }
}
