import { unescapeHtml } from '../../text/html-entities.ts'
import { normaliseText } from '../../text/normalise.ts'

/**
 * A text as the published pipeline cleans it: HTML's names of characters are read, twice, and white space is one space. What
 * it also does where the package `ftfy` is installed, mending texts whose bytes were read wrongly, is not done; that
 * nothing invisible is left is this project's own.
 * @throws FramewrightError E_PROMPT when nothing is left to read, or it is too long
 */
export function cleanPrompt(text: string): string {
  return normaliseText(unescapeHtml(unescapeHtml(text))).replace(/\s+/g, ' ')
}
