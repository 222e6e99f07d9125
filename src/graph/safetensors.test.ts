import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FramewrightError } from '../util/errors.ts'
import type { RawTensor, SafetensorsDtype } from './safetensors.ts'
import {
  readSafetensors,
  readSafetensorsHeader,
  safetensorsElementBytes,
  writeSafetensors,
} from './safetensors.ts'
import { bytesOf, tensorToFloat32 } from './tensor-bytes.ts'

/** A file put together by hand: any header text, any claim about its length, any data. */
function file(header: string, dataBytes: number, claimedLength?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, claimedLength ?? BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes
}

const u8 = (begin: number, end: number, extra = '') =>
  `{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]${extra}}`

const dtypes = Object.keys(safetensorsElementBytes) as SafetensorsDtype[]

const tensor: fc.Arbitrary<RawTensor> = fc
  .record({
    dtype: fc.constantFrom(...dtypes),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    fill: fc.nat(255),
  })
  .map(({ dtype, shape, fill }) => {
    const length = shape.reduce((product, size) => product * size, safetensorsElementBytes[dtype])
    return { dtype, shape, data: Uint8Array.from({ length }, (_, i) => (i * 7 + fill) % 256) }
  })

const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '1', '10', 'a"b', '\u0000'))

const tensors = fc
  .uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 8 })
  .map((pairs) => new Map(pairs))

