import { FramewrightError } from '../util/errors.ts'
import { type Chunk, inChunks, isByItem, itemShape } from './chunks.ts'
import { nodesBefore } from './gradient.ts'
import {
  encodeOnnx,
  type fileTypes,
  type OnnxGraph,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxValue,
} from './onnx.ts'
import {
  constantData,
  type HostTensor,
  type Kernels,
  leafKind,
  leafName,
  type Node,
  type OnnxAttribute,
  type OnnxEmitter,
  type Shape,
  sameShape,
  showShape,
  type Tensor,
} from './tensor.ts'

/** Where a parameter's numbers lie in a file beside the model. */
export interface MappedWeight {
  readonly shape: Shape
  readonly fileType: keyof typeof fileTypes
  readonly location: string
  readonly offset: number
  readonly length: number
}

export interface CompileOptions {
  /**
   * Parameters that become constants of the program, by name: numbers, or a place in a file.
   * Parameters that are not named here are inputs of every run.
   */
  readonly weights?: ReadonlyMap<string, HostTensor | MappedWeight>
  /** Outputs that are kept and handed back in as inputs of the next run: output name → input or parameter name. */
  readonly state?: Readonly<Record<string, string>>
  /** Inputs that the program takes even where no output depends on them, so that its callers need not know. */
  readonly inputs?: readonly Tensor[]
  /** @default 'every-provider' */
  readonly kernels?: Kernels
}

/** A program ready for a session: ONNX bytes, and what goes in and out. */
export interface CompiledProgram {
  readonly model: Uint8Array<ArrayBuffer>
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly state: Readonly<Record<string, string>>
  readonly nodeCount: number
  /** Files that mapped weights lie in, relative to `SessionOptions.weightFolder`. */
  readonly weightFiles: readonly string[]
}

/**
 * Writes a program as an ONNX model.
 * @throws FramewrightError E_SHAPE when two leaves, or an output and a leaf, share a name, or state and input differ in shape;
 * E_WEIGHTS when a weight does not have its parameter's shape.
 */
export function compile(
  outputs: Readonly<Record<string, Tensor>>,
  options: CompileOptions = {},
): CompiledProgram {
  const nodes = nodesBefore([...Object.values(outputs), ...(options.inputs ?? [])])
  const leaves = nodes.flatMap((node) => node.outputs.filter((tensor) => leafKind(tensor)).map(leafName))
  const writer = new ProgramWriter({
    weights: options.weights ?? new Map(),
    taken: new Set([...Object.keys(outputs), ...leaves]),
    used: new Set([...nodes.flatMap((node) => node.inputs), ...Object.values(outputs)]),
    tables: onlyGathered(nodes, Object.values(outputs)),
    kernels: options.kernels ?? 'every-provider',
  })
  for (const node of nodes) for (const tensor of node.outputs) if (leafKind(tensor)) writer.writeLeaf(tensor)
  for (const part of writer.kernels === 'cpu' ? inChunks(nodes) : nodes) {
    if ('nodes' in part) writer.writeChunk(part, readOutside(part, nodes, Object.values(outputs)))
    else if (part.inputs.length > 0) writer.writeNode(part)
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    writer.refuseLeafName(name)
    writer.writeOutput(name, tensor)
  }
  const state = options.state ?? {}
  checkState(state, writer)
  return {
    model: encodeOnnx(writer.finish()),
    inputs: writer.inputs,
    outputs: writer.outputs,
    state,
    nodeCount: writer.nodes.length,
    weightFiles: [
      ...new Set(writer.initializers.flatMap((one) => ('external' in one ? [one.external.location] : []))),
    ],
  }
}

/** Tensors that are only read as tables of `gather`. */
function onlyGathered(nodes: readonly Node[], outputs: readonly Tensor[]): Set<Tensor> {
  const tables = new Set(
    nodes.flatMap(({ operation, inputs }) => (operation.name === 'gather' ? inputs.slice(0, 1) : [])),
  )
  for (const { operation, inputs } of nodes) {
    for (const tensor of operation.name === 'gather' ? inputs.slice(1) : inputs) tables.delete(tensor)
  }
  for (const tensor of outputs) tables.delete(tensor)
  return tables
}

/** What a chunk hands on: its tensors that other nodes read or that are outputs of the program. */
function readOutside(chunk: Chunk, nodes: readonly Node[], outputs: readonly Tensor[]): Tensor[] {
  const inside = new Set(chunk.nodes)
  const read = new Set(outputs)
  for (const node of nodes) if (!inside.has(node)) for (const tensor of node.inputs) read.add(tensor)
  return chunk.nodes.flatMap((node) => node.outputs.filter((tensor) => read.has(tensor)))
}

