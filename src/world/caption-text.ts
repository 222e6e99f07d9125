/** A stretch of a caption: UTF-16 offsets, start inclusive, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Words with marks on what they say. */
export interface Marked {
  readonly text: string
  readonly marks: readonly (Span & { readonly tag: string })[]
}

/** Words that a tag marks whole. */
export function mark(tag: string, ...parts: readonly (string | Marked)[]): Marked {
  const joined = join(...parts)
  return { text: joined.text, marks: [...joined.marks, { tag, start: 0, end: joined.text.length }] }
}

/** Parts one after another with a space between; empty ones vanish, and no space goes before , . or ;. */
export function join(...parts: readonly (string | Marked)[]): Marked {
  let text = ''
  const marks: (Span & { tag: string })[] = []
  for (const part of parts) {
    const words = typeof part === 'string' ? part : part.text
    if (words === '') continue
    if (text !== '' && !/^[,.;:]/.test(words)) text += ' '
    const offset = text.length
    text += words
    if (typeof part === 'string') continue
    for (const { tag, start, end } of part.marks)
      marks.push({ tag, start: start + offset, end: end + offset })
  }
  return { text, marks }
}

/** The same with its first letter raised: offsets stay. */
export function capitalised(words: Marked): Marked {
  return { ...words, text: words.text.slice(0, 1).toUpperCase() + words.text.slice(1) }
}

/** Where a tag first stands; null when it is not said. */
export function spanOf(words: Marked, tag: string): Span | null {
  const found = words.marks.find((one) => one.tag === tag)
  return found ? { start: found.start, end: found.end } : null
}
