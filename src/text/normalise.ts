import { FramewrightError } from '../util/errors.ts'

/** The longest text that is taken, in UTF-16 code units: about 1,800 words, 100 shots. */
export const maxTextLength = 10_000

/**
 * A prompt as everything behind this point sees it: Unicode NFC; no control or invisible formatting characters;
 * runs of white space one space. A line break stays one `\n` where a new line starts a sentence, and becomes a space
 * where it only wraps one (the next line starts with a small letter).
 * @throws FramewrightError `E_PROMPT` if there is nothing to read, or more than `maxTextLength`
 */
export function normaliseText(raw: string): string {
  if (raw.length > maxTextLength) {
    throw new FramewrightError(
      'E_PROMPT',
      `The text has ${raw.length} characters, and at most ${maxTextLength} are allowed: tell the story in parts.`,
    )
  }
  const text = raw
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(invisible, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/\n(?=\p{Ll})/gu, ' ')
    .trim()
  if (text === '') {
    throw new FramewrightError('E_PROMPT', 'The text is empty: say in a sentence what the video should show.')
  }
  return text
}

/**
 * Control characters that are no white space, halves of surrogate pairs, and formatting characters.
 * The two joiners stay: emoji and several scripts are spelt with them.
 */
const invisible = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cs}\p{Cf}]/gu
