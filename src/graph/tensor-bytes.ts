import { FramewrightError } from '../util/errors.ts'
import { bfloat16ToFloat32, halfToFloat32 } from './half.ts'
import type { RawTensor } from './safetensors.ts'

/**
 * A tensor's elements as 32-bit floats, in row-major order. F32 data are a view of the same memory where the
 * alignment allows it. The machine is taken to be little-endian, as every one that runs JavaScript is today.
 * @throws FramewrightError `E_WEIGHTS` if the tensor does not hold floats
 */
export function tensorToFloat32(tensor: RawTensor): Float32Array {
  if (tensor.dtype === 'F32') {
    const data = align(tensor.data, 4)
    return new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  }
  if (tensor.dtype === 'F16') return halfToFloat32(words(tensor.data))
  if (tensor.dtype === 'BF16') return bfloat16ToFloat32(words(tensor.data))
  throw new FramewrightError(
    'E_WEIGHTS',
    `A tensor of floats is needed (F32, F16 or BF16), got ${tensor.dtype}.`,
  )
}

/** The bytes of a typed array, as a view of the same memory. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function words(bytes: Uint8Array): Uint16Array {
  const data = align(bytes, 2)
  return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
}

// Not by slice(): a Buffer's is a view.
function align(bytes: Uint8Array, elementBytes: number): Uint8Array {
  return bytes.byteOffset % elementBytes === 0 ? bytes : new Uint8Array(bytes)
}