function checkState(state: Readonly<Record<string, string>>, { inputs, outputs }: ProgramWriter): void {
  for (const [from, to] of Object.entries(state)) {
    const source = outputs.find(({ name }) => name === from)
    const target = inputs.find(({ name }) => name === to)
    if (!source || !target || !sameShape(source.shape, target.shape)) {
      throw new FramewrightError(
        'E_SHAPE',
        `state: output "${from}" (${source ? showShape(source.shape) : 'missing'}) cannot become input "${to}" (${target ? showShape(target.shape) : 'missing'})`,
      )
    }
  }
}

interface ProgramOptions {
  readonly weights: ReadonlyMap<string, HostTensor | MappedWeight>
  /** Names that the program gives to nothing of its own. */
  readonly taken: ReadonlySet<string>
  /** Tensors that nodes read or that are outputs. */
  readonly used: ReadonlySet<Tensor>
  /** Tensors of which nodes only take rows. */
  readonly tables: ReadonlySet<Tensor>
  readonly kernels: Kernels
}

class ProgramWriter implements OnnxEmitter {
  readonly kernels: Kernels
  readonly inputs: OnnxValue[] = []
  readonly outputs: OnnxValue[] = []
  readonly nodes: OnnxNode[] = []
  readonly initializers: OnnxInitializer[] = []
  readonly #weights: ReadonlyMap<string, HostTensor | MappedWeight>
  readonly #taken: ReadonlySet<string>
  readonly #used: ReadonlySet<Tensor>
  readonly #tables: ReadonlySet<Tensor>
  /** Weights that are left in 16 bits. */
  readonly #halves = new Set<string>()
  readonly #names = new Map<Tensor, string>()
  readonly #leaves = new Set<string>()
  readonly #constants = new Map<string, string>()
  /** Values that nodes compute, and those of them that are outputs, with the outputs' names. */
  readonly #computed = new Set<string>()
  readonly #outputNames = new Map<string, string>()
  #count = 0

  constructor({ weights, taken, used, tables, kernels }: ProgramOptions) {
    this.#weights = weights
    this.#taken = taken
    this.#used = used
    this.#tables = tables
    this.kernels = kernels
  }

  uses = (tensor: Tensor): boolean => this.#used.has(tensor)

  isHalf = (value: string): boolean => this.#halves.has(value)

