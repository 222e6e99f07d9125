import { FramewrightError } from '../util/errors.ts'
import { findDuplicateKey } from './json-keys.ts'

/**
 * The safetensors file format (https://github.com/huggingface/safetensors, README, "Format"):
 * 8 bytes, the header's length N as a little-endian u64; N bytes of JSON; then the tensors' bytes, row-major and
 * little-endian, without gaps. Read strictly: a file that this reader takes, every reader takes.
 */

/** Bytes of one element. */
export const safetensorsElementBytes = {
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const

export type SafetensorsDtype = keyof typeof safetensorsElementBytes

/** One tensor; `data` holds its bytes as in the file, not converted, at no particular alignment. */
export interface RawTensor {
  readonly dtype: SafetensorsDtype
  readonly shape: readonly number[]
  readonly data: Uint8Array
}

/** Where a tensor lies in its file. */
export interface TensorEntry {
  readonly dtype: SafetensorsDtype
  readonly shape: readonly number[]
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly sizeBytes: number
}

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>
  /** By name, in the order of their offsets. */
  readonly tensors: ReadonlyMap<string, TensorEntry>
}

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>
  /** By name, in the order of their offsets; the data are views of the file's bytes, not copies. */
  readonly tensors: ReadonlyMap<string, RawTensor>
}

/** Bytes that can be read in part: a file, or a server that knows ranges. */
export interface ByteSource {
  readonly sizeBytes: number
  /** Exactly `length` bytes from `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>
}

const lengthBytes = 8
// The reference implementation's limit.
const maxHeaderBytes = 100_000_000

/**
 * Reads a whole file.
 * @throws FramewrightError `E_WEIGHTS` if the bytes are not a well-formed safetensors file
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const headerBytes = headerLength(bytes.subarray(0, lengthBytes), bytes.length)
  const header = parseHeader(bytes.subarray(lengthBytes, lengthBytes + headerBytes), bytes.length)
  const tensors = new Map<string, RawTensor>()
  for (const [name, { dtype, shape, offset, sizeBytes }] of header.tensors) {
    tensors.set(name, { dtype, shape, data: bytes.subarray(offset, offset + sizeBytes) })
  }
  return { metadata: header.metadata, tensors }
}

/**
 * Reads the header only, in two small reads.
 * @throws FramewrightError `E_WEIGHTS` if the source is not a well-formed safetensors file
 */
export async function readSafetensorsHeader(source: ByteSource): Promise<SafetensorsHeader> {
  const first = await readExactly(source, 0, Math.min(lengthBytes, source.sizeBytes))
  const headerBytes = headerLength(first, source.sizeBytes)
  return parseHeader(await readExactly(source, lengthBytes, headerBytes), source.sizeBytes)
}

/** A file that is not there yet: its first bytes, and where each tensor's will be. */
export interface SafetensorsLayout {
  /** The header, with its length before it. */
  readonly head: Uint8Array<ArrayBuffer>
  /** In the order of their offsets. */
  readonly tensors: ReadonlyMap<string, TensorEntry>
  readonly sizeBytes: number
}

/**
 * Lays out a file. Wide elements come first, then the order is the names', so that every tensor is aligned to its
 * element and the same tensors give the same bytes.
 * @throws FramewrightError `E_WEIGHTS` if a name is reserved
 */
export function layOutSafetensors(
  tensors: ReadonlyMap<string, Pick<RawTensor, 'dtype' | 'shape'>>,
  metadata: Readonly<Record<string, string>> = {},
): SafetensorsLayout {
  const sorted = [...tensors].sort(([nameA, a], [nameB, b]) => {
    const wider = safetensorsElementBytes[b.dtype] - safetensorsElementBytes[a.dtype]
    return wider !== 0 ? wider : nameA < nameB ? -1 : 1
  })
  const fields: string[] = []
  const metadataEntries = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))
  if (metadataEntries.length > 0) {
    // Written by hand: a JavaScript object would put keys that look like numbers first.
    const pairs = metadataEntries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    fields.push(`"__metadata__":{${pairs.join(',')}}`)
  }
  const places: (readonly [string, TensorEntry])[] = []
  let begin = 0
  for (const [name, { dtype, shape }] of sorted) {
    if (name === '__metadata__') throw fail('a tensor cannot be named "__metadata__": the format reserves it')
    const sizeBytes = tensorBytes(dtype, shape)
    const entry = { dtype, shape, data_offsets: [begin, begin + sizeBytes] }
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`)
    places.push([name, { dtype, shape, offset: begin, sizeBytes }])
    begin += sizeBytes
  }
  const json = new TextEncoder().encode(`{${fields.join(',')}}`)
  const headerBytes = Math.ceil(json.length / 8) * 8
  const head = new Uint8Array(lengthBytes + headerBytes)
  new DataView(head.buffer).setBigUint64(0, BigInt(headerBytes), true)
  head.fill(0x20, lengthBytes)
  head.set(json, lengthBytes)
  return {
    head,
    tensors: new Map(places.map(([name, place]) => [name, { ...place, offset: head.length + place.offset }])),
    sizeBytes: head.length + begin,
  }
}

/**
 * Writes a file, laid out as above.
 * @throws FramewrightError `E_WEIGHTS` if a shape does not fit its data or a name is reserved
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, RawTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  for (const [name, { dtype, shape, data }] of tensors) checkSize(name, dtype, shape, data.length)
  const layout = layOutSafetensors(tensors, metadata)
  const bytes = new Uint8Array(layout.sizeBytes)
  bytes.set(layout.head)
  for (const [name, { data }] of tensors) bytes.set(data, layout.tensors.get(name)?.offset)
  return bytes
}

function headerLength(first: Uint8Array, fileBytes: number): number {
  if (first.length < lengthBytes) {
    throw fail(`the file has ${fileBytes} bytes, and the header's length alone takes ${lengthBytes}`)
  }
  const length = new DataView(first.buffer, first.byteOffset, lengthBytes).getBigUint64(0, true)
  if (length > maxHeaderBytes) {
    throw fail(`the header claims ${length} bytes, and at most ${maxHeaderBytes} are allowed`)
  }
  if (lengthBytes + Number(length) > fileBytes) {
    throw fail(`the header claims ${length} bytes, but only ${fileBytes - lengthBytes} follow its length`)
  }
  return Number(length)
}

