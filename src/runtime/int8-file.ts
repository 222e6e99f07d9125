import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removeLeftOvers, temporaryName } from '../disk/atomic-file.ts'
import type { MappedWeight } from '../graph/compile.ts'
import type { Shape } from '../graph/index.ts'
import { emptyInt8Matrix, roundInto } from '../graph/int8.ts'
import { layOutSafetensors, type RawTensor, type SafetensorsLayout } from '../graph/safetensors.ts'
import { bytesOf, tensorToFloat32 } from '../graph/tensor-bytes.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { fileSha256 } from './file-hash.ts'
import { mapWeightFile, type WeightFile } from './mapped-weights.ts'

/** Which of a network's matrices are rounded, and what their scales are called. */
export interface Rounding {
  isRounded(name: string, shape: Shape): boolean
  scaleName(weight: string): string
}

export interface Int8FileOptions extends Rounding {
  /** The folder of such files. */
  readonly folder: string
  /** Of the weights that are rounded and of how: letters and digits. Files lie under this name. */
  readonly key: string
  readonly signal?: AbortSignal
  /** How many of the tensors are written. */
  readonly onTensor?: (done: number, tensors: number) => void
  /** A file was there, and its bytes are not those that were written: it goes. */
  readonly onDamaged?: (path: string) => void
}

/**
 * A network's weights with matrices rounded to 8 bits (see `roundInto`), in a file that is written where there is none:
 * its matrices [outputs, inputs] become I8 [inputs, outputs] and F32 scales [outputs]; the rest is as it was. The file's
 * name holds its sha256, and it has that name only when it is whole.
 * @throws FramewrightError E_WEIGHTS when the network's files cannot be read; E_OUTPUT
 */
export async function int8WeightFile(network: WeightFile, options: Int8FileOptions): Promise<WeightFile> {
  const found = await findWhole(options)
  return mapWeightFile(found ?? (await writeFile(network, options)), ['F32', 'F16', 'BF16', 'I8'])
}

/** The file of this key, where its bytes are still those that were written. */
async function findWhole({ folder, key, signal, onDamaged }: Int8FileOptions): Promise<string | null> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, sha256] = new RegExp(`^${key}-([0-9a-f]{32})\\.safetensors$`).exec(name) ?? []
    if (sha256 === undefined) continue
    const path = join(folder, name)
    const now = await fileSha256(path, signal ? { signal } : {})
    if (now.slice(0, 32) === sha256) return path
    onDamaged?.(path)
    await rm(path, { force: true })
  }
  return null
}

async function writeFile(network: WeightFile, options: Int8FileOptions): Promise<string> {
  const { folder, key, signal } = options
  const temporary = temporaryName(join(folder, key))
  try {
    await mkdir(folder, { recursive: true })
    await removeLeftOvers(folder)
    const file = await open(temporary, 'wx')
    try {
      await writeTensors(file, network, options)
      await file.sync()
    } finally {
      await file.close()
    }
    const sha256 = await fileSha256(temporary, signal ? { signal } : {})
    const path = join(folder, `${key}-${sha256.slice(0, 32)}.safetensors`)
    await rename(temporary, path)
    return path
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    signal?.throwIfAborted()
    throw outputError(folder, cause)
  }
}

async function writeTensors(file: FileHandle, network: WeightFile, options: Int8FileOptions): Promise<void> {
  const layout = layOutSafetensors(typesOf(network, options), { format: 'framewright', rounding: 'int8' })
  await writeAll(file, layout.head, 0)
  let done = 0
  for (const [name, weight] of network.weights) {
    options.signal?.throwIfAborted()
    const source = await open(join(network.weightFolder, weight.location)).catch((cause: unknown) => {
      throw new FramewrightError('E_WEIGHTS', `weights cannot be read from ${weight.location}`, { cause })
    })
    try {
      if (options.isRounded(name, weight.shape)) {
        await writeRounded(file, layout, { name, scale: options.scaleName(name) }, { source, weight })
      } else await copyTensor(file, placeOf(layout, name), { source, weight })
    } finally {
      await source.close()
    }
    options.onTensor?.(++done, network.weights.size)
  }
}

function typesOf({ weights }: WeightFile, { isRounded, scaleName }: Rounding): Map<string, Tensor> {
  const types = new Map<string, Tensor>()
  for (const [name, { shape, fileType }] of weights) {
    if (!isRounded(name, shape)) types.set(name, { dtype: fileType, shape })
    else {
      const [outputs = 0, inputs = 0] = shape
      types.set(name, { dtype: 'I8', shape: [inputs, outputs] })
      types.set(scaleName(name), { dtype: 'F32', shape: [outputs] })
    }
  }
  return types
}

type Tensor = Pick<RawTensor, 'dtype' | 'shape'>

interface Source {
  readonly source: FileHandle
  readonly weight: MappedWeight
}

/** Outputs that are read and rounded together: their numbers fit into a core's cache, and take some milliseconds. */
const rowsAtOnce = 64

async function writeRounded(
  file: FileHandle,
  layout: SafetensorsLayout,
  names: { readonly name: string; readonly scale: string },
  { source, weight }: Source,
): Promise<void> {
  const [outputs = 0, inputs = 0] = weight.shape
  const rowBytes = weight.length / outputs
  const matrix = emptyInt8Matrix(inputs, outputs)
  for (let first = 0; first < outputs; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, outputs - first)
    const data = await readAll(source, weight.offset + first * rowBytes, count * rowBytes)
    try {
      roundInto(matrix, tensorToFloat32({ dtype: weight.fileType, shape: [count, inputs], data }), first)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new FramewrightError('E_WEIGHTS', `${names.name} cannot be rounded to 8 bits: ${reason}`, {
        cause,
      })
    }
  }
  await writeAll(file, bytesOf(matrix.data), placeOf(layout, names.name))
  await writeAll(file, bytesOf(matrix.scales), placeOf(layout, names.scale))
}

/** Bytes that are copied at once. */
const pieceBytes = 2 ** 24

async function copyTensor(file: FileHandle, to: number, { source, weight }: Source): Promise<void> {
  for (let done = 0; done < weight.length; done += pieceBytes) {
    const length = Math.min(pieceBytes, weight.length - done)
    await writeAll(file, await readAll(source, weight.offset + done, length), to + done)
  }
}

function placeOf(layout: SafetensorsLayout, name: string): number {
  const place = layout.tensors.get(name)
  if (!place) throw new RangeError(`${name} is not in the layout`)
  return place.offset
}

async function readAll(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done)
    if (bytesRead === 0) throw new FramewrightError('E_WEIGHTS', 'a file of weights is cut short')
    done += bytesRead
  }
  return bytes
}

async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done)
    done += bytesWritten
  }
}
