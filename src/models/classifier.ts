import {
  add,
  at,
  concat,
  constant,
  div,
  input,
  matmul,
  max,
  mean,
  minimum,
  mul,
  pixelUnshuffle,
  reshape,
  silu,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  transpose,
} from '../graph/index.ts'
import { convolution, linear, type Parameters, rmsNorm } from '../nn/index.ts'

/**
 * The classifier that reads videos back: who is in it, what they do, where and when. Every cell of a coarse grid names
 * the subject that it shows; what a subject does is read from the cells that name it, over the whole clip. It needs no
 * boxes; training has the renderer's masks.
 */
export interface ClassifierConfig {
  /** Looks at a clip, evenly spread; each is of two neighbouring frames. */
  readonly moments: number
  /** Pixels on a side of a frame. */
  readonly side: number
  /** Channels at a quarter of the frame's resolution, and at an eighth. */
  readonly fineWidth: number
  readonly coarseWidth: number
  readonly fineBlocks: number
  readonly coarseBlocks: number
  /** Numbers that are kept of an actor at one moment. */
  readonly trackWidth: number
  /** Numbers that tell one actor from another. */
  readonly identityWidth: number
  /** How many names each head chooses among. */
  readonly names: Readonly<Record<ClassifierHead, number>>
}

export const sceneHeads = ['settings', 'times', 'weathers', 'counts'] as const
export const actorHeads = ['actions', 'directions', 'coats', 'accessories', 'subjects'] as const
export type ClassifierHead = (typeof sceneHeads)[number] | (typeof actorHeads)[number]

export const toyboxClassifier = {
  moments: 4,
  side: 64,
  fineWidth: 64,
  coarseWidth: 128,
  fineBlocks: 1,
  coarseBlocks: 3,
  trackWidth: 96,
  identityWidth: 64,
  names: {
    subjects: 122,
    actions: 39,
    directions: 3,
    coats: 12,
    accessories: 9,
    settings: 16,
    times: 3,
    weathers: 4,
    counts: 3,
  },
} as const satisfies ClassifierConfig

/** Pixels on a side of a cell. */
const cellSide = 8

/** Cells on a side of the grid. */
export function gridSide({ side }: ClassifierConfig): number {
  return side / cellSide
}

/** Middle and spread of an actor's cells, and how many there are; see `ClassifierOutputs.tracks`. */
export const trackNumbers = 5

/** B clips, A actors asked for, T moments, N = T·cells. */
export interface ClassifierInputs {
  /** A frame and how the next one differs, in [−1, 1]: [B·T, 6, side, side]. */
  readonly frames: Tensor
  /** Which subjects each actor may be, 1 or 0: [B, A, subjects]. */
  readonly who: Tensor
  /** Where the actors are, 0 to 1: [B, A, N]; for training. */
  readonly masks: Tensor
  /** 1 to take the masks, 0 to take the cells that name `who`: [B, 1, 1]. */
  readonly masked: Tensor
}

export interface ClassifierOutputs {
  /** Which subject each cell shows, the last for none: logits [B, N, subjects + 1]. */
  readonly cells: Tensor
  /** Numbers of each cell [B, N, coarseWidth]. */
  readonly features: Tensor
  /** Of every actor at every moment: x, y, x², y² (middle of the picture 0, edges ±1), and cells: [B, T, A, 5]. */
  readonly tracks: Tensor
  /** [B, A, identityWidth]. */
  readonly identity: Tensor
  /** Logits: [B, names] of the scene, [B, A, names] of actors. */
  readonly heads: Readonly<Record<ClassifierHead, Tensor>>
}

export function classifierInputs(config: ClassifierConfig, batch: number, actors: number): ClassifierInputs {
  const { moments, side, names } = config
  return {
    frames: input('frames', [batch * moments, 6, side, side]),
    who: input('who', [batch, actors, names.subjects]),
    masks: input('masks', [batch, actors, moments * gridSide(config) ** 2]),
    masked: input('masked', [batch, 1, 1]),
  }
}

