import { add, at, concat, type Tensor } from '../graph/index.ts'
import { type LstmState, linear, lstmStep, type Parameters } from '../nn/index.ts'

/** The arc network: an LSTM that predicts, shot by shot, what the next shot of a story is like. */
export interface ArcConfig {
  /** Numbers of a shot. */
  readonly features: number
  /** Width of the LSTM. */
  readonly width: number
}

export const toyboxArc = { features: 22, width: 32 } as const satisfies ArcConfig

/**
 * One shot on: its numbers [B, features], and whether it is the story's beginning, before any shot [B, 1] →
 * the next shot's numbers [B, features] and the next state.
 */
export function predictNext(
  p: Parameters,
  config: ArcConfig,
  { shot, isStart }: { readonly shot: Tensor; readonly isStart: Tensor },
  state: LstmState,
): { readonly next: Tensor; readonly state: LstmState } {
  const seen = concat([shot, isStart], 1)
  const after = lstmStep(p.at('lstm'), seen, state)
  // What carries over goes past the memory.
  const carried = linear(p.at('carry'), seen, config.features, { initial: { deviation: 0.02 } })
  const width = at(after.hidden.shape, 1)
  const recalled = linear(p.at('recall'), after.hidden, config.features, {
    initial: { deviation: 0.5 * width ** -0.5 },
  })
  return { next: add(carried, recalled), state: after }
}
