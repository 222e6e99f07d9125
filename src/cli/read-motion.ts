import { parseMotion } from '../pipeline/motion-document.ts'
import type { CommonOptions } from '../pipeline/options.ts'
import { readDocument } from './read-document.ts'

/**
 * Reads the file of the option `motion`.
 * @param path null where it is not given
 * @throws FramewrightError E_OPTION when it cannot be read, or is no motion plan: where, and what is allowed there
 */
export async function readMotion(path: string | null): Promise<Pick<CommonOptions, 'motion'>> {
  if (path === null) return {}
  return { motion: parseMotion(await readDocument(path, { code: 'E_OPTION', name: 'motion plan' })) }
}
