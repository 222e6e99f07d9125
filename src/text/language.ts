import type { ItemSentence, ItsFunction } from 'wink-nlp'
import type { Sentence, Token } from './scene-graph.ts'
import type { WordNet } from './wordnet/wordnet.ts'

/** Sentences, words, lemmas and parts of speech of English text. */
export interface Language {
  /** The sentences of normalised text, in order; offsets count UTF-16 units of `text`. */
  readSentences(text: string): readonly Sentence[]
  /** What words can mean. */
  readonly wordnet: WordNet
}

let opened: Promise<Language> | null = null

/**
 * Opens the language model (wink-nlp with its English lite model; 4.6 MB, about 0.4 s), once: it is loaded when the
 * first text is read, so that programs that read none do not pay for it.
 */
export function openLanguage(): Promise<Language> {
  opened ??= load()
  return opened
}

async function load(): Promise<Language> {
  const [{ default: wink }, { default: model }, { openWordNet }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
    import('./wordnet/wordnet.ts'),
  ])
  const nlp = wink(model, ['sbd', 'pos'])
  // wink's own types do not let its own helpers pass.
  const lemmaOf = nlp.its.lemma as unknown as ItsFunction<string>
  const posOf = nlp.its.pos as unknown as ItsFunction<string>
  return {
    wordnet: openWordNet(),
    readSentences(text) {
      const sentences: Sentence[] = []
      let lineStart = 0
      // A line break ends a sentence: see `normaliseText`.
      for (const line of text.split('\n')) {
        let position = lineStart
        nlp
          .readDoc(line)
          .sentences()
          .each((sentence: ItemSentence) => {
            const words = sentence.tokens()
            const lemmas = words.out(lemmaOf)
            const tags = words.out(posOf)
            const tokens: Token[] = []
            for (const [index, word] of words.out().entries()) {
              const start = text.indexOf(word, position)
              // The model keeps every word as it is written; anything else would put offsets wrong silently.
              if (start < 0) throw new Error(`the language model changed the word "${word}"`)
              position = start + word.length
              const pos = tags[index] ?? 'X'
              if (pos === 'SPACE') continue
              const lemma = lemmaFixes[word.toLowerCase()] ?? (lemmas[index] ?? word).toLowerCase()
              const stop =
                /[\p{L}\p{N}]{2}\.$/u.test(word) && !abbreviations.test(word) && index === words.length() - 1
              const end = stop ? position - 1 : position
              tokens.push({
                text: text.slice(start, end),
                lemma: lemma.replace(stop ? /\.$/ : /$^/, ''),
                pos,
                start,
                end,
              })
              if (stop) tokens.push({ text: '.', lemma: '.', pos: 'PUNCT', start: end, end: position })
            }
            const [first, last] = [tokens[0], tokens.at(-1)]
            if (!first || !last) return
            const { start } = first
            const { end } = last
            sentences.push({ text: text.slice(start, end), start, end, tokens })
          })
        lineStart += line.length + 1
      }
      return sentences
    },
  }
}

/** The model takes `sun.` at the end of a sentence for Sunday; these are words with a full stop of their own. */
const abbreviations = /^(?:mr|mrs|ms|dr|st|prof|jr|sr|etc|vs|[a-z]|[a-z]\.[a-z])\.$/i

/** Words whose lemma the model gets wrong. */
const lemmaFixes: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  through: 'through',
  ride: 'ride',
  rides: 'ride',
  riding: 'ride',
  rode: 'ride',
  woods: 'woods',
  mars: 'mars',
  left: 'left',
  glasses: 'glasses',
  leaves: 'leaf',
})
