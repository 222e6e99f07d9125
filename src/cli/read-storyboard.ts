import { readFile, stat } from 'node:fs/promises'
import { parseStoryboard, type Storyboard } from '../story/index.ts'
import { FramewrightError } from '../util/errors.ts'

/** Bytes of a storyboard's file: the largest that the schema allows is smaller. */
const mostBytes = 64 << 20

/**
 * Reads a storyboard's file.
 * @throws FramewrightError E_STORY when it cannot be read, or is no storyboard: where, and what is allowed there
 */
export async function readStoryboard(path: string): Promise<Storyboard> {
  const text = await readText(path)
  // Windows' editors put a mark before the text.
  return parseStoryboard(text.replace(/^\uFEFF/, ''))
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size <= mostBytes) return await readFile(path, 'utf8')
  } catch (cause) {
    const reason = reasons[String((cause as NodeJS.ErrnoException).code)] ?? 'it cannot be read'
    throw new FramewrightError('E_STORY', `${path} is no storyboard: ${reason}`, { cause })
  }
  throw new FramewrightError('E_STORY', `${path} is no storyboard: it has more than ${mostBytes >> 20} MB`)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
}
