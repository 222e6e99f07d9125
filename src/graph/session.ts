import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common'
import { FramewrightError } from '../util/errors.ts'
import type { CompiledProgram } from './compile.ts'
import { type DType, type HostTensor, type Shape, sameShape, showShape, sizeOf } from './tensor.ts'

/** Execution providers of ONNX Runtime that programs can run on. */
export const providers = ['cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const
export type Provider = (typeof providers)[number]

export interface SessionOptions {
  /** @default 'cpu' */
  readonly provider?: Provider
  /** CPU threads inside one operation. @default one a core */
  readonly threads?: number
  /**
   * Threads that wait turn in a circle for a while, which saves time on a quiet machine and wastes it on a busy one.
   * @default 'spin'
   */
  readonly waiting?: 'spin' | 'sleep'
  /**
   * Whether memory of values in between is kept from run to run, in pieces that double, or given back after use: slower
   * by little where runs are long, and much less where several sessions are open.
   * @default 'kept'
   */
  readonly memory?: 'kept' | 'returned'
  /**
   * On x86 processors without VNNI the fast products of 8-bit numbers overflow, and `exact` ones are needed, which take 1.7
   * times as long: `int8ProductsOf` tells which.
   * @default 'fast'
   */
  readonly int8Products?: 'fast' | 'exact'
  /** The folder that mapped weights' locations are relative to; needed where a program has them. */
  readonly weightFolder?: string
}

export type Feeds = Readonly<Record<string, HostTensor>>

/** A program that is loaded and can run. Runs of one session are one after another. */
export interface Session {
  /**
   * Runs the program once. State inputs need not be fed after `setState`.
   * @param fetch outputs to hand back; all that are not state by default
   * @throws FramewrightError E_SHAPE when a feed is missing, unknown or mis-shaped.
   */
  run(feeds: Feeds, fetch?: readonly string[]): Promise<Record<string, HostTensor>>
  /** Sets inputs that stay from run to run. */
  setState(values: Feeds): Promise<void>
  /** What the state inputs are now. */
  getState(names: readonly string[]): Promise<Record<string, HostTensor>>
  close(): Promise<void>
}

/** Opens sessions: in this thread, in a worker thread, in a browser. */
export interface Runtime {
  open(program: CompiledProgram, options?: SessionOptions): Promise<Session>
  close(): Promise<void>
}

/** The part of an ONNX Runtime package that sessions need. */
export interface OrtModule {
  readonly InferenceSession: typeof InferenceSession
  readonly Tensor: typeof OrtTensor
}

/** A runtime that opens sessions with options where they say nothing else. Closing it closes the one beneath. */
export function withOptions(runtime: Runtime, defaults: SessionOptions): Runtime {
  return {
    open: (program, own) => runtime.open(program, { ...defaults, ...own }),
    close: () => runtime.close(),
  }
}

const ortTypes = {
  f32: 'float32',
  f16: 'float16',
  i64: 'int64',
  i8: 'int8',
  bool: 'bool',
  u8: 'uint8',
} as const

/** A runtime in the calling thread: `run` blocks it while the program computes. */
export function localRuntime(ort: OrtModule): Runtime {
  return {
    open: async (program, options = {}) => {
      const session = await createOrtSession(ort, program, options)
      return new LocalSession(ort, session, program)
    },
    close: async () => {},
  }
}

async function createOrtSession(
  ort: OrtModule,
  program: CompiledProgram,
  options: SessionOptions,
): Promise<InferenceSession> {
  const provider = options.provider ?? 'cpu'
  const files = program.weightFiles
  if (files.length > 0 && options.weightFolder === undefined) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `the program's weights lie in ${files.join(', ')}: give the folder of these files as weightFolder`,
    )
  }
  try {
    return await ort.InferenceSession.create(program.model, {
      // The CPU takes what a provider cannot, unasked; named here it would also stand in for one that is missing.
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      ...(options.memory === 'returned' ? { enableCpuMemArena: false } : {}),
      ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
      logSeverityLevel: 3,
      extra: {
        session: {
          // Denormals cost much and mean nothing here.
          set_denormal_as_zero: '1',
          ...(options.int8Products === 'exact' ? { x64quantprecision: '1' } : {}),
          ...(options.waiting === 'sleep' ? { intra_op: { allow_spinning: '0' } } : {}),
          ...(options.weightFolder === undefined
            ? {}
            : { model_external_initializers_file_folder_path: options.weightFolder }),
        },
      },
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    // The runtime's errors have no codes: those about files of weights say so in these words.
    if (files.length > 0 && /external (data|initializer|file)|External data/i.test(reason)) {
      const text = `weights cannot be mapped from ${files.join(', ')} in ${options.weightFolder}: ${reason}`
      throw new FramewrightError('E_WEIGHTS', text, { cause })
    }
    throw new FramewrightError('E_PROVIDER', `the program could not be loaded on "${provider}": ${reason}`, {
      cause,
    })
  }
}

class LocalSession implements Session {
  readonly #ort: OrtModule
  readonly #session: InferenceSession
  readonly #program: CompiledProgram
  readonly #state = new Map<string, OrtTensor>()
  /** Where the next run's state is written, by state output: memory of the state before the last, which nobody reads. */
  readonly #spare = new Map<string, OrtTensor>()
  /** State tensors whose memory is the session's own: what a caller handed in is never written to. */
  readonly #own = new WeakSet<OrtTensor>()
  #isClosed = false

  constructor(ort: OrtModule, session: InferenceSession, program: CompiledProgram) {
    this.#ort = ort
    this.#session = session
    this.#program = program
  }

  async run(feeds: Feeds, fetch?: readonly string[]): Promise<Record<string, HostTensor>> {
    if (this.#isClosed) throw new FramewrightError('E_PROVIDER', 'the session is closed')
    const { inputs, outputs, state } = this.#program
    const wanted = fetch ?? outputs.flatMap(({ name }) => (Object.hasOwn(state, name) ? [] : [name]))
    for (const name of Object.keys(feeds)) this.#inputType(name)
    for (const name of wanted) this.#outputType(name)
    const ortFeeds: Record<string, OrtTensor> = {}
    for (const { name } of inputs) {
      const fed = feeds[name]
      const tensor = fed ? this.#toOrt(name, fed) : this.#state.get(name)
      if (!tensor) throw new FramewrightError('E_SHAPE', `input "${name}" was not fed`)
      ortFeeds[name] = tensor
    }
    const fetches: Record<string, OrtTensor | null> = Object.fromEntries(wanted.map((name) => [name, null]))
    for (const from of Object.keys(state)) fetches[from] = this.#spare.get(from) ?? null
    const results = await this.#session.run(ortFeeds, fetches)
    for (const [from, to] of Object.entries(state)) this.#keep(from, to, results[from] as OrtTensor)
    return Object.fromEntries(wanted.map((name) => [name, this.#toHost(name, results[name])]))
  }

  /**
   * Makes an output the next run's input, and the memory of the input before it the next run's output: with 76 MB of
   * training state, a step of 0.8 s is 1.7 % shorter for it.
   */
  #keep(from: string, to: string, next: OrtTensor): void {
    const last = this.#state.get(to)
    if (last && last !== next && this.#own.has(last)) this.#spare.set(from, last)
    else this.#spare.delete(from)
    this.#own.add(next)
    this.#state.set(to, next)
  }

  async setState(values: Feeds): Promise<void> {
    for (const [name, value] of Object.entries(values)) this.#state.set(name, this.#toOrt(name, value))
  }

  async getState(names: readonly string[]): Promise<Record<string, HostTensor>> {
    return Object.fromEntries(
      names.map((name) => {
        const { shape, dtype } = this.#inputType(name)
        // A copy: the state's memory is written again by later runs.
        return [name, copyOf(hostOf(this.#state.get(name), name, shape, dtype))]
      }),
    )
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#state.clear()
    this.#spare.clear()
    await this.#session.release()
  }

  #inputType(name: string): { readonly shape: Shape; readonly dtype: DType } {
    const type = this.#program.inputs.find((input) => input.name === name)
    if (type) return type
    const known = this.#program.inputs.map((input) => input.name).slice(0, 8)
    throw new FramewrightError(
      'E_SHAPE',
      `there is no input "${name}": the program has ${known.join(', ')} …`,
    )
  }

  #outputType(name: string): { readonly shape: Shape; readonly dtype: DType } {
    const type = this.#program.outputs.find((output) => output.name === name)
    if (!type) throw new FramewrightError('E_SHAPE', `there is no output "${name}"`)
    return type
  }

  #toOrt(name: string, value: HostTensor): OrtTensor {
    const { shape, dtype } = this.#inputType(name)
    if (!sameShape(shape, value.shape) || dtype !== value.dtype || value.data.length !== sizeOf(shape)) {
      throw new FramewrightError(
        'E_SHAPE',
        `input "${name}" is ${dtype} ${showShape(shape)}, got ${value.dtype} ${showShape(value.shape)} of ${value.data.length} numbers`,
      )
    }
    return new this.#ort.Tensor(ortTypes[dtype], value.data as Float32Array, [...shape])
  }

  #toHost(name: string, tensor: InferenceSession.OnnxValueMapType[string] | undefined): HostTensor {
    const type = this.#outputType(name)
    const value = hostOf(tensor as OrtTensor | undefined, name, type.shape, type.dtype)
    return Object.hasOwn(this.#program.state, name) ? copyOf(value) : value
  }
}

const copyOf = (value: HostTensor): HostTensor => ({ ...value, data: value.data.slice() })

function hostOf(tensor: OrtTensor | undefined, name: string, shape: Shape, dtype: DType): HostTensor {
  if (!tensor) throw new FramewrightError('E_SHAPE', `"${name}" has no value yet`)
  return { shape, dtype, data: tensor.data as HostTensor['data'] }
}

/** Numbers for a feed. */
export function hostTensor(data: Float32Array, shape: Shape): HostTensor {
  if (data.length !== sizeOf(shape)) {
    throw new FramewrightError('E_SHAPE', `${data.length} numbers do not fill ${showShape(shape)}`)
  }
  return { data, shape, dtype: 'f32' }
}

/** Whole numbers (indices) for a feed. */
export function hostIndices(values: ArrayLike<number>, shape: Shape): HostTensor {
  return { data: BigInt64Array.from(Array.from(values), (n) => BigInt(n)), shape, dtype: 'i64' }
}

/** The f32 numbers of an output. @throws TypeError when it is of another type or missing. */
export function floatsOf(outputs: Readonly<Record<string, HostTensor>>, name: string): Float32Array {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new TypeError(`output "${name}" holds no f32 numbers`)
  return data
}

/** The bytes of an output. @throws TypeError when it is of another type or missing. */
export function bytesOf(outputs: Readonly<Record<string, HostTensor>>, name: string): Uint8Array {
  const data = outputs[name]?.data
  if (!(data instanceof Uint8Array)) throw new TypeError(`output "${name}" holds no bytes`)
  return data
}
