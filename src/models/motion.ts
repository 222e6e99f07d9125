import {
  add,
  at,
  attention,
  broadcastTo,
  concat,
  matmul,
  reshape,
  silu,
  split,
  sum,
  type Tensor,
} from '../graph/index.ts'
import { type LstmState, linear, lstmStep, type Parameters, rmsNorm } from '../nn/index.ts'
import { keyFeatureCount, keyTargetNumbers } from './motion-keys.ts'
import { motionFeatureCount, numbersPerSlot, slotCount } from './motion-numbers.ts'

/**
 * The mover: an LSTM that predicts, frame by frame, where every actor and the camera go next. What it gives are
 * mixtures of normal distributions (`mixture.ts`), from which a plan is drawn: of each slot by itself from frame to
 * frame, of all slots together for the first frame and the key poses, where who is ahead of whom is decided.
 */
export interface MotionConfig {
  /** Width of both LSTM layers. */
  readonly width: number
  /** Normal distributions in each slot's mixture of changes. */
  readonly components: number
  /** Normal distributions in the mixtures of whole scenes. */
  readonly sceneComponents: number
  /** Width of the attention that reads the caption, and its heads. */
  readonly readWidth: number
  readonly readHeads: number
  /** Numbers that the caption says of a slot. */
  readonly conditionWidth: number
  readonly textWidth: number
  readonly textTokens: number
}

export const toyboxMotion = {
  width: 256,
  components: 8,
  sceneComponents: 24,
  readWidth: 128,
  readHeads: 4,
  conditionWidth: 64,
  textWidth: 384,
  textTokens: 40,
} as const satisfies MotionConfig

/** Numbers of one mixture component: a weight, and mean and spread of each number. */
const componentNumbers = 1 + 2 * numbersPerSlot

/** Numbers of one component of the key poses' mixture. */
const keyComponentNumbers = 1 + 2 * keyTargetNumbers

/** Numbers that the mover sees before a frame: of the frames so far, and of the key poses. */
export const seenNumbers = motionFeatureCount + keyFeatureCount

/** What a caption is to the mover. */
export interface MotionText {
  /** Vectors of its words, [B, textTokens, textWidth]. */
  readonly text: Tensor
  /** Added to the attention's logits, [B, 1, 1, textTokens]. */
  readonly textBias: Tensor
  /** Which words are an actor's phrase, [B, actorSlots, textTokens]: rows sum to 1, or to 0 where there is no such actor. */
  readonly phrases: Tensor
}

/**
 * What the caption says of each slot, [B, slots, conditionWidth]: the mean of its phrase asks all words, twice,
 * so that the second question can follow the first's answer (who → does what → to whom). The camera's question
 * is learned.
 */
export function readCaption(p: Parameters, config: MotionConfig, caption: MotionText): Tensor {
  const { readWidth, readHeads, textTokens, conditionWidth } = config
  const b = at(caption.text.shape, 0)
  const position = p.declare('position', [1, textTokens, readWidth], { deviation: 0.2 })
  const words = add(linear(p.at('words'), rmsNorm(p.at('norm'), caption.text), readWidth), position)
  const learned = p.declare('slots', [1, slotCount, readWidth], { deviation: 0.5 })
  const camera = broadcastTo(p.declare('camera', [1, 1, readWidth], { deviation: 0.5 }), [b, 1, readWidth])
  let x = add(concat([matmul(caption.phrases, words), camera], 1), learned)
  for (let round = 0; round < 2; round++) {
    const r = p.at(`rounds.${round}`)
    const q = rmsNorm(r.at('norm_q'), linear(r.at('q'), rmsNorm(r.at('norm'), x), readWidth))
    const k = rmsNorm(r.at('norm_k'), linear(r.at('k'), words, readWidth))
    const v = linear(r.at('v'), words, readWidth)
    x = add(x, linear(r.at('out'), attention(q, k, v, readHeads, caption.textBias), readWidth))
    const inner = silu(linear(r.at('ffn_in'), rmsNorm(r.at('norm_ffn'), x), 2 * readWidth))
    x = add(x, linear(r.at('ffn_out'), inner, readWidth))
  }
  const present = sum(caption.phrases, [2], { keepDims: true })
  const flags = concat(
    [present, broadcastTo(p.declare('camera_flag', [1, 1, 1], { value: 0 }), [b, 1, 1])],
    1,
  )
  return linear(p.at('out'), concat([rmsNorm(p.at('norm_out'), x), flags], 2), conditionWidth)
}

