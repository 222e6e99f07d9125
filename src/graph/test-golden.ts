import { readFileSync } from 'node:fs'
import { readSafetensors } from './safetensors.ts'
import type { HostTensor } from './tensor.ts'
import { tensorToFloat32 } from './tensor-bytes.ts'

/** Tensors that a reference implementation computed, from `reference/golden/`. For tests. */
export interface GoldenFile {
  /** The configurations of its networks, as the reference implementation writes them. */
  readonly configs: Readonly<Record<string, unknown>>
  readonly names: readonly string[]
  /** @throws RangeError when the file has no tensor of this name */
  get(name: string): HostTensor
  /** Tensors whose names start with the prefix, under the rest of their names. */
  under(prefix: string): Map<string, HostTensor>
}

/** Reads `reference/golden/<name>.safetensors`. */
export function readGoldenFile(name: string): GoldenFile {
  const url = new URL(`../../reference/golden/${name}.safetensors`, import.meta.url)
  const { tensors, metadata } = readSafetensors(readFileSync(url))
  const get = (key: string): HostTensor => {
    const tensor = tensors.get(key)
    if (!tensor) throw new RangeError(`${name}.safetensors has no "${key}": run the program that made it`)
    const { shape } = tensor
    if (tensor.dtype !== 'I64') return { shape, dtype: 'f32', data: tensorToFloat32(tensor) }
    // A copy, for alignment; not by slice(), which of a Buffer is a view.
    return { shape, dtype: 'i64', data: new BigInt64Array(new Uint8Array(tensor.data).buffer) }
  }
  const names = [...tensors.keys()]
  return {
    configs: JSON.parse(metadata.configs ?? '{}'),
    names,
    get,
    under: (prefix) =>
      new Map(
        names
          .filter((key) => key.startsWith(prefix))
          .map((key) => [key.slice(prefix.length), get(key)] as const),
      ),
  }
}

/** The largest distance between two tensors, as a share of the expected one's largest number; NaN counts as infinite. */
export function relativeError(got: HostTensor, expected: HostTensor): number {
  if (got.shape.join() !== expected.shape.join()) {
    throw new RangeError(`the shape is ${got.shape.join('×')}, not ${expected.shape.join('×')}`)
  }
  let [worst, scale] = [0, 0]
  for (const [i, value] of expected.data.entries()) {
    const distance = Math.abs(Number(got.data[i]) - Number(value))
    worst = Math.max(worst, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance)
    scale = Math.max(scale, Math.abs(Number(value)))
  }
  return worst / scale
}
