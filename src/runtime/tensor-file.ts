import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeWhole } from '../disk/write-whole.ts'
import { float32ToHalf } from '../graph/half.ts'
import type { HostTensor } from '../graph/index.ts'
import { type RawTensor, readSafetensors, writeSafetensors } from '../graph/safetensors.ts'
import { tensorToFloat32 } from '../graph/tensor-bytes.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'

/** Tensors and notes of a safetensors file. */
export interface TensorFile {
  readonly tensors: Map<string, HostTensor>
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Writes tensors to a safetensors file, and makes its folder; a crash leaves the old file whole.
 * @throws FramewrightError E_OUTPUT
 */
export async function writeTensorFile(
  path: string,
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>>,
  precision: 'F32' | 'F16',
): Promise<void> {
  const bytes = tensorFileBytes(tensors, metadata, precision)
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) =>
    Promise.reject(outputError(path, cause)),
  )
  await writeWhole(path, bytes)
}

/** The bytes of a file as `writeTensorFile` writes it. */
export function tensorFileBytes(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>>,
  precision: 'F32' | 'F16',
): Uint8Array {
  const raw = new Map<string, RawTensor>()
  for (const [name, { data, shape }] of tensors) {
    if (!(data instanceof Float32Array)) throw new TypeError(`${name} holds no f32 numbers`)
    const held = precision === 'F16' ? float32ToHalf(data) : data
    const bytes = new Uint8Array(held.buffer, held.byteOffset, held.byteLength)
    raw.set(name, { dtype: precision, shape, data: bytes })
  }
  return writeSafetensors(raw, metadata)
}

/** Reads F32, F16 and BF16 tensors as f32 numbers. @throws FramewrightError E_WEIGHTS */
export async function readTensorFile(path: string): Promise<TensorFile> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new FramewrightError('E_WEIGHTS', `weights cannot be read from ${path}`, { cause })
  })
  try {
    return parseTensorFile(bytes)
  } catch (cause) {
    if (!FramewrightError.is(cause)) throw cause
    throw new FramewrightError('E_WEIGHTS', `${path}: ${cause.message}`, { cause })
  }
}

/** The bytes of a file as `readTensorFile` reads it. @throws FramewrightError E_WEIGHTS */
export function parseTensorFile(bytes: Uint8Array): TensorFile {
  const { tensors, metadata } = readSafetensors(bytes)
  const read = new Map<string, HostTensor>()
  for (const [name, tensor] of tensors) {
    read.set(name, { data: tensorToFloat32(tensor), shape: tensor.shape, dtype: 'f32' })
  }
  return { tensors: read, metadata }
}
