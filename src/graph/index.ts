export { type CompiledProgram, type CompileOptions, compile, type MappedWeight } from './compile.ts'
export { gradient } from './gradient.ts'
export { int8ProductsOf } from './int8-overflow.ts'
export * from './operations/attention.ts'
export * from './operations/contraction.ts'
export * from './operations/convolution.ts'
export * from './operations/elementwise.ts'
export * from './operations/int8-product.ts'
export * from './operations/layout.ts'
export * from './operations/normalise.ts'
export * from './operations/pixels.ts'
export * from './operations/reduce.ts'
export * from './session.ts'
export {
  at,
  constant,
  type DType,
  type HostTensor,
  input,
  type Kernels,
  parameter,
  type Shape,
  sizeOf,
  Tensor,
} from './tensor.ts'