function parseHeader(bytes: Uint8Array, fileBytes: number): SafetensorsHeader {
  const root = parseJsonObject(bytes)
  const dataStart = lengthBytes + bytes.length
  const entries: [string, TensorEntry][] = []
  let metadata: Readonly<Record<string, string>> = {}
  for (const [name, value] of Object.entries(root)) {
    if (name === '__metadata__') metadata = parseMetadata(value)
    else entries.push([name, parseEntry(name, value, dataStart)])
  }
  entries.sort(([, a], [, b]) => a.offset - b.offset || a.sizeBytes - b.sizeBytes)
  checkLayout(entries, dataStart, fileBytes)
  return { metadata, tensors: new Map(entries) }
}

function parseJsonObject(bytes: Uint8Array): object {
  let text: string
  let root: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    root = JSON.parse(text)
  } catch (cause) {
    throw fail('the header is not JSON text in UTF-8', cause)
  }
  if (!isObject(root)) throw fail('the header is JSON, but not an object')
  const duplicate = findDuplicateKey(text)
  if (duplicate !== null) throw fail(`the header has the key ${quote(duplicate)} twice`)
  return root
}

function parseMetadata(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) throw fail('"__metadata__" must be an object of strings')
  const pairs = Object.entries(value).map(([key, item]): [string, string] => {
    if (typeof item !== 'string')
      throw fail(`"__metadata__" must hold strings only, and ${quote(key)} is not one`)
    return [key, item]
  })
  return Object.fromEntries(pairs)
}

function parseEntry(name: string, value: unknown, dataStart: number): TensorEntry {
  if (!isObject(value)) throw fail(`tensor ${quote(name)} is not described by an object`)
  const unknownKey = Object.keys(value).find((key) => !['dtype', 'shape', 'data_offsets'].includes(key))
  if (unknownKey !== undefined) throw fail(`tensor ${quote(name)} has the unknown field ${quote(unknownKey)}`)
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>
  if (typeof dtype !== 'string' || !isDtype(dtype)) {
    const known = Object.keys(safetensorsElementBytes).join(', ')
    throw fail(`tensor ${quote(name)} has the dtype ${quote(dtype)}, and only ${known} can be read`)
  }
  if (!isNaturals(shape)) throw fail(`tensor ${quote(name)} has a shape that is not a list of whole numbers`)
  if (!isNaturals(offsets) || offsets.length !== 2) {
    throw fail(`tensor ${quote(name)} has data_offsets that are not two whole numbers`)
  }
  const [begin = 0, end = 0] = offsets
  if (end < begin) throw fail(`tensor ${quote(name)} ends at byte ${end}, before its begin at ${begin}`)
  checkSize(name, dtype, shape, end - begin)
  return { dtype, shape, offset: dataStart + begin, sizeBytes: end - begin }
}

/** Tensors must tile the data: begin where the one before ends, and end with the file. */
function checkLayout(entries: readonly [string, TensorEntry][], dataStart: number, fileBytes: number): void {
  let end = dataStart
  for (const [name, { offset, sizeBytes }] of entries) {
    if (offset + sizeBytes > fileBytes) {
      const missing = offset + sizeBytes - fileBytes
      throw fail(
        `tensor ${quote(name)} reaches ${missing} bytes past the end: the file is truncated or damaged`,
      )
    }
    if (offset < end)
      throw fail(`tensor ${quote(name)} overlaps the tensor before it by ${end - offset} bytes`)
    if (offset > end) throw fail(`${offset - end} bytes before tensor ${quote(name)} belong to no tensor`)
    end = offset + sizeBytes
  }
  if (end < fileBytes) throw fail(`${fileBytes - end} bytes after the last tensor belong to no tensor`)
}

function tensorBytes(dtype: SafetensorsDtype, shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, safetensorsElementBytes[dtype])
}

function checkSize(name: string, dtype: SafetensorsDtype, shape: readonly number[], sizeBytes: number): void {
  const expected = tensorBytes(dtype, shape)
  if (expected !== sizeBytes) {
    const size = `${dtype} of shape [${shape.join(', ')}]`
    throw fail(`tensor ${quote(name)} has ${sizeBytes} bytes, but ${size} takes ${expected}`)
  }
}

async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(offset, length)
  if (bytes.length !== length) {
    throw fail(`reading ${length} bytes at ${offset} gave ${bytes.length}`)
  }
  return bytes
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDtype(text: string): text is SafetensorsDtype {
  return Object.hasOwn(safetensorsElementBytes, text)
}

function isNaturals(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
}

/** Names come from strangers: cut, and with control characters escaped. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

function fail(message: string, cause?: unknown): FramewrightError {
  return new FramewrightError('E_WEIGHTS', `Not a valid safetensors file: ${message}.`, { cause })
}
