import { FramewrightError } from '../util/errors.ts'
import type { OnnxGraph } from './onnx.ts'

/**
 * Element types of symbolic tensors. Arithmetic is f32; i64 holds indices; bool holds conditions; i8 rounded weights;
 * u8 pixels.
 */
export type DType = 'f32' | 'f16' | 'i64' | 'i8' | 'bool' | 'u8'

export type Shape = readonly number[]

/** A shape and an element type: what is known of a value before the program runs. */
export interface TensorType {
  readonly shape: Shape
  readonly dtype: DType
}

/** Values of a tensor on the host, row-major. */
export interface HostTensor extends TensorType {
  readonly data: Float32Array | Uint16Array | BigInt64Array | Int8Array | Uint8Array
}

/** One application of an operation: a node of the program. */
export interface Node {
  readonly operation: Operation
  readonly inputs: readonly Tensor[]
  readonly attributes: Attributes
  readonly outputs: readonly Tensor[]
}

// biome-ignore lint/suspicious/noExplicitAny: attributes are typed by each operation; the graph only passes them on.
export type Attributes = any

/** A symbolic tensor: the `index`-th output of a node. It holds no numbers, only their shape and type. */
export class Tensor implements TensorType {
  readonly shape: Shape
  readonly dtype: DType
  readonly node: Node
  readonly index: number

  constructor(node: Node, index: number, type: TensorType) {
    this.node = node
    this.index = index
    this.shape = type.shape
    this.dtype = type.dtype
  }

  get rank(): number {
    return this.shape.length
  }
}

/** Kernels that a program may be written with: those that every provider has, or the CPU's own beside them. */
export type Kernels = 'every-provider' | 'cpu'

/** An f32 value's name and shape. */
export interface NamedShape {
  readonly name: string
  readonly shape: Shape
}

/** Writes ONNX nodes; every method that writes returns names of values. */
export interface OnnxEmitter {
  readonly kernels: Kernels
  /** Whether anything in the program reads a tensor: what a node computes for its gradient alone is left out elsewhere. */
  uses(tensor: Tensor): boolean
  /** Whether a value is a weight left as its file holds it, in 16 bits: a table of which only rows are taken. */
  isHalf(value: string): boolean
  emit(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    options?: { readonly domain?: string; readonly outputs?: number },
  ): string[]
  /**
   * Writes a loop over the first dimension of values, which are named with their shapes. The body gets what is carried
   * from item to item and an item of every value, and gives what is carried on; the result is what the last item gave.
   */
  fold(
    first: NamedShape,
    values: readonly NamedShape[],
    body: (carried: string, items: readonly string[]) => string,
  ): string
  ints(values: readonly number[]): string
  floats(values: ArrayLike<number>, shape: Shape): string
}

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string }
  | { readonly graph: OnnxGraph }

/** One row of the table of operations. */
export interface Operation<A = Attributes> {
  readonly name: string
  /** Whether every number of the outputs depends on the inputs' numbers at the same place alone (NumPy's broadcasting). */
  readonly elementwise?: true
  /** The types of the outputs; throws E_SHAPE when the inputs do not fit together. */
  readonly infer: (inputs: readonly Tensor[], attributes: A) => readonly TensorType[]
  /**
   * Given the gradient of the loss in each output (null where the loss does not depend on it),
   * the gradient in each input, in the same operations; null where there is none.
   */
  readonly gradient: (node: Node, gradients: readonly (Tensor | null)[]) => readonly (Tensor | null)[]
  /** Writes the node as ONNX; returns one name an output. */
  readonly onnx: (node: Node, inputs: readonly string[], emitter: OnnxEmitter) => readonly string[]
}

/** Applies an operation of one output. */
export function apply<A>(operation: Operation<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  return output(applyOperation(operation, inputs, attributes), 0)
}

