import type { SceneGraph } from './scene-graph.ts'

/** Something about the text that the result will not show as the user may expect. */
export type TextWarning =
  | {
      /** Words in a script that the text encoder did not learn. */
      readonly type: 'unknown-script'
      readonly script: string
      readonly words: readonly string[]
      readonly message: string
    }
  | {
      /** Words and signs that the text encoder has no token for; it reads each as "unknown". */
      readonly type: 'unknown-word'
      readonly words: readonly string[]
      readonly message: string
    }
  | {
      /** The text names nobody, nothing and no place. */
      readonly type: 'nothing-understood'
      readonly message: string
    }
  | {
      /** The text is longer than the encoder reads. */
      readonly type: 'text-cut'
      /** What was not read: the end of the text. */
      readonly cut: string
      readonly message: string
    }

// The scripts that people write prompts in; others are told of without their name.
const scripts = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Telugu',
  'Thai',
  'Georgian',
  'Armenian',
] as const
const scriptTests = scripts.map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }))

/** One warning a script other than Latin, for encoders that learned English. */
export function unknownScriptWarnings(text: string): Extract<TextWarning, { type: 'unknown-script' }>[] {
  const found = new Map<string, Set<string>>()
  for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const foreign = word.match(/(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited})\p{L}/u)?.[0]
    if (foreign === undefined) continue
    const script = scriptTests.find(({ pattern }) => pattern.test(foreign))?.name ?? 'other scripts'
    found.set(script, (found.get(script) ?? new Set()).add(word))
  }
  return [...found].map(([script, words]) => ({
    type: 'unknown-script',
    script,
    words: [...words],
    message: `The text encoder knows English, not ${script} (${list(words)}): say it in English.`,
  }))
}

/** What a reader should know of how a text was understood: not in English, or nothing in it that can be seen. */
export function understandingWarnings(graph: SceneGraph): TextWarning[] {
  return [...unknownScriptWarnings(graph.text), ...nothingUnderstoodWarnings(graph)]
}

/** A warning for a text in which nothing was found that can be seen; none for others. */
export function nothingUnderstoodWarnings({
  text,
  characters,
  objects,
  settings,
}: SceneGraph): TextWarning[] {
  if (characters.length + objects.length + settings.length > 0) return []
  const start = text.length > 40 ? `${text.slice(0, 39)}…` : text
  const message = `Nothing that can be seen was found in ${JSON.stringify(start)}: say in an English sentence who does what, and where.`
  return [{ type: 'nothing-understood', message }]
}

/** A warning that names the words without a token; none for no words. */
export function unknownWordWarnings(words: ReadonlySet<string>): TextWarning[] {
  if (words.size === 0) return []
  const message = `The text encoder has no token for ${list(words)} and reads "unknown" there: use other words.`
  return [{ type: 'unknown-word', words: [...words], message }]
}

/** A warning that names what was cut from the end. */
export function textCutWarning(cut: string, maxTokens: number): TextWarning {
  const start = cut.length > 40 ? `${cut.slice(0, 39)}…` : cut
  const message = `The text encoder reads ${maxTokens} tokens at a time, and did not read the end, from ${JSON.stringify(start)} on (${cut.length} characters).`
  return { type: 'text-cut', cut, message }
}

function list(words: ReadonlySet<string>): string {
  const shown = [...words].slice(0, 5).map((word) => JSON.stringify(word))
  return words.size > shown.length
    ? `${shown.join(', ')} and ${words.size - shown.length} more`
    : shown.join(', ')
}
