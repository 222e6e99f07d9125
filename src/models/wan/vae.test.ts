import * as ort from 'onnxruntime-node'
import { afterAll, expect, test } from 'vitest'
import { at, type HostTensor, hostTensor, localRuntime } from '../../graph/index.ts'
import { readGoldenFile, relativeError } from '../../graph/test-golden.ts'
import { parseWanVaeConfig } from './published-config.ts'
import { openWanVae } from './vae-session.ts'

const golden = readGoldenFile('wan-vae')
const runtime = localRuntime(ort)
afterAll(() => runtime.close())

const cases = golden.names.flatMap((name) => {
  const [network = '', film = '', last] = name.split('/')
  return last === 'decoded' ? [[network, film] as const] : []
})

function open(network: string, film: string) {
  const [size, stride] =
    film === 'tiled' ? (golden.configs[network] as { tiles: [number, number] }).tiles : [256, 192]
  const weights = golden.under(`${network}/weights/`)
  const config = parseWanVaeConfig(golden.configs[network], network)
  return openWanVae(runtime, config, weights, { tiles: { size, stride }, session: { threads: 1 } })
}

/** Where the reference's frames are those of a chunk. */
function framesOf({ data, shape }: HostTensor, start: number, end: number): HostTensor {
  const [, channels, frames, height, width] = shape as readonly [number, number, number, number, number]
  const plane = height * width
  const parts = Array.from({ length: channels }, (_, c) =>
    Array.from((data as Float32Array).subarray((c * frames + start) * plane, (c * frames + end) * plane)),
  )
  return hostTensor(Float32Array.from(parts.flat()), [1, channels, end - start, height, width])
}

test.each(cases)('%s/%s: latents and frames are those of diffusers', async (network, film) => {
  const vae = open(network, film)
  const mean = await vae.encode(golden.get(`${network}/${film}/frames`))
  expect(relativeError(mean, golden.get(`${network}/${film}/mean`))).toBeLessThan(2e-5)
  const decoded = golden.get(`${network}/${film}/decoded`)
  let frames = 0
  for await (const chunk of vae.decode(golden.get(`${network}/${film}/latents`))) {
    const end = frames + at(chunk.shape, 2)
    expect(relativeError(chunk, framesOf(decoded, frames, end))).toBeLessThan(2e-5)
    frames = end
  }
  expect(frames).toBe(at(decoded.shape, 2))
  await vae.close()
})

test('videos, tiles and weights that do not fit are refused', async () => {
  const vae = open('published', 'film')
  const wrong = vae.encode(hostTensor(new Float32Array(3 * 4 * 64), [1, 3, 4, 8, 8]))
  await expect(wrong).rejects.toThrow(/4·k \+ 1 frames.*1×3×4×8×8/)
  await vae.close()
  const config = parseWanVaeConfig(golden.configs.published, 'config.json')
  const weights = golden.under('published/weights/')
  expect(() => openWanVae(runtime, config, weights, { tiles: { size: 20, stride: 16 } })).toThrow(RangeError)
  expect(() => openWanVae(runtime, config, golden.under('other/weights/'))).toThrow(
    expect.objectContaining({ code: 'E_WEIGHTS' }),
  )
  const json = golden.configs.published as object
  expect(() => parseWanVaeConfig({ ...json, is_residual: true }, 'c')).toThrow(/is_residual/)
  expect(() => parseWanVaeConfig({ ...json, latents_std: [1] }, 'c')).toThrow(/z_dim/)
})

test('decoding stops between tiles when aborted', async () => {
  const vae = open('published', 'film')
  const stop = new AbortController()
  const reason = new Error('enough')
  const seen: number[] = []
  const walk = async (): Promise<void> => {
    for await (const chunk of vae.decode(golden.get('published/film/latents'), { signal: stop.signal })) {
      seen.push(at(chunk.shape, 2))
      stop.abort(reason)
    }
  }
  await expect(walk()).rejects.toBe(reason)
  expect(seen).toEqual([1])
  await vae.close()
})
