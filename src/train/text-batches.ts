import { compile, floatsOf, hostIndices, hostTensor, input, type Runtime } from '../graph/index.ts'
import { Parameters, type Weights } from '../nn/index.ts'
import { type BertConfig, bert, createTokenizer, type EncodedText } from '../text/index.ts'

/** Encodes many short lines at once, and remembers lines that come again. */
export interface TextBatches {
  encode(lines: readonly string[]): Promise<EncodedText[]>
}

export interface TextBatchesSource {
  readonly config: BertConfig
  readonly weights: Weights
  /** The bytes of `tokenizer.json`. */
  readonly tokenizer: Uint8Array
  readonly runtime: Runtime
  readonly threads: number
  /** Lines that one run holds. */
  readonly batch: number
  /** Tokens that a line may have; more are cut. */
  readonly tokens: number
}

/** Lines kept: captions repeat, phrases much more so. */
const remembered = 20_000

export async function openTextBatches(source: TextBatchesSource): Promise<TextBatches> {
  const { batch, tokens, config } = source
  const tokenizer = createTokenizer(source.tokenizer, { maxTokens: tokens, scripts: 'latin' })
  const parameters = new Parameters()
  const vectors = bert(
    parameters,
    input('ids', [batch, tokens], 'i64'),
    input('mask', [batch, tokens]),
    config,
  )
  const program = compile({ vectors }, { weights: source.weights })
  const session = await source.runtime.open(program, { threads: source.threads })
  const known = new Map<string, EncodedText>()

  async function run(lines: readonly string[]): Promise<void> {
    const read = lines.map((line) => tokenizer.tokenise(line))
    const ids = new Array<number>(batch * tokens).fill(0)
    const mask = new Float32Array(batch * tokens)
    for (const [i, { ids: own }] of read.entries()) {
      for (const [j, id] of own.entries()) {
        ids[i * tokens + j] = id
        mask[i * tokens + j] = 1
      }
    }
    const outputs = await session.run({
      ids: hostIndices(ids, [batch, tokens]),
      mask: hostTensor(mask, [batch, tokens]),
    })
    const all = floatsOf(outputs, 'vectors')
    for (const [i, tokenised] of read.entries()) {
      const text = lines[i] ?? ''
      const count = tokenised.ids.length
      const from = i * tokens * config.width
      known.set(text, { ...tokenised, text, count, vectors: all.slice(from, from + count * config.width) })
    }
  }

  return {
    encode: async (lines) => {
      if (known.size > remembered) known.clear()
      const fresh = [...new Set(lines)].filter((line) => !known.has(line))
      for (let i = 0; i < fresh.length; i += batch) await run(fresh.slice(i, i + batch))
      return lines.map((line) => {
        const found = known.get(line)
        if (!found) throw new RangeError('a line was not encoded')
        return found
      })
    },
  }
}
