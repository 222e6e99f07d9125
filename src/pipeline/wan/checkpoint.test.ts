import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type HostTensor, input } from '../../graph/index.ts'
import { type ClipVisionConfig, clipVision } from '../../models/clip-vision.ts'
import { parseWanTransformerConfig } from '../../models/index.ts'
import { wanParameters } from '../../models/wan/transformer-session.ts'
import { initialise, Parameters } from '../../nn/index.ts'
import { mapNetworkFolder } from '../../runtime/network-folder.ts'
import { readTensorFile, writeTensorFile } from '../../runtime/tensor-file.ts'
import { openWanCheckpoint } from './checkpoint.ts'
import { copyTinyWan, originalNames, tinyImageWan, tinyWan } from './test-tiny.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function copy(): Promise<string> {
  const folder = await copyTinyWan()
  folders.push(folder)
  return folder
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-wan-'))
  folders.push(folder)
  return folder
}

/** All tensors of a network of a checkpoint. */
async function tensorsOf(part: string, checkpoint = tinyWan): Promise<Map<string, HostTensor>> {
  const { weights, weightFolder } = await mapNetworkFolder(join(checkpoint, part))
  const all = new Map<string, HostTensor>()
  for (const location of new Set([...weights.values()].map((weight) => weight.location))) {
    for (const [name, tensor] of (await readTensorFile(join(weightFolder, location))).tensors)
      all.set(name, tensor)
  }
  return all
}

const files = [
  ['transformer', 'transformer', 'wan2.1_t2v.safetensors'],
  ['vae', 'vae', 'Wan2.1_VAE.safetensors'],
  ['text_encoder', 'text', 'models_t5_umt5.safetensors'],
] as const

/** The tiny checkpoint in the layout of Wan's own code. */
async function original(prefix = ''): Promise<string> {
  const folder = await emptyFolder()
  for (const [part, names, file] of files) {
    const published = await tensorsOf(part)
    const renamed = new Map(
      Object.entries(originalNames[names]).map(([old, name]) => {
        const tensor = published.get(name)
        if (!tensor) throw new RangeError(`no ${name}`)
        return [names === 'transformer' ? prefix + old : old, tensor] as const
      }),
    )
    expect(renamed.size).toBe(published.size)
    await writeTensorFile(join(folder, file), renamed, {}, 'F32')
  }
  await mkdir(join(folder, 'google/umt5-xxl'), { recursive: true })
  await writeFile(
    join(folder, 'google/umt5-xxl/tokenizer.json'),
    await readFile(join(tinyWan, 'tokenizer/tokenizer.json')),
  )
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({
      _class_name: 'WanModel',
      model_type: 't2v',
      dim: 28,
      eps: 1e-6,
      ffn_dim: 40,
      freq_dim: 16,
      in_dim: 16,
      out_dim: 16,
      num_heads: 2,
      num_layers: 3,
      text_len: 512,
    }),
  )
  return folder
}

/** The name of an image-to-video transformer's weight in Wan's own code, of which the golden names lack what is for pictures. */
function originalImageName(published: string): string {
  const known = Object.entries(originalNames.transformer).find(([, name]) => name === published)
  if (known) return known[0]
  return published
    .replace(/^condition_embedder\.image_embedder\.norm1\./, 'img_emb.proj.0.')
    .replace(/^condition_embedder\.image_embedder\.ff\.net\.0\.proj\./, 'img_emb.proj.1.')
    .replace(/^condition_embedder\.image_embedder\.ff\.net\.2\./, 'img_emb.proj.3.')
    .replace(/^condition_embedder\.image_embedder\.norm2\./, 'img_emb.proj.4.')
    .replace(/\.attn2\.add_([kv])_proj\./, '.cross_attn.$1_img.')
    .replace(/\.attn2\.norm_added_k\./, '.cross_attn.norm_k_img.')
}

