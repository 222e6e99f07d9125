import { parseStoryboard, type Storyboard } from '../story/index.ts'
import { readDocument } from './read-document.ts'

/**
 * Reads a storyboard's file.
 * @throws FramewrightError E_STORY when it cannot be read, or is no storyboard: where, and what is allowed there
 */
export async function readStoryboard(path: string): Promise<Storyboard> {
  return parseStoryboard(await readDocument(path, { code: 'E_STORY', name: 'storyboard' }))
}
