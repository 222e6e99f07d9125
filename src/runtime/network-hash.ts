import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type FileHashOptions, fileSha256 } from './file-hash.ts'
import type { WeightFile } from './mapped-weights.ts'

/**
 * What networks' weights are, to the bit: a sha256 of their names, of where they lie in their files, and of the files'
 * own sha256, hexadecimal. Where the files lie changes nothing.
 * @throws FramewrightError E_WEIGHTS when a file cannot be read
 */
export async function networkSha256(
  networks: readonly WeightFile[],
  options: FileHashOptions = {},
): Promise<string> {
  const hash = createHash('sha256')
  for (const { weights, weightFolder } of networks) {
    const files = new Map<string, string>()
    for (const { location } of weights.values()) {
      if (!files.has(location)) files.set(location, await fileSha256(join(weightFolder, location), options))
    }
    for (const [name, { location, offset, length, shape, fileType }] of [...weights].sort(byName)) {
      hash.update(`${name} ${files.get(location)} ${offset} ${length} ${shape.join('×')} ${fileType}\n`)
    }
    hash.update('\n')
  }
  return hash.digest('hex')
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