/** What the LSTM carries from frame to frame. */
export type MotionMemory = readonly [LstmState, LstmState]

/** The memory before the first frame, from what the caption says [B, slots, conditionWidth]. */
export function firstMemory(p: Parameters, config: MotionConfig, conditions: Tensor): MotionMemory {
  const { width } = config
  const flat = reshape(conditions, [at(conditions.shape, 0), -1])
  const all = linear(p.at('memory'), flat, 4 * width, { initial: { deviation: 0.02 } })
  const [h1, c1, h2, c2] = split(all, 1, [width, width, width, width]) as [Tensor, Tensor, Tensor, Tensor]
  return [
    { hidden: h1, cell: c1 },
    { hidden: h2, cell: c2 },
  ]
}

/** One frame on: features [B, seenNumbers] and the memory → the next memory. */
export function moveOn(
  p: Parameters,
  features: Tensor,
  conditions: Tensor,
  [lower, upper]: MotionMemory,
): MotionMemory {
  const flat = reshape(conditions, [at(conditions.shape, 0), -1])
  const first = lstmStep(p.at('lstm.0'), concat([features, flat], 1), lower)
  return [first, lstmStep(p.at('lstm.1'), concat([first.hidden, features], 1), upper)]
}

/** The mixture of the first frame, from the memory's hidden numbers [N, 2·width] → [N, slots, sceneComponents, componentNumbers]. */
export function firstMixtures(p: Parameters, { sceneComponents }: MotionConfig, hidden: Tensor): Tensor {
  return mixtureHead(p.at('start'), hidden, sceneComponents, componentNumbers)
}

/** Mixtures of every slot's change, from memories' hidden numbers [N, 2·width] → [N, slots, components, componentNumbers]. */
export function changeMixtures(p: Parameters, { components }: MotionConfig, hidden: Tensor): Tensor {
  return mixtureHead(p.at('next'), hidden, components, componentNumbers)
}

/**
 * The mixture of the key poses, from the memory's hidden numbers [B, 2·width], the first frame
 * [B, seenNumbers] and what the caption says → [B, slots, sceneComponents, keyComponentNumbers].
 */
export function keyMixtures(
  p: Parameters,
  config: MotionConfig,
  hidden: Tensor,
  first: Tensor,
  conditions: Tensor,
): Tensor {
  const flat = reshape(conditions, [at(conditions.shape, 0), -1])
  const all = concat([hidden, first, flat], 1)
  const inner = silu(linear(p.at('keys.in'), all, 2 * config.width))
  return mixtureHead(p.at('keys'), inner, config.sceneComponents, keyComponentNumbers)
}

function mixtureHead(p: Parameters, hidden: Tensor, components: number, numbers: number): Tensor {
  const out = linear(p, hidden, slotCount * components * numbers, {
    initial: { deviation: 0.5 * at(hidden.shape, 1) ** -0.5 },
  })
  // Components start apart: from the same place they would learn the same.
  const apart = p.declare('apart', [slotCount, components, numbers], { deviation: 0.5 })
  return add(reshape(out, [-1, slotCount, components, numbers]), apart)
}

/** Both layers' hidden numbers side by side, [B, 2·width]. */
export function hiddenOf([lower, upper]: MotionMemory): Tensor {
  return concat([lower.hidden, upper.hidden], 1)
}
