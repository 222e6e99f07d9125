import { createHash } from 'node:crypto'
import { type FileHashOptions, fileSha256 } from '../../runtime/file-hash.ts'
import { networkSha256 } from '../../runtime/network-hash.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import type { LoraFile } from './lora.ts'

/**
 * Everything that a video depends on beside its options, to the bit: the networks' sizes and weights, the tokenizer,
 * and LoRA files. The first time every byte is read; afterwards only what has changed since.
 * @throws FramewrightError E_WEIGHTS when a file cannot be read
 */
export async function checkpointSha256(
  { transformer, vae, text, pictures, tokenizer }: WanCheckpoint,
  loras: readonly LoraFile[],
  options: FileHashOptions = {},
): Promise<string> {
  const hash = createHash('sha256')
  const networks = [transformer, vae, text, ...(pictures ? [pictures.encoder] : [])]
  hash.update(JSON.stringify([...networks.map(({ config }) => config), pictures?.preparation ?? null]))
  hash.update(await networkSha256(networks, options))
  hash.update(createHash('sha256').update(tokenizer).digest())
  for (const { path } of loras) hash.update(await fileSha256(path, options))
  return hash.digest('hex')
}