/** Applies an operation; the node's outputs are the result. */
export function applyOperation<A>(operation: Operation<A>, inputs: readonly Tensor[], attributes: A): Node {
  const types = operation.infer(inputs, attributes)
  const outputs: Tensor[] = []
  const node: Node = { operation, inputs, attributes, outputs }
  for (const [index, type] of types.entries()) outputs.push(new Tensor(node, index, type))
  return node
}

export function output(node: Node, index: number): Tensor {
  const tensor = node.outputs[index]
  if (tensor === undefined) throw new RangeError(`${node.operation.name} has no output ${index}`)
  return tensor
}

/** The input of a node at `index`, for rules that know how many there are. */
export function inputOf(node: { readonly inputs: readonly Tensor[] }, index: number): Tensor {
  const tensor = node.inputs[index]
  if (tensor === undefined) throw new RangeError(`there is no input ${index}`)
  return tensor
}

/** The item at `index`; throws where there is none. For lists whose length the caller has made sure of. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index < 0 ? items.length + index : index]
  if (item === undefined) throw new RangeError(`index ${index} is outside a list of ${items.length}`)
  return item
}

/** How many elements a shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i])
}

export function shapeError(operation: string, message: string): FramewrightError {
  return new FramewrightError('E_SHAPE', `${operation}: ${message}`)
}

/** Written shapes in messages: `2×3×4`; a scalar is `()`. */
export function showShape(shape: Shape): string {
  return shape.length === 0 ? '()' : shape.join('×')
}

const leaf = (name: string) =>
  ({
    name,
    infer: (_inputs: readonly Tensor[], type: LeafAttributes) => [type],
    gradient: () => [],
    onnx: () => {
      throw new Error(`${name} is written by the compiler`)
    },
  }) satisfies Operation<LeafAttributes>

interface LeafAttributes extends TensorType {
  readonly name: string
}

const inputOperation = leaf('input')
const parameterOperation = leaf('parameter')
const constantOperation = leaf('constant') as Operation<LeafAttributes & { data: HostTensor['data'] }>

/** A value handed in at every run. */
export function input(name: string, shape: Shape, dtype: DType = 'f32'): Tensor {
  return output(applyOperation(inputOperation, [], { name, shape, dtype }), 0)
}

/** A weight: handed in at every run, or mapped from a file as a constant, as `compile()` is told. */
export function parameter(name: string, shape: Shape, dtype: DType = 'f32'): Tensor {
  return output(applyOperation(parameterOperation, [], { name, shape, dtype }), 0)
}

/** Numbers that are part of the program. */
export function constant(
  data: ArrayLike<number>,
  shape: Shape,
  dtype: 'f32' | 'i64' | 'bool' = 'f32',
): Tensor {
  if (data.length !== sizeOf(shape)) {
    throw shapeError('constant', `${data.length} numbers do not fill ${showShape(shape)}`)
  }
  const numbers = Array.from(data)
  const held =
    dtype === 'f32'
      ? Float32Array.from(numbers)
      : dtype === 'i64'
        ? BigInt64Array.from(numbers, (n) => BigInt(n))
        : Uint8Array.from(numbers)
  return output(applyOperation(constantOperation, [], { name: '', shape, dtype, data: held }), 0)
}

export type LeafKind = 'input' | 'parameter' | 'constant'

/** What kind of leaf a tensor is; null for a computed one. */
export function leafKind(tensor: Tensor): LeafKind | null {
  const operation = tensor.node.operation
  if (operation === inputOperation) return 'input'
  if (operation === parameterOperation) return 'parameter'
  if (operation === constantOperation) return 'constant'
  return null
}

/** The name that a leaf was given. */
export function leafName(tensor: Tensor): string {
  return (tensor.node.attributes as LeafAttributes).name
}

/** The numbers of a constant leaf. */
export function constantData(tensor: Tensor): HostTensor {
  const { shape, dtype, data } = tensor.node.attributes as HostTensor
  return { shape, dtype, data }
}
