import { type HostTensor, type Shape, sizeOf } from '../../graph/index.ts'
import type { WanTransformerConfig } from '../../models/index.ts'
import type { WeightAddition, WeightAdditions } from '../../models/wan/additions.ts'
import { transformerName } from '../../models/wan/original-names.ts'
import { wanParameters } from '../../models/wan/transformer-session.ts'
import { isPickle, pickleError } from '../../runtime/network-folder.ts'
import { readTensorFile } from '../../runtime/tensor-file.ts'
import { FramewrightError } from '../../util/errors.ts'

export interface LoraFile {
  readonly path: string
  /** 1 as trained; may be negative. */
  readonly strength: number
}

/**
 * Reads LoRA files for a transformer: those of diffusers and PEFT (`lora_A`, `lora_B`), of programs that keep Wan's own
 * names (`diffusion_model.…`, `lora_down`, `lora_up`, `alpha`), of musubi-tuner (`lora_unet_blocks_0_…`), and whole
 * differences beside them (`diff`, `diff_b`).
 * @throws FramewrightError E_WEIGHTS when one is for another model, or no LoRA
 */
export async function readLoras(
  files: readonly LoraFile[],
  config: WanTransformerConfig,
): Promise<WeightAdditions> {
  const shapes = new Map(wanParameters(config).map(({ name, shape }) => [name, shape] as const))
  const all = new Map<string, WeightAddition[]>()
  for (const { path, strength } of files) {
    if (isPickle(path)) throw pickleError(path)
    const { tensors } = await readTensorFile(path)
    for (const [name, addition] of additionsOf(tensors, strength, shapes, path)) {
      all.set(name, [...(all.get(name) ?? []), addition])
    }
  }
  return all
}

/** What a tensor of a LoRA file is to the layer that it belongs to. */
const roles: readonly (readonly [RegExp, Role])[] = [
  [/\.lora_(?:A|down)(?:\.default)?\.weight$/, 'down'],
  [/\.lora_(?:B|up)(?:\.default)?\.weight$/, 'up'],
  [/\.alpha$/, 'alpha'],
  [/\.diff$/, 'diff'],
  [/\.diff_b$/, 'biasDiff'],
  [/\.lora_B\.bias$/, 'biasDiff'],
]

type Role = 'down' | 'up' | 'alpha' | 'diff' | 'biasDiff'
type Layer = Partial<Record<Role, HostTensor>>

function additionsOf(
  tensors: ReadonlyMap<string, HostTensor>,
  strength: number,
  shapes: ReadonlyMap<string, Shape>,
  path: string,
): Map<string, WeightAddition> {
  const layers = new Map<string, Layer>()
  const problems: string[] = []
  for (const [key, tensor] of tensors) {
    const found = roles.find(([pattern]) => pattern.test(key))
    if (!found) problems.push(`${key} is unknown`)
    else {
      const layer = layerName(key.replace(found[0], ''))
      layers.set(layer, { ...layers.get(layer), [found[1]]: tensor })
    }
  }
  const additions = new Map<string, WeightAddition>()
  for (const [layer, parts] of layers) {
    for (const [name, addition] of layerAdditions(layer, parts, strength)) {
      const problem = addition === null ? `${layer} is not whole` : misfit(name, addition, shapes.get(name))
      if (problem !== null || addition === null) problems.push(problem ?? layer)
      else additions.set(name, addition)
    }
  }
  if (problems.length === 0 && additions.size > 0) return additions
  const shown = problems.slice(0, 4).join('; ') || 'it holds no tensors'
  const more = problems.length > 4 ? ` and ${problems.length - 4} more` : ''
  throw new FramewrightError('E_WEIGHTS', `${path} is no LoRA for this model (${shown}${more})`)
}

const flatNames: readonly (readonly [RegExp, string])[] = [
  [/^lora_unet_/, ''],
  [/^(blocks)_(\d+)_(self_attn|cross_attn)_(.+)$/, '$1.$2.$3.$4'],
  [/^(blocks)_(\d+)_ffn_(\d)$/, '$1.$2.ffn.$3'],
  [/^(time_embedding|text_embedding|time_projection|head)_(\d|head)$/, '$1.$2'],
  [/^img_emb_proj_(\d)$/, 'img_emb.proj.$1'],
]

/** The published name of a layer, without `.weight`. */
function layerName(key: string): string {
  const own = key.startsWith('lora_unet_')
    ? flatNames.reduce((name, [pattern, to]) => name.replace(pattern, to), key)
    : key.replace(/^(?:base_model\.model\.)?(?:transformer\.)?/, '')
  return transformerName(`${own}.weight`).replace(/\.weight$/, '')
}

function* layerAdditions(
  layer: string,
  { down, up, alpha, diff, biasDiff }: Layer,
  strength: number,
): Generator<readonly [string, WeightAddition | null]> {
  if (down || up || alpha) {
    const rank = down?.shape[0] ?? 0
    const scale = strength * (alpha ? Number(alpha.data[0]) / rank : 1)
    yield [`${layer}.weight`, down && up ? { kind: 'low-rank', down: flat(down), up: flat(up), scale } : null]
  }
  if (diff) yield [`${layer}.weight`, { kind: 'full', value: diff, scale: strength }]
  if (biasDiff) yield [`${layer}.bias`, { kind: 'full', value: biasDiff, scale: strength }]
}

/** A convolution's weights as a matrix. */
function flat(tensor: HostTensor): HostTensor {
  const [rows = 1] = tensor.shape
  return { ...tensor, shape: [rows, tensor.data.length / rows] }
}

/** Why an addition does not fit its weight; null where it does. */
function misfit(name: string, addition: WeightAddition, shape: Shape | undefined): string | null {
  if (!shape) return `there is no ${name}`
  const [outputs = 1] = shape
  if (addition.kind === 'full') {
    return addition.value.shape.join() === shape.join()
      ? null
      : `${name} is ${shape.join('×')}, not ${addition.value.shape.join('×')}`
  }
  const { up, down } = addition
  const fits =
    up.shape[0] === outputs && down.shape[1] === sizeOf(shape) / outputs && up.shape[1] === down.shape[0]
  return fits ? null : `${name} is ${shape.join('×')}, not ${up.shape.join('×')} · ${down.shape.join('×')}`
}
