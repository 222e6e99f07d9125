/** A text made from another one, and for each of its UTF-16 units where what it was made from starts and ends there. */
export interface AlignedText {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** The text itself, every unit made from itself; characters of two units are kept whole. */
export function aligned(text: string): AlignedText {
  const starts: number[] = []
  const ends: number[] = []
  for (const character of text) {
    const start = starts.length
    for (let i = 0; i < character.length; i++) {
      starts.push(start)
      ends.push(start + character.length)
    }
  }
  return { text, starts, ends }
}

/** Replaces each of the parts that the text falls into; what is replaced was made from the whole part. */
export function mapParts(
  source: AlignedText,
  parts: Iterable<string>,
  replace: (part: string) => string,
): AlignedText {
  let text = ''
  const starts: number[] = []
  const ends: number[] = []
  let position = 0
  for (const part of parts) {
    const replaced = replace(part)
    const end = position + part.length
    for (let i = 0; i < replaced.length; i++) {
      const isSame = replaced === part
      starts.push(source.starts[isSame ? position + i : position] ?? 0)
      ends.push(source.ends[isSame ? position + i : end - 1] ?? 0)
    }
    text += replaced
    position = end
  }
  return { text, starts, ends }
}

/** Where the units from `from` to `to` (exclusive) were made from; the place between its neighbours for no units. */
export function sourceOf(source: AlignedText, from: number, to: number): [start: number, end: number] {
  if (from >= to) {
    const place = source.ends[from - 1] ?? 0
    return [place, place]
  }
  return [source.starts[from] ?? 0, source.ends[to - 1] ?? 0]
}
