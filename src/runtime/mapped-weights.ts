import { open } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { MappedWeight } from '../graph/compile.ts'
import { readSafetensorsHeader, type SafetensorsHeader } from '../graph/safetensors.ts'
import { FramewrightError } from '../util/errors.ts'

/** A file's weights as constants of a program, without reading them: the runtime maps the file itself. */
export interface WeightFile {
  /** For `CompileOptions.weights`. */
  readonly weights: Map<string, MappedWeight>
  /** For `SessionOptions.weightFolder`. */
  readonly weightFolder: string
}

/**
 * Where a safetensors file's tensors lie; only the header is read. Tensors of other types are left out.
 * @param types @default floats: F32, F16, BF16
 * @throws FramewrightError E_WEIGHTS when the file is missing or not well-formed
 */
export async function mapWeightFile(
  path: string,
  types: readonly MappedWeight['fileType'][] = floatTypes,
): Promise<WeightFile> {
  const file = await open(path).catch((cause: unknown) => {
    throw new FramewrightError('E_WEIGHTS', `weights cannot be read from ${path}`, { cause })
  })
  try {
    const about = await file.stat()
    if (!about.isFile()) {
      throw new FramewrightError('E_WEIGHTS', `weights cannot be read from ${path}: it is no file`)
    }
    const { size } = about
    const header = await readSafetensorsHeader({
      sizeBytes: size,
      read: async (offset, length) => {
        const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset)
        return buffer.subarray(0, bytesRead)
      },
    })
    return { weights: mapWeights(header, basename(path), types), weightFolder: dirname(resolve(path)) }
  } finally {
    await file.close()
  }
}

const floatTypes = ['F32', 'F16', 'BF16'] as const

/** The tensors of a header that have one of the types, by name. @param location the file's name in the weight folder */
function mapWeights(
  header: SafetensorsHeader,
  location: string,
  types: readonly MappedWeight['fileType'][],
): Map<string, MappedWeight> {
  const weights = new Map<string, MappedWeight>()
  for (const [name, { dtype, shape, offset, sizeBytes }] of header.tensors) {
    const fileType = types.find((type) => type === dtype)
    if (fileType) weights.set(name, { shape, fileType, location, offset, length: sizeBytes })
  }
  return weights
}
