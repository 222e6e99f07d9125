import { readFileSync } from 'node:fs'
import { readSafetensors } from '../safetensors.ts'
import type { Feeds } from '../session.ts'
import { type HostTensor, input, type Tensor } from '../tensor.ts'

/** Numbers that PyTorch computed: reference/golden_operations.py. For tests. */
export interface Golden {
  readonly names: ReadonlySet<string>
  /** @throws RangeError when the file has no tensor of this name */
  get(name: string): HostTensor
  has(name: string): boolean
}

export function readGolden(): Golden {
  const url = new URL('../../../reference/golden/operations.safetensors', import.meta.url)
  const { tensors } = readSafetensors(readFileSync(url))
  const get = (name: string): HostTensor => {
    const tensor = tensors.get(name)
    if (!tensor) throw new RangeError(`the golden file has no "${name}": run reference/golden_operations.py`)
    // A copy, for alignment; not by slice(), which of a Buffer is a view.
    const { buffer } = new Uint8Array(tensor.data)
    const { shape } = tensor
    if (tensor.dtype === 'F32') return { shape, dtype: 'f32', data: new Float32Array(buffer) }
    if (tensor.dtype === 'I8') return { shape, dtype: 'i8', data: new Int8Array(buffer) }
    if (tensor.dtype === 'I64') return { shape, dtype: 'i64', data: new BigInt64Array(buffer) }
    return { shape, dtype: 'bool', data: new Uint8Array(buffer) }
  }
  return { names: new Set(tensors.keys()), get, has: (name) => tensors.has(name) }
}

/** The inputs of a case: symbols, and the numbers to feed. */
export function caseInputs(
  golden: Golden,
  name: string,
): { readonly tensors: Tensor[]; readonly feeds: Feeds } {
  const tensors: Tensor[] = []
  const feeds: Record<string, HostTensor> = {}
  for (let i = 0; golden.has(`${name}/in.${i}`); i++) {
    const value = golden.get(`${name}/in.${i}`)
    tensors.push(input(`in.${i}`, value.shape, value.dtype))
    feeds[`in.${i}`] = value
  }
  return { tensors, feeds }
}

/** Where a value is off by more than `tolerance` × (1 + its expected size): a sentence; null where it is not. */
export function difference(got: HostTensor, expected: HostTensor, tolerance: number): string | null {
  if (got.shape.join() !== expected.shape.join()) {
    return `the shape is ${got.shape.join('×')}, not ${expected.shape.join('×')}`
  }
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [Number(got.data[i]), Number(expected.data[i])]
    // Written so that NaN is a difference.
    if (!(Math.abs(a - b) <= tolerance * (1 + Math.abs(b)))) return `element ${i} is ${a}, not ${b}`
  }
  return null
}
