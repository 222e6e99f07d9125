import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { draftText } from '../story/plan.ts'
import { storyFeatures } from '../story/shot-features.ts'
import { openLanguage } from '../text/language.ts'
import { maxTextLength } from '../text/normalise.ts'
import { FramewrightError } from '../util/errors.ts'

/** A story as the arc network's numbers. */
export interface FeatureStory {
  readonly title: string
  /** A row a shot. */
  readonly rows: readonly (readonly number[])[]
}

/** Stories of fewer shots have no arc. */
const fewestShots = 4

/**
 * Reads a folder of stories, one a `.txt` file: its title on the first line, then the story. Each is read and planned
 * as `plan` would; a long one in parts.
 * @throws FramewrightError E_DATA when there are none
 */
export async function readStories(folder: string): Promise<FeatureStory[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new FramewrightError('E_DATA', `${folder} has no stories to learn from: see docs/storyboard.md`, {
      cause,
    })
  })
  const language = await openLanguage()
  const stories: FeatureStory[] = []
  for (const name of names.filter((one) => one.endsWith('.txt')).sort()) {
    const text = await readFile(join(folder, name), 'utf8')
    const end = text.indexOf('\n')
    const drafts = partsOf(text.slice(end + 1)).flatMap((part) => draftText(part, language))
    if (drafts.length >= fewestShots) stories.push({ title: text.slice(0, end), rows: storyFeatures(drafts) })
  }
  if (stories.length === 0) {
    throw new FramewrightError('E_DATA', `${folder} has no stories to learn from: see docs/storyboard.md`)
  }
  return stories
}

/** A text in parts that the reader takes, cut between sentences. */
function partsOf(text: string): string[] {
  const parts: string[] = []
  for (const [sentence] of text.trim().matchAll(/[^.!?]+[.!?]*["'”’]*\s*/g)) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + sentence.length < 0.9 * maxTextLength)
      parts.push(parts.pop() + sentence)
    else parts.push(sentence.slice(0, maxTextLength))
  }
  return parts.filter((part) => /\p{L}/u.test(part))
}

/** Share of titles that training never sees. */
const heldOutOf = 6

/**
 * True for a story that is kept for evaluation. What decides are the nouns of its title, so that two tellings of one
 * fable ("The Frogs and the Ox", "The Ox and the Frog") are on the same side.
 */
export function isHeldOutStory(title: string): boolean {
  const words = title
    .toLowerCase()
    .replace(/[^a-z\s]/g, ' ')
    .split(/\s+/)
    .filter((word) => word.length > 2 && !/^(?:the|and|with|his|her|who|for|two|old|young|that)$/.test(word))
    .map((word) => word.replace(/s$/, ''))
  let hash = 0x811c9dc5
  for (const character of [...new Set(words)].sort().join(' ')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % heldOutOf === 0
}
