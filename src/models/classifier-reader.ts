import { compile, floatsOf, hostTensor, type Runtime, softmax } from '../graph/index.ts'
import { Parameters, type Weights } from '../nn/index.ts'
import { type Frames, sliceFrames } from '../video/frames.ts'
import {
  actorHeads,
  type ClassifierConfig,
  type ClassifierHead,
  classifierInputs,
  classify,
  gridSide,
  sceneHeads,
  trackNumbers,
} from './classifier.ts'
import { momentStarts, shrinkFrames, writeMoment } from './classifier-pixels.ts'

/** Where an actor is at one moment: the picture's middle is 0, its edges ±1; `cells` it covers. */
export interface Place {
  readonly x: number
  readonly y: number
  /** Standard deviations of its cells. */
  readonly spreadX: number
  readonly spreadY: number
  readonly cells: number
}

/** Probabilities of a head's names, in the order of `classifierLabels`. */
export type Probabilities = Float32Array

/** What was read of an actor that was asked for. */
export interface ActorReading {
  readonly heads: Readonly<Record<(typeof actorHeads)[number], Probabilities>>
  /** Of length 1. */
  readonly identity: Float32Array
  readonly places: readonly Place[]
}

export interface ClipReading {
  /** Which subject each cell shows, the last for none: probabilities [moments, cells, subjects + 1]. */
  readonly shown: Float32Array
  /** Numbers of each cell [moments, cells, coarseWidth]. */
  readonly features: Float32Array
  readonly scene: Readonly<Record<(typeof sceneHeads)[number], Probabilities>>
  readonly actors: readonly ActorReading[]
}

/** Which subjects an actor that is asked for may be: indices, or whoever there is. */
export type Asked = readonly number[] | 'anyone'

/** The classifier, ready to read. */
export interface Classifier {
  readonly config: ClassifierConfig
  /**
   * Reads a clip.
   * @param frames at least 4, RGB or RGBA, sides multiples of `config.side`
   * @param asked at most `askedAtMost`
   */
  read(frames: Frames, asked: readonly Asked[]): Promise<ClipReading>
  /** Reads moments that are cut already: RGB [2·moments, side, side, 3]. */
  readMoments(pairs: Uint8Array, asked: readonly Asked[]): Promise<ClipReading>
  /** Reads every frame as a still. One reading a frame: `shown` [cells, subjects + 1] and `features` [cells, width]. */
  readStills(frames: Frames): Promise<readonly Pick<ClipReading, 'shown' | 'features'>[]>
  close(): Promise<void>
}

/** Actors that can be asked for at once. */
export const askedAtMost = 3

