import { afterAll, expect, test } from 'vitest'
import { hostTensor } from '../../graph/index.ts'
import { relativeError } from '../../graph/test-golden.ts'
import { mainThreadRuntime } from '../../runtime/node.ts'
import { openWanCheckpoint } from './checkpoint.ts'
import { denoiseLatents } from './denoise.ts'
import { cleanPrompt, encodePrompts, openTransformer, openVae, toVaeLatents } from './networks.ts'
import { walkOf } from './scheduler.ts'
import { tinyCases, tinyGolden, tinyWan } from './test-tiny.ts'

const runtime = await mainThreadRuntime()
afterAll(() => runtime.close())
const session = { threads: 1 }
const checkpoint = await openWanCheckpoint(tinyWan)

const residents = [3, 1, 0]

test.each(tinyCases)(
  '%s: six steps and the decoded frames are those of diffusers’ WanPipeline',
  async (name, one) => {
    const noise = tinyGolden.get(`${name}/noise`)
    const [, , frames = 0, rows = 0, columns = 0] = noise.shape
    const texts = one.guidance > 1 ? [one.prompt, one.negative] : [one.prompt]
    const encoded = await encodePrompts(checkpoint, runtime, texts, { session })
    for (const resident of residents) {
      const network = openTransformer(checkpoint, runtime, [frames, rows, columns], { resident, session })
      const readings = []
      for (const { vectors } of encoded) readings.push(await network.read(vectors))
      const [prompt = {}, negative = null] = readings
      const walk = walkOf(one.sampler, { ...one, noise: () => new Float32Array(0) })
      const start = noise.data as Float32Array
      const x = await denoiseLatents(network, {
        ...walk,
        noise: start,
        prompt,
        negative,
        guidance: one.guidance,
      })
      await network.close()
      expect(relativeError(hostTensor(x, noise.shape), tinyGolden.get(`${name}/latents`))).toBeLessThan(1e-4)
      if (resident !== 0) continue
      const vae = openVae(checkpoint, runtime, session)
      const film: number[] = []
      for await (const chunk of vae.decode(hostTensor(toVaeLatents(checkpoint, x), noise.shape))) {
        const [, , count = 0, height = 0, width = 0] = chunk.shape
        const area = height * width
        for (let f = 0; f < count; f++) {
          for (let i = 0; i < area; i++) {
            for (let c = 0; c < 3; c++) film.push(Number(chunk.data[(c * count + f) * area + i]) / 2 + 0.5)
          }
        }
      }
      await vae.close()
      const expected = tinyGolden.get(`${name}/frames`)
      expect(relativeError(hostTensor(Float32Array.from(film), expected.shape), expected)).toBeLessThan(1e-3)
    }
  },
)

test('names of characters and white space are read as diffusers reads them, before the tokenizer', async () => {
  // By diffusers.pipelines.wan.pipeline_wan.prompt_clean, 0.42.1, without ftfy.
  const cleaned = [
    ['  a cat &amp;amp; a dog ', 'a cat & a dog'],
    ['Tom &amp;lt;3\n\tthe caf&eacute;', 'Tom <3 the café'],
    ['a&nbsp;&emsp;b &#x1F98A;', 'a b 🦊'],
    ['&amp;amp;amp;', '&amp;'],
    ['\u001fa\u001c\u0085b\ufeff c\ufeff', 'a\u001c b\ufeff c\ufeff'],
  ] as const
  for (const [given, expected] of cleaned) expect(cleanPrompt(given)).toBe(expected)
  const [given, plain] = await encodePrompts(checkpoint, runtime, ['a cat &amp; a\ndog', 'a cat & a dog'], {
    session,
  })
  expect(given?.vectors).toEqual(plain?.vectors)
})