describe('readSafetensors', () => {
  it('reads a file written by hand from the format’s description', () => {
    const bytes = file(
      '{"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"__metadata__":{"by":"hand"}}  ',
      8,
    )
    new DataView(bytes.buffer).setFloat32(bytes.length - 8, 1.5, true)
    new DataView(bytes.buffer).setFloat32(bytes.length - 4, -2, true)
    const { tensors, metadata } = readSafetensors(bytes)
    const x = tensors.get('x')
    expect(metadata).toEqual({ by: 'hand' })
    expect(x?.shape).toEqual([1, 2])
    expect(x && [...tensorToFloat32(x)]).toEqual([1.5, -2])
  })

  it('takes an empty file of no tensors, and tensors of no elements', () => {
    expect(readSafetensors(file('{}', 0)).tensors.size).toBe(0)
    const header = `{"a":${u8(0, 2)},"b":{"dtype":"F16","shape":[3,0],"data_offsets":[2,2]},"c":${u8(2, 3)}}`
    expect([...readSafetensors(file(header, 3)).tensors.keys()]).toEqual(['a', 'b', 'c'])
  })

  it.each([
    ['nothing', new Uint8Array(0), /has 0 bytes/],
    ['less than a length', new Uint8Array(7), /has 7 bytes/],
    ['a header longer than the file', file('{}', 0, 3n), /claims 3 bytes, but only 2/],
    [
      'a header longer than memory',
      file('{}', 0, 2n ** 63n),
      /claims 9223372036854775808 bytes, and at most/,
    ],
    ['a header shorter than its JSON', file('{"a":{}}', 0, 4n), /not JSON/],
    ['a header of no bytes', file('', 4), /not JSON/],
    ['no JSON', file('{"a":}', 0), /not JSON/],
    ['no UTF-8', Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x22, 0xff, 0x22), /not JSON/],
    ['a byte order mark', file('\ufeff{}', 0), /not JSON/],
    ['a list', file('[]', 0), /not an object/],
    ['null', file('null', 0), /not an object/],
    ['a tensor that is a number', file('{"a":1}', 0), /"a" is not described/],
    ['a missing dtype', file('{"a":{"shape":[0],"data_offsets":[0,0]}}', 0), /dtype undefined/],
    [
      'an unknown dtype',
      file('{"a":{"dtype":"toString","shape":[0],"data_offsets":[0,0]}}', 0),
      /dtype "toString"/,
    ],
    [
      'a negative size',
      file('{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}', 0),
      /shape that is not/,
    ],
    [
      'a size with a fraction',
      file('{"a":{"dtype":"U8","shape":[0.5],"data_offsets":[0,0]}}', 0),
      /shape that is not/,
    ],
    [
      'a size beyond 2^53',
      file('{"a":{"dtype":"U8","shape":[1e300],"data_offsets":[0,0]}}', 0),
      /shape that is not/,
    ],
    [
      'three offsets',
      file('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}', 0),
      /not two whole numbers/,
    ],
    [
      'an end before its begin',
      file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}', 2),
      /before its begin/,
    ],
    [
      'bytes that do not fit the shape',
      file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4),
      /takes 8/,
    ],
    ['an unknown field', file(`{"a":${u8(0, 1, ',"x":1')}}`, 1), /unknown field "x"/],
    ['a name twice', file(`{"a":${u8(0, 1)},"a":${u8(0, 1)}}`, 1), /key "a" twice/],
    ['a name twice in two spellings', file(`{"a":${u8(0, 1)},"\\u0061" :${u8(1, 2)}}`, 2), /key "a" twice/],
    ['a field twice', file(`{"a":${u8(0, 1, ',"dtype":"U8"')}}`, 1), /key "dtype" twice/],
    ['the same bytes twice', file(`{"a":${u8(0, 2)},"b":${u8(0, 2)}}`, 2), /overlaps .* by 2 bytes/],
    ['an overlap', file(`{"a":${u8(0, 2)},"b":${u8(1, 3)}}`, 3), /"b" overlaps .* by 1 bytes/],
    ['a gap', file(`{"a":${u8(0, 2)},"b":${u8(3, 4)}}`, 4), /1 bytes before tensor "b"/],
    ['a gap at the start', file(`{"a":${u8(1, 2)}}`, 2), /1 bytes before tensor "a"/],
    ['a truncated tensor', file(`{"a":${u8(0, 4)}}`, 3), /1 bytes past the end/],
    ['trailing bytes', file(`{"a":${u8(0, 1)}}`, 3), /2 bytes after/],
    ['metadata that are not strings', file('{"__metadata__":{"a":1}}', 0), /"a" is not one/],
    ['metadata that are a list', file('{"__metadata__":["a"]}', 0), /object of strings/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message)
    expect(() => readSafetensors(bytes)).toThrow(expect.objectContaining({ code: 'E_WEIGHTS' }))
  })

  it('fails on random bytes with E_WEIGHTS only', () => {
    const damaged = fc
      .tuple(tensors, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }), fc.nat(20))
      .map(([map, changes, cut]) => {
        const bytes = writeSafetensors(map, { a: 'b' })
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        return bytes.subarray(0, bytes.length - cut)
      })
    const random = fc.uint8Array({ maxLength: 64 })
    const jsonLike = fc.json().map((json) => file(json, 4))
    fc.assert(
      fc.property(fc.oneof(damaged, random, jsonLike), (bytes) => {
        try {
          readSafetensors(bytes)
        } catch (error) {
          if (!FramewrightError.is(error) || error.code !== 'E_WEIGHTS') throw error
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('writeSafetensors', () => {
  it('is undone by reading', () => {
    const metadata = fc.dictionary(name, fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(tensors, metadata, (map, meta) => {
        const bytes = writeSafetensors(map, meta)
        const read = readSafetensors(bytes)
        expect(new Map([...read.tensors].sort())).toEqual(new Map([...map].sort()))
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(meta).sort())
        expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n)
        expect(writeSafetensors(read.tensors, read.metadata)).toEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('aligns every tensor to its element', () => {
    fc.assert(
      fc.property(tensors, (map) => {
        for (const { dtype, data } of readSafetensors(writeSafetensors(map)).tensors.values()) {
          expect(data.byteOffset % safetensorsElementBytes[dtype]).toBe(0)
        }
      }),
    )
  })

  it('refuses data that do not fit, and the reserved name', () => {
    const one: RawTensor = { dtype: 'F32', shape: [], data: new Uint8Array(4) }
    expect(() => writeSafetensors(new Map([['a', { ...one, shape: [2] }]]))).toThrow(/takes 8/)
    expect(() => writeSafetensors(new Map([['__metadata__', one]]))).toThrow(/reserves/)
  })
})

describe('readSafetensorsHeader', () => {
  it('finds the tensors with two small reads', async () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i)
    const bytes = writeSafetensors(
      new Map([['x', { dtype: 'F32', shape: [10, 100], data: bytesOf(values) }]]),
    )
    let bytesRead = 0
    const { tensors } = await readSafetensorsHeader({
      sizeBytes: bytes.length,
      async read(offset, length) {
        bytesRead += length
        return bytes.subarray(offset, offset + length)
      },
    })
    const x = tensors.get('x')
    expect(x).toMatchObject({ dtype: 'F32', shape: [10, 100], sizeBytes: 4000 })
    expect(bytes.subarray(x?.offset)).toEqual(bytesOf(values))
    expect(bytesRead).toBe(bytes.length - 4000)
  })

  it('refuses a source that gives less than it promised', async () => {
    const source = { sizeBytes: 100, read: async () => new Uint8Array(3) }
    await expect(readSafetensorsHeader(source)).rejects.toThrow(/gave 3/)
  })
})