describe('the layout of diffusers', () => {
  test('is read with its shards, and everything that is in it', async () => {
    const { transformer, vae, text, scheduler } = await openWanCheckpoint(tinyWan)
    expect(transformer.config).toMatchObject({
      heads: 2,
      headWidth: 14,
      layers: 3,
      textWidth: 12,
      hidden: 40,
    })
    expect(vae.config).toMatchObject({ width: 2, latentChannels: 16, widths: [1, 2, 4, 4] })
    expect(text.config).toMatchObject({ layers: 2, width: 12, positions: 'each-layer' })
    expect(scheduler).toEqual({ sampler: 'unipc', shift: 3 })
    expect(new Set([...transformer.weights.values()].map(({ location }) => location)).size).toBeGreaterThan(1)
  })

  test('a tokenizer that is damaged or of another model is named, with what to do', async () => {
    const folder = await copy()
    const path = join(folder, 'tokenizer/tokenizer.json')
    const whole = await readFile(path, 'utf8')
    const json = JSON.parse(whole)
    const more = Array.from({ length: 4000 }, (_, i) => [`x${i}`, -20])
    const larger = { ...json, model: { ...json.model, vocab: [...json.model.vocab, ...more] } }
    const problems = [
      [whole.slice(0, whole.length / 2), /tokenizer\.json is not a WordPiece/],
      [JSON.stringify({ ...json, model: { type: 'WordLevel' } }), /tokenizer\.json is not a WordPiece/],
      [JSON.stringify(larger), /it has \d+ tokens, and the text encoder \d+/],
    ] as const
    for (const [text, problem] of problems) {
      await writeFile(path, text)
      const opening = openWanCheckpoint(folder)
      await expect(opening).rejects.toMatchObject({
        code: 'E_WEIGHTS',
        message: expect.stringMatching(problem),
      })
      await expect(opening).rejects.toThrow(`${path} is damaged, or of another model: `)
      await expect(opening).rejects.toThrow(/: bring it again from where the weights come from$/)
    }
  })

  test('weights that are missing, unexpected and of another shape are listed together', async () => {
    const folder = await copy()
    const tensors = await tensorsOf('vae')
    await rm(join(folder, 'vae'), { recursive: true })
    const conv = tensors.get('decoder.conv_in.bias')
    if (!conv) throw new RangeError('no conv_in')
    tensors.delete('decoder.conv_in.bias')
    tensors.set('decoder.conv_in.offset', conv)
    tensors.set('post_quant_conv.bias', { data: new Float32Array(3), shape: [3], dtype: 'f32' })
    await writeTensorFile(join(folder, 'vae/diffusion_pytorch_model.safetensors'), tensors, {}, 'F32')
    await writeFile(join(folder, 'vae/config.json'), await readFile(join(tinyWan, 'vae/config.json')))
    await expect(openWanCheckpoint(folder)).rejects.toMatchObject({
      code: 'E_WEIGHTS',
      message: expect.stringMatching(
        /vae.*missing: decoder\.conv_in\.bias; unexpected: decoder\.conv_in\.offset; .*post_quant_conv\.bias is 3, not 16/,
      ),
    })
  })

  test('what published image-to-video files hold and no network has is passed over', async () => {
    const folder = await tinyImageWan('wan-tiny-i2v')
    folders.push(folder)
    const { transformer, pictures } = await openWanCheckpoint(folder)
    const extra = {
      transformer: 'blocks.0.attn2.norm_added_q.weight',
      image_encoder: 'visual_projection.weight',
    }
    for (const [part, name] of Object.entries(extra)) {
      const tensors = await tensorsOf(part, folder)
      for (const file of await readdir(join(folder, part))) {
        if (file !== 'config.json') await rm(join(folder, part, file))
      }
      tensors.set(name, { data: new Float32Array(28), shape: [28], dtype: 'f32' })
      await writeTensorFile(join(folder, part, 'model.safetensors'), tensors, {}, 'F32')
    }
    const read = await openWanCheckpoint(folder)
    expect([...read.transformer.weights.keys()].sort()).toEqual([...transformer.weights.keys()].sort())
    const names = [...(pictures?.encoder.weights.keys() ?? [])]
    expect([...(read.pictures?.encoder.weights.keys() ?? [])].sort()).toEqual(names.sort())
  })

  test('half a file, a shard that is not there, and an index that names another folder are refused', async () => {
    const folder = await copy()
    const shards = join(folder, 'transformer')
    const [first = '', second = ''] = [1, 2].map((n) =>
      join(shards, `diffusion_pytorch_model-0000${n}-of-00004.safetensors`),
    )
    await truncate(second, 30_000)
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/00002-of-00004\.safetensors: .*truncated/)
    await rm(second)
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/cannot be read.*00002-of-00004/)
    await mkdir(second)
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/00002-of-00004\.safetensors: it is no file/)
    await rm(second, { recursive: true })
    await rename(first, second)
    await writeFile(first, await readFile(second))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/does not fit its files \(.* and \d+ more\)/)
    const index = join(shards, 'diffusion_pytorch_model.safetensors.index.json')
    await writeFile(index, JSON.stringify({ weight_map: { a: '../../secret.safetensors' } }))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/names "\.\.\/\.\.\/secret/)
  })

  test('a pickle is refused and not opened', async () => {
    const folder = await copy()
    await rm(join(folder, 'transformer'), { recursive: true })
    await mkdir(join(folder, 'transformer'))
    await writeFile(
      join(folder, 'transformer/config.json'),
      await readFile(join(tinyWan, 'transformer/config.json')),
    )
    await writeFile(join(folder, 'transformer/diffusion_pytorch_model.bin'), 'cos\nsystem\n')
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/\.bin is a pickle file, which runs code/)
  })

  test('another model, another scheduler and no model at all are told', async () => {
    const folder = await copy()
    await expect(openWanCheckpoint(join(folder, 'nowhere'))).rejects.toThrow(/no model and no folder/)
    const scheduler = join(folder, 'scheduler/scheduler_config.json')
    await writeFile(scheduler, JSON.stringify({ _class_name: 'DDIMScheduler' }))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/describes no scheduler that can be run/)
    const published = JSON.parse(await readFile(join(tinyWan, 'scheduler/scheduler_config.json'), 'utf8'))
    const others = [
      { solver_order: 3 },
      { solver_type: 'bh1' },
      { predict_x0: false },
      { lower_order_final: false },
      { disable_corrector: [0] },
      { final_sigmas_type: 'sigma_min' },
      { use_karras_sigmas: true },
      { use_dynamic_shifting: true },
      { shift_terminal: 0.1 },
      { num_train_timesteps: 500 },
    ]
    for (const other of others) {
      await writeFile(scheduler, JSON.stringify({ ...published, ...other }))
      const [name = ''] = Object.keys(other)
      await expect(openWanCheckpoint(folder), name).rejects.toThrow(
        new RegExp(`describes no scheduler that can be run \\(${name}`),
      )
    }
    const euler = { _class_name: 'FlowMatchEulerDiscreteScheduler', shift: 3, stochastic_sampling: true }
    await writeFile(scheduler, JSON.stringify(euler))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/stochastic_sampling/)
    await writeFile(join(folder, 'model_index.json'), '[]')
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/describes no pipeline, and only/)
    await writeFile(join(folder, 'model_index.json'), JSON.stringify({ _class_name: 'FluxPipeline' }))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/describes a "FluxPipeline"/)
  })
})