  writeNode(node: Node): void {
    const inputs = node.inputs.map((tensor) => this.#nameOf(tensor))
    const names = node.operation.onnx(node, inputs, this)
    for (const [i, tensor] of node.outputs.entries()) this.#names.set(tensor, names[i] ?? '')
  }

  /** Writes a chunk as one Scan, whose body has an item's shapes and reads what is no item's from outside. */
  writeChunk({ nodes }: Chunk, handedOn: readonly Tensor[]): void {
    const inside = new Set(nodes)
    const byItem = new Set(
      nodes.flatMap((node) =>
        node.inputs.filter((tensor) => isByItem(tensor, node) && !inside.has(tensor.node)),
      ),
    )
    const outer = new Map([...byItem].map((tensor) => [tensor, this.#nameOf(tensor)]))
    for (const tensor of byItem) this.#names.set(tensor, this.#fresh())
    const start = this.nodes.length
    for (const node of nodes) this.writeNode(node)
    const item = (tensor: Tensor): OnnxValue => ({
      name: this.#nameOf(tensor),
      shape: itemShape(tensor.shape),
      dtype: tensor.dtype,
    })
    const body = this.#bodySince(start, [...byItem].map(item), handedOn.map(item))
    for (const [tensor, name] of outer) this.#names.set(tensor, name)
    const names = this.#scan(body, [], [...outer.values()], handedOn.length)
    for (const [i, tensor] of handedOn.entries()) this.#names.set(tensor, names[i] ?? '')
  }

  fold: OnnxEmitter['fold'] = (first, values, body) => {
    const carried: OnnxValue = { name: this.#fresh(), shape: first.shape, dtype: 'f32' }
    const items = values.map(
      ({ shape }): OnnxValue => ({ name: this.#fresh(), shape: itemShape(shape), dtype: 'f32' }),
    )
    const start = this.nodes.length
    const names = items.map(({ name }) => name)
    const next = { ...carried, name: body(carried.name, names) }
    const graph = this.#bodySince(start, [carried, ...items], [next])
    const scanned = values.map(({ name }) => name)
    return this.#scan(graph, [first.name], scanned, 1)[0] ?? ''
  }

  /** A graph of the nodes that were written from `start` on, which are taken out of the program. */
  #bodySince(start: number, inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
    return { inputs, outputs, initializers: [], nodes: this.nodes.splice(start) }
  }

  #scan(graph: OnnxGraph, carried: readonly string[], scanned: readonly string[], outputs: number): string[] {
    const attributes = { body: { graph }, num_scan_inputs: { int: scanned.length } }
    return this.emit('Scan', [...carried, ...scanned], attributes, { outputs })
  }

  writeLeaf(tensor: Tensor): void {
    const kind = leafKind(tensor)
    if (kind === 'constant') {
      this.#names.set(tensor, this.#constant(constantData(tensor)))
      return
    }
    const name = leafName(tensor)
    if (this.#leaves.has(name)) {
      throw new FramewrightError('E_SHAPE', `two inputs or parameters are named "${name}"`)
    }
    this.#leaves.add(name)
    const weight = kind === 'parameter' ? this.#weights.get(name) : undefined
    if (weight) this.#names.set(tensor, this.#mapWeight(name, tensor, weight))
    else {
      this.inputs.push({ name, shape: tensor.shape, dtype: tensor.dtype })
      this.#names.set(tensor, name)
    }
  }

  refuseLeafName(output: string): void {
    if (this.#leaves.has(output)) {
      throw new FramewrightError('E_SHAPE', `an output and an input are both named "${output}": rename one`)
    }
  }

  writeOutput(name: string, tensor: Tensor): void {
    const value = this.#nameOf(tensor)
    if (this.#computed.has(value) && !this.#outputNames.has(value)) this.#outputNames.set(value, name)
    else this.nodes.push({ type: 'Identity', domain: '', inputs: [value], outputs: [name], attributes: {} })
    this.outputs.push({ name, shape: tensor.shape, dtype: tensor.dtype })
  }

  /** The graph, with outputs under their own names: a node that only renames would copy its value. */
  finish(): OnnxGraph {
    const nodes = this.nodes.map((node) => this.#withOutputNames(node))
    return { inputs: this.inputs, outputs: this.outputs, initializers: this.initializers, nodes }
  }

  #withOutputNames(node: OnnxNode): OnnxNode {
    const named = (value: string): string => this.#outputNames.get(value) ?? value
    const { body } = node.attributes
    const attributes =
      body && 'graph' in body
        ? {
            ...node.attributes,
            body: {
              graph: { ...body.graph, nodes: body.graph.nodes.map((one) => this.#withOutputNames(one)) },
            },
          }
        : node.attributes
    return { ...node, attributes, inputs: node.inputs.map(named), outputs: node.outputs.map(named) }
  }

  emit = (
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    options: { readonly domain?: string; readonly outputs?: number } = {},
  ): string[] => {
    const outputs = Array.from({ length: options.outputs ?? 1 }, () => this.#fresh())
    this.nodes.push({ type, domain: options.domain ?? '', inputs, outputs, attributes })
    for (const name of outputs) this.#computed.add(name)
    return outputs
  }

  ints = (values: readonly number[]): string =>
    this.#constant({
      shape: [values.length],
      dtype: 'i64',
      data: BigInt64Array.from(values, (n) => BigInt(n)),
    })

  floats = (values: ArrayLike<number>, shape: Shape): string =>
    this.#constant({ shape, dtype: 'f32', data: Float32Array.from(values) })

  #mapWeight(name: string, tensor: Tensor, weight: HostTensor | MappedWeight): string {
    if (!sameShape(weight.shape, tensor.shape)) {
      throw new FramewrightError(
        'E_WEIGHTS',
        `weight "${name}" is ${showShape(weight.shape)} in the file, but the network needs ${showShape(tensor.shape)}`,
      )
    }
    const isMapped = 'location' in weight
    const isInt8 = isMapped ? weight.fileType === 'I8' : weight.dtype === 'i8'
    if (isInt8 !== (tensor.dtype === 'i8')) {
      throw new FramewrightError(
        'E_WEIGHTS',
        `weight "${name}" is ${isInt8 ? 'rounded to 8 bits' : 'not rounded'} in the file, and the network reads it ${isInt8 ? 'as floats' : 'in 8 bits'}`,
      )
    }
    this.initializers.push(isMapped ? { ...weight, name, external: weight } : { name, value: weight })
    const isFull = isMapped ? isInt8 || weight.fileType === 'F32' : weight.dtype === tensor.dtype
    if (isFull) return name
    if (this.#tables.has(tensor)) {
      this.#halves.add(name)
      return name
    }
    return this.emit('Cast', [name], { to: { int: 1 } })[0] ?? name
  }

  /** Constants that are equal are written once, where they are small or one number throughout. */
  #constant(value: HostTensor): string {
    const key = constantKey(value)
    const known = key === null ? undefined : this.#constants.get(key)
    if (known !== undefined) return known
    const name = this.#fresh()
    this.initializers.push({ name, value })
    if (key !== null) this.#constants.set(key, name)
    return name
  }

  #nameOf(tensor: Tensor): string {
    const name = this.#names.get(tensor)
    if (name === undefined) throw new Error(`${tensor.node.operation.name} is used before it is written`)
    return name
  }

  #fresh(): string {
    for (;;) {
      const name = `_${this.#count++}`
      if (!this.#taken.has(name)) return name
    }
  }
}

function constantKey({ dtype, shape, data }: HostTensor): string | null {
  const type = `${dtype} ${shape.join()}`
  if (data.length <= 16) return `${type} ${data.join()}`
  const [first] = data
  return data.every((n: number | bigint) => n === first) ? `${type} all ${first}` : null
}