/** @throws FramewrightError E_WEIGHTS for weights of another network */
export async function openClassifier(
  runtime: Runtime,
  config: ClassifierConfig,
  weights: Weights,
  { threads }: { readonly threads?: number } = {},
): Promise<Classifier> {
  const { moments, side, names, coarseWidth } = config
  const cells = gridSide(config) ** 2
  const frame = side * side * 3
  const { cells: logits, features, tracks, identity, heads } = forward(config)
  const outputs = {
    shown: softmax(logits),
    features,
    tracks,
    identity,
    ...Object.fromEntries(Object.entries(heads).map(([name, head]) => [`head.${name}`, softmax(head)])),
  }
  const program = compile(outputs, { weights })
  const session = await runtime.open(program, threads === undefined ? {} : { threads })

  const readMoments = async (pairs: Uint8Array, asked: readonly Asked[]): Promise<ClipReading> => {
    if (asked.length > askedAtMost) throw new RangeError(`the classifier reads ${askedAtMost} actors at once`)
    const seen = new Float32Array(moments * 6 * side * side)
    for (let k = 0; k < moments; k++) {
      const at = 2 * k * frame
      const [first, second] = [pairs.subarray(at, at + frame), pairs.subarray(at + frame, at + 2 * frame)]
      writeMoment(seen, k * 2 * frame, first, second, side)
    }
    const who = new Float32Array(askedAtMost * names.subjects)
    for (const [a, one] of asked.entries()) {
      const row = who.subarray(a * names.subjects, (a + 1) * names.subjects)
      if (one === 'anyone') row.fill(1)
      else for (const index of one) row[index] = 1
    }
    const maskShape = [1, askedAtMost, moments * cells]
    const results = await session.run({
      frames: hostTensor(seen, [moments, 6, side, side]),
      who: hostTensor(who, [1, askedAtMost, names.subjects]),
      masks: hostTensor(new Float32Array(askedAtMost * moments * cells), maskShape),
      masked: hostTensor(new Float32Array(1), [1, 1, 1]),
    })
    const head = (name: ClassifierHead, row = 0): Float32Array =>
      floatsOf(results, `head.${name}`).slice(row * names[name], (row + 1) * names[name])
    return {
      shown: floatsOf(results, 'shown').slice(),
      features: floatsOf(results, 'features').slice(),
      scene: record(sceneHeads, (name) => head(name)),
      actors: asked.map((_, a) => ({
        heads: record(actorHeads, (name) => head(name, a)),
        identity: unit(
          floatsOf(results, 'identity').slice(a * config.identityWidth, (a + 1) * config.identityWidth),
        ),
        places: placesOf(floatsOf(results, 'tracks'), moments, a),
      })),
    }
  }

  return {
    config,
    readMoments,
    read: async (frames, asked) => {
      const pairs = new Uint8Array(2 * moments * frame)
      for (const [k, start] of momentStarts(frames.count, moments).entries()) {
        pairs.set(shrinkFrames(sliceFrames(frames, start, start + 2), side).data, 2 * k * frame)
      }
      return readMoments(pairs, asked)
    },
    readStills: async (frames) => {
      const small = shrinkFrames(frames, side)
      const readings: Pick<ClipReading, 'shown' | 'features'>[] = []
      for (let from = 0; from < frames.count; from += moments) {
        const count = Math.min(moments, frames.count - from)
        const pairs = new Uint8Array(2 * moments * frame)
        for (let k = 0; k < count; k++) {
          const { data } = sliceFrames(small, from + k, from + k + 1)
          pairs.set(data, 2 * k * frame)
          pairs.set(data, (2 * k + 1) * frame)
        }
        const { shown, features: numbers } = await readMoments(pairs, [])
        const width = names.subjects + 1
        for (let k = 0; k < count; k++) {
          readings.push({
            shown: shown.subarray(k * cells * width, (k + 1) * cells * width),
            features: numbers.subarray(k * cells * coarseWidth, (k + 1) * cells * coarseWidth),
          })
        }
      }
      return readings
    },
    close: () => session.close(),
  }
}

function forward(config: ClassifierConfig): ReturnType<typeof classify> {
  return classify(new Parameters(), config, classifierInputs(config, 1, askedAtMost))
}

function record<Name extends string>(
  names: readonly Name[],
  probabilitiesOf: (name: Name) => Float32Array,
): Record<Name, Float32Array> {
  return Object.fromEntries(names.map((name) => [name, probabilitiesOf(name)])) as Record<Name, Float32Array>
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return length > 0 ? vector.map((n) => n / length) : vector
}

/** From [moments, askedAtMost, trackNumbers]. */
function placesOf(tracks: Float32Array, moments: number, actor: number): Place[] {
  return Array.from({ length: moments }, (_, k) => {
    const at = (k * askedAtMost + actor) * trackNumbers
    const [x = 0, y = 0, xx = 0, yy = 0, cells = 0] = tracks.subarray(at, at + trackNumbers)
    const spread = (square: number, middle: number): number =>
      Math.sqrt(Math.max(0, square - middle * middle))
    return { x, y, spreadX: spread(xx, x), spreadY: spread(yy, y), cells }
  })
}
