import { join } from 'node:path'
import { wanRounding } from '../../models/wan/int8-weights.ts'
import { cacheFolder } from '../../runtime/cache-folder.ts'
import { int8WeightFile } from '../../runtime/int8-file.ts'
import { networkSha256 } from '../../runtime/network-hash.ts'
import type { WanCheckpoint } from './checkpoint.ts'

export interface Int8Options {
  /** Where rounded weights are kept. @default `int8` in the user's caches */
  readonly folder?: string
  readonly signal?: AbortSignal
  readonly onTensor?: (done: number, tensors: number) => void
  readonly onDamaged?: (path: string) => void
}

/**
 * The checkpoint with its transformer's matrices in 8 bits: rounded on first use, into a file of the user's caches that
 * belongs to these weights to the bit; taken from there afterwards.
 * @throws FramewrightError E_WEIGHTS when the weights cannot be read or rounded; E_OUTPUT when the file cannot be written
 */
export async function withInt8Transformer(
  checkpoint: WanCheckpoint,
  { folder = join(cacheFolder(), 'int8'), ...options }: Int8Options = {},
): Promise<WanCheckpoint> {
  const { transformer } = checkpoint
  const hash = await networkSha256([transformer], options.signal ? { signal: options.signal } : {})
  const file = await int8WeightFile(transformer, {
    ...wanRounding,
    ...options,
    folder,
    key: `${rounding}-${hash.slice(0, 32)}`,
  })
  return { ...checkpoint, transformer: { ...transformer, ...file } }
}

/** Another name when weights are rounded in another way: files of the old one are not taken then. */
const rounding = 'columns1'
