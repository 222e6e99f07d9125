import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import type { TileNetwork } from '../enhance/tiles.ts'
import { upscalerJsNetwork } from '../enhance/upscalerjs.ts'
import { FramewrightError } from '../util/errors.ts'

const name = '@upscalerjs/default-model'

/**
 * Reads the network of `@upscalerjs/default-model`, which whoever wants it installs beside this package.
 * @throws FramewrightError E_OPTION when it is not installed; E_WEIGHTS when its files are not as expected
 */
export async function loadUpscalerJs(): Promise<TileNetwork> {
  const folder = join(packageFolder(), 'models')
  try {
    const [model, bytes] = await Promise.all([
      readFile(join(folder, 'model.json'), 'utf8'),
      readFile(join(folder, 'group1-shard1of1.bin')),
    ])
    return upscalerJsNetwork(JSON.parse(model), bytes)
  } catch (cause) {
    if (FramewrightError.is(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError('E_WEIGHTS', `${name} cannot be read (${reason}): install it again`, { cause })
  }
}

/** It exports nothing but its code: its folder is where that lies. */
function packageFolder(): string {
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new FramewrightError(
      'E_OPTION',
      `\`enhance\` "upscalerjs" needs the package ${name}, which is not installed: npm install ${name}@1.0.0 --legacy-peer-deps`,
      { cause },
    )
  }
  const inside = join('node_modules', ...name.split('/'))
  return entry.slice(0, entry.lastIndexOf(`${sep}${inside}${sep}`) + 1 + inside.length)
}