describe("the layout of Wan's own code", () => {
  test.each(['', 'model.diffusion_model.'])('with prefix "%s" gives the same networks', async (prefix) => {
    const [own, published] = [
      await openWanCheckpoint(await original(prefix)),
      await openWanCheckpoint(tinyWan),
    ]
    for (const part of ['transformer', 'vae', 'text'] as const) {
      expect(own[part].config, part).toEqual(published[part].config)
      expect([...own[part].weights.keys()].sort(), part).toEqual([...published[part].weights.keys()].sort())
    }
  })

  test('for image-to-video has a picture encoder as well, whose sizes its shapes tell', async () => {
    const folder = await original()
    const read = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...read, model_type: 'i2v', in_dim: 36 }))
    const published = parseWanTransformerConfig(
      JSON.parse(await readFile(join(tinyWan, 'transformer/config.json'), 'utf8')),
      'config.json',
    )
    const config = { ...published, channelsIn: 36, picture: { width: 160, positions: null } }
    const weights = initialise(wanParameters(config), 1)
    const renamed = [...weights].map(([name, tensor]) => [originalImageName(name), tensor] as const)
    await writeTensorFile(join(folder, files[0][2]), new Map(renamed), {}, 'F32')
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/none of its files is Wan’s picture encoder/)
    const shape = { imageSize: 28, patchSize: 14, width: 160, layers: 3, heads: 2, hidden: 24 }
    const clip: ClipVisionConfig = { ...shape, activation: 'gelu', epsilon: 1e-5 }
    const parameters = new Parameters()
    clipVision(parameters, input('pixels', [1, 3, 28, 28]), { ...clip, layers: 4 })
    const encoder = [...initialise(parameters.list, 2)].map(
      ([name, t]) => [`vision_model.${name}`, t] as const,
    )
    await writeTensorFile(join(folder, 'clip_vision_h.safetensors'), new Map(encoder), {}, 'F32')
    const { transformer, pictures } = await openWanCheckpoint(folder)
    expect(transformer.config).toEqual(config)
    expect([...transformer.weights.keys()].sort()).toEqual([...weights.keys()].sort())
    expect(pictures?.encoder.config).toEqual(clip)
    expect(pictures?.preparation).toMatchObject({ size: { shorter: 28 }, crop: { width: 28, height: 28 } })
  })

  test('has its transformer in several files with an index where it is large', async () => {
    const folder = await original()
    const [, , file] = files[0]
    const { tensors } = await readTensorFile(join(folder, file))
    const halves = ['diffusion_pytorch_model-00001-of-00002', 'diffusion_pytorch_model-00002-of-00002']
    const shards = halves.map((name, half) => {
      const own = [...tensors].filter((_, i) => i % 2 === half)
      return [`${name}.safetensors`, new Map(own)] as const
    })
    for (const [name, own] of shards) await writeTensorFile(join(folder, name), own, {}, 'F32')
    const map = shards.flatMap(([name, own]) => [...own.keys()].map((key) => [key, name]))
    const index = { metadata: {}, weight_map: Object.fromEntries(map) }
    await writeFile(join(folder, 'diffusion_pytorch_model.safetensors.index.json'), JSON.stringify(index))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/are both a transformer/)
    await rm(join(folder, file))
    const { transformer } = await openWanCheckpoint(folder)
    expect(new Set([...transformer.weights.values()].map(({ location }) => location)).size).toBe(2)
    const published = await openWanCheckpoint(tinyWan)
    expect([...transformer.weights.keys()].sort()).toEqual([...published.transformer.weights.keys()].sort())
    await truncate(join(folder, shards[1]?.[0] ?? ''), 1000)
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/00002-of-00002\.safetensors: /)
  })

  test('a file too few, one too many, and a pickle are told by name', async () => {
    const folder = await original()
    const path = join(folder, 'models_t5_umt5.safetensors')
    await writeFile(join(folder, 'copy.safetensors'), await readFile(path))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/are both a text encoder/)
    await rm(join(folder, 'copy.safetensors'))
    await rm(path)
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/none of its files is Wan’s text encoder/)
    await writeFile(join(folder, 'models_t5_umt5-xxl-enc-bf16.pth'), '')
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/enc-bf16\.pth is a pickle file/)
    await expect(openWanCheckpoint(join(folder, 'models_t5_umt5-xxl-enc-bf16.pth'))).rejects.toThrow(/pickle/)
  })

  test('without config.json only published sizes are known', async () => {
    const folder = await original()
    await rm(join(folder, 'config.json'))
    await expect(openWanCheckpoint(folder)).rejects.toThrow(/no published Wan 2\.1 transformer \(28 wide/)
  })
})
