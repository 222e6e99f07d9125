import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { onnxTypes } from './operations/elementwise.ts'
import type { DType, HostTensor, OnnxAttribute, Shape } from './tensor.ts'

/**
 * ONNX files as protocol buffers: only the fields that programs need.
 * Field numbers are those of onnx.proto3, IR version 10.
 */
export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly initializers: readonly OnnxInitializer[]
  readonly nodes: readonly OnnxNode[]
}

export interface OnnxValue {
  readonly name: string
  readonly shape: Shape
  readonly dtype: DType
}

export interface OnnxNode {
  readonly type: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

/** Element types of initializers that live in another file; TensorProto.DataType of the specification. */
export const fileTypes = { F32: 1, F16: 10, BF16: 16, I8: 3 } as const

export type OnnxInitializer =
  | { readonly name: string; readonly value: HostTensor }
  | {
      readonly name: string
      readonly shape: Shape
      readonly fileType: keyof typeof fileTypes
      /** Where the bytes are: a file beside the model. */
      readonly external: { readonly location: string; readonly offset: number; readonly length: number }
    }

const irVersion = 10
/** Operator set versions: 20 is the first with Gelu. */
const operatorSets: readonly (readonly [string, number])[] = [
  ['', 20],
  ['com.microsoft', 1],
]

/** The bytes of an ONNX model. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const w = new BinaryWriter()
  w.uint32(tag(1, 0)).int64(irVersion)
  string(w, 2, 'framewright')
  message(w, 7, (g) => encodeGraph(g, graph))
  for (const [domain, version] of operatorSets) {
    message(w, 8, (m) => {
      string(m, 1, domain)
      m.uint32(tag(2, 0)).int64(version)
    })
  }
  return w.finish()
}

function encodeGraph(w: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(w, 1, (m) => encodeNode(m, node))
  string(w, 2, 'program')
  for (const initializer of graph.initializers) message(w, 5, (m) => encodeInitializer(m, initializer))
  for (const value of graph.inputs) message(w, 11, (m) => encodeValue(m, value))
  for (const value of graph.outputs) message(w, 12, (m) => encodeValue(m, value))
}

const tag = (field: number, wireType: number): number => (field << 3) | wireType

function string(w: BinaryWriter, field: number, value: string): void {
  w.uint32(tag(field, 2)).string(value)
}

function message(w: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void {
  w.uint32(tag(field, 2)).fork()
  write(w)
  w.join()
}

function encodeNode(w: BinaryWriter, node: OnnxNode): void {
  for (const name of node.inputs) string(w, 1, name)
  for (const name of node.outputs) string(w, 2, name)
  string(w, 4, node.type)
  for (const [name, value] of Object.entries(node.attributes)) {
    message(w, 5, (m) => encodeAttribute(m, name, value))
  }
  if (node.domain !== '') string(w, 7, node.domain)
}

function encodeAttribute(w: BinaryWriter, name: string, value: OnnxAttribute): void {
  string(w, 1, name)
  // The last line of each branch is AttributeProto.type.
  if ('float' in value) {
    w.uint32(tag(2, 5)).float(value.float)
    w.uint32(tag(20, 0)).int32(1)
  } else if ('int' in value) {
    w.uint32(tag(3, 0)).int64(value.int)
    w.uint32(tag(20, 0)).int32(2)
  } else if ('string' in value) {
    string(w, 4, value.string)
    w.uint32(tag(20, 0)).int32(3)
  } else if ('graph' in value) {
    message(w, 6, (g) => encodeGraph(g, value.graph))
    w.uint32(tag(20, 0)).int32(5)
  } else {
    for (const n of value.ints) w.uint32(tag(8, 0)).int64(n)
    w.uint32(tag(20, 0)).int32(7)
  }
}

function encodeValue(w: BinaryWriter, { name, shape, dtype }: OnnxValue): void {
  string(w, 1, name)
  message(w, 2, (type) =>
    message(type, 1, (tensor) => {
      tensor.uint32(tag(1, 0)).int32(onnxTypes[dtype])
      message(tensor, 2, (dims) => {
        for (const n of shape) message(dims, 1, (dim) => dim.uint32(tag(1, 0)).int64(n))
      })
    }),
  )
}

function encodeInitializer(w: BinaryWriter, initializer: OnnxInitializer): void {
  const inline = 'value' in initializer
  for (const n of inline ? initializer.value.shape : initializer.shape) w.uint32(tag(1, 0)).int64(n)
  w.uint32(tag(2, 0)).int32(inline ? onnxTypes[initializer.value.dtype] : fileTypes[initializer.fileType])
  string(w, 8, initializer.name)
  if (inline) {
    const { data } = initializer.value
    w.uint32(tag(9, 2)).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    return
  }
  const { location, offset, length } = initializer.external
  for (const [key, value] of Object.entries({ location, offset: `${offset}`, length: `${length}` })) {
    message(w, 13, (entry) => {
      string(entry, 1, key)
      string(entry, 2, value)
    })
  }
  w.uint32(tag(14, 0)).int32(1) // data_location: EXTERNAL
}