function block(p: Parameters, x: Tensor): Tensor {
  const width = at(x.shape, 1)
  const inner = silu(convolution(p.at('conv1'), x, width, 3))
  const initial = { deviation: 0.2 * (9 * width) ** -0.5 }
  return add(x, convolution(p.at('conv2'), silu(inner), width, 3, { initial }))
}

/** Frames [B·T, 6, S, S] → a grid of features [B·T, coarseWidth, S/8, S/8]. */
function trunk(p: Parameters, config: ClassifierConfig, frames: Tensor): Tensor {
  let x = silu(convolution(p.at('in'), pixelUnshuffle(frames, 4), config.fineWidth, 3))
  for (let i = 0; i < config.fineBlocks; i++) x = block(p.at(`fine.${i}`), x)
  x = silu(convolution(p.at('down'), pixelUnshuffle(x, 2), config.coarseWidth, 1))
  for (let i = 0; i < config.coarseBlocks; i++) x = block(p.at(`coarse.${i}`), x)
  return x
}

export function classify(
  p: Parameters,
  config: ClassifierConfig,
  { frames, who, masks, masked }: ClassifierInputs,
): ClassifierOutputs {
  const { moments, coarseWidth, names } = config
  const [batch, actors] = [at(who.shape, 0), at(who.shape, 1)]
  const area = gridSide(config) ** 2
  const grid = reshape(trunk(p.at('trunk'), config, frames), [batch, moments, coarseWidth, area])
  const byMoment = rmsNorm(p.at('norm'), transpose(grid, [0, 1, 3, 2]))
  const features = reshape(byMoment, [batch, moments * area, coarseWidth])

  const cells = linear(p.at('cells'), features, names.subjects + 1)
  const shown = slice(softmax(cells), 2, 0, names.subjects)
  const named = minimum(matmul(who, shown, { transposeB: true }), 1)
  const weights = add(mul(masks, masked), mul(named, sub(1, masked)))

  const perMoment = transpose(reshape(weights, [batch, actors, moments, area]), [0, 2, 1, 3])
  const mass = sum(perMoment, [-1], { keepDims: true })
  const shares = div(perMoment, add(mass, massFloor))
  const places = matmul(shares, placesOf(config))
  const tracks = concat([places, mass], 3)
  const seen = concat([matmul(shares, byMoment), places, mul(mass, 1 / area)], 3)
  const steps = transpose(silu(linear(p.at('track'), seen, config.trackWidth)), [0, 2, 1, 3])
  const way = reshape(steps, [batch, actors, moments * config.trackWidth])
  const motion = silu(linear(p.at('motion'), way, 2 * config.trackWidth))

  const over = div(weights, add(sum(weights, [-1], { keepDims: true }), massFloor))
  const identity = linear(p.at('identity'), matmul(over, features), config.identityWidth)
  const looks = silu(identity)

  const whole = concat([mean(features, [1]), max(features, [1])], 1)
  const scene = silu(linear(p.at('scene'), whole, coarseWidth))

  const head = (name: ClassifierHead, x: Tensor): Tensor => linear(p.at(`heads.${name}`), x, names[name])
  return {
    cells,
    features,
    tracks,
    identity,
    heads: {
      settings: head('settings', scene),
      times: head('times', scene),
      weathers: head('weathers', scene),
      counts: head('counts', scene),
      actions: head('actions', motion),
      directions: head('directions', motion),
      coats: head('coats', looks),
      accessories: head('accessories', looks),
      subjects: head('subjects', looks),
    },
  }
}

/** Cells: less than this of an actor says nothing of where it is. */
const massFloor = 0.05

/** x, y, x², y² of every cell [cells, 4]. */
function placesOf(config: ClassifierConfig): Tensor {
  const side = gridSide(config)
  const numbers = Array.from({ length: side * side }, (_, cell) => {
    const x = ((cell % side) + 0.5) / (side / 2) - 1
    const y = (Math.floor(cell / side) + 0.5) / (side / 2) - 1
    return [x, y, x * x, y * y]
  })
  return constant(numbers.flat(), [side * side, 4])
}
