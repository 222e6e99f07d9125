import {
  compile,
  floatsOf,
  hostIndices,
  hostTensor,
  input,
  type Runtime,
  type Session,
  type SessionOptions,
} from '../graph/index.ts'
import { checkWeights, type NetworkWeights, Parameters } from '../nn/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { type BertConfig, bert } from './bert.ts'
import { createTokenizer, type TokenizedText } from './tokenizer.ts'

/** A text as vectors, one a token, `[CLS]` first and `[SEP]` last; there is no padding. */
export interface EncodedText extends TokenizedText {
  readonly text: string
  /** How many tokens there are. */
  readonly count: number
  /** [count, width], row-major. */
  readonly vectors: Float32Array
}

export interface TokenEncoder {
  /** Numbers in a token's vector. */
  readonly width: number
  /**
   * Encodes one normalised text. Calls run one after another; the same text gives the same numbers, whatever else
   * was encoded before.
   * @throws the signal's reason when it is aborted before the text's turn
   */
  encode(text: string, options?: { readonly signal?: AbortSignal }): Promise<EncodedText>
  /** Frees the sessions; the runtime stays open. */
  close(): Promise<void>
}

export interface TokenEncoderSource {
  readonly config: BertConfig
  /** By published name; see `bert`. */
  readonly weights: NetworkWeights
  /** The bytes of `tokenizer.json`. */
  readonly tokenizer: Uint8Array
  readonly runtime: Runtime
  readonly session?: SessionOptions
}

/** Programs have fixed shapes: a text is padded to the next of these lengths, up to the encoder's limit. */
const shortest = 32
const lengths = [shortest, 64, 128, 256, 512]

/**
 * Opens a text encoder. A program is compiled when the first text of its length comes (for MiniLM about 0.2 s and
 * 100 MB each), but the shortest at once: nearly every prompt's sentence fits it.
 * @throws FramewrightError `E_WEIGHTS` if weights or tokenizer do not fit the configuration
 */
export function createTextEncoder(source: TokenEncoderSource): TokenEncoder {
  const { config, weights, runtime } = source
  const sessions = new Map<number, Promise<Session>>()
  const sessionFor = (length: number): Promise<Session> => {
    const known = sessions.get(length)
    if (known) return known
    const { vectors } = buildProgram(config, length)
    const opened = runtime.open(compile({ vectors }, { weights }), source.session)
    sessions.set(length, opened)
    // A failure to open must not be remembered: memory may be free the next time.
    opened.catch(() => sessions.delete(length))
    return opened
  }

  checkWeights(buildProgram(config, config.maxTokens).parameters, weights, 'the text encoder’s file')
  // Opened while the tokenizer is read; whoever encodes gets its failure.
  sessionFor(Math.min(shortest, config.maxTokens)).catch(() => {})
  const tokenizer = createTokenizer(source.tokenizer, { maxTokens: config.maxTokens, scripts: 'latin' })
  if (tokenizer.vocabularySize !== config.vocabulary) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `The tokenizer has ${tokenizer.vocabularySize} tokens, and the network ${config.vocabulary}.`,
    )
  }
  const run = async (text: string): Promise<EncodedText> => {
    const tokens = tokenizer.tokenise(text)
    const count = tokens.ids.length
    const length = Math.min(lengths.find((n) => n >= count) ?? config.maxTokens, config.maxTokens)
    const ids = Array.from({ length }, (_, i) => tokens.ids[i] ?? 0)
    const mask = Float32Array.from(ids, (_, i) => (i < count ? 1 : 0))
    const session = await sessionFor(length)
    const shape = [1, length]
    const outputs = await session.run({ ids: hostIndices(ids, shape), mask: hostTensor(mask, shape) })
    // A copy: the rows of the padding would be kept alive with the rest.
    const vectors = floatsOf(outputs, 'vectors').slice(0, count * config.width)
    return { ...tokens, text, count, vectors }
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    width: config.width,
    encode(text, { signal } = {}) {
      const result = last.then(() => {
        signal?.throwIfAborted()
        return run(text)
      })
      last = result.catch(() => {})
      return result
    },
    async close() {
      await last
      const opened = await Promise.allSettled(sessions.values())
      sessions.clear()
      for (const session of opened) if (session.status === 'fulfilled') await session.value.close()
    },
  }
}

function buildProgram(config: BertConfig, length: number) {
  const p = new Parameters()
  const vectors = bert(p, input('ids', [1, length], 'i64'), input('mask', [1, length]), config)
  return { vectors, parameters: p.list }
}
