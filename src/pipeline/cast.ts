import { drawReferences, type ReferenceRequest } from '../models/reference-drawer.ts'
import type { TextVectors } from '../models/text-input.ts'
import { normaliseText } from '../text/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { createFrames, type Frames, resizeFrames } from '../video/index.ts'
import { putOn } from '../world/put-on.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import type { PictureBrief } from './brief.ts'
import { type Costume, costumeOf } from './costume.ts'
import { cutOut } from './cut-out.ts'
import type { Reference } from './events.ts'
import { isPictureOf, transparencyOf } from './own-pictures.ts'
import type { Toybox } from './toybox.ts'
import { wholePhrase } from './worn.ts'

/** A member's picture as the painter takes it, and as a person looks at it. */
export interface CastPicture {
  /** Premultiplied RGBA in [0, 1], [4, 64, 64]. */
  readonly picture: Float32Array
  readonly reference: Reference
}

/** Pixels on a side of a reference picture. */
export const referenceSize = 64

export interface DrawCastOptions {
  /** What the weights know, null where they do not say: accessories that they know are drawn apart, and put on. */
  readonly vocabulary: Vocabulary | null
  readonly signal: AbortSignal
  readonly onStep: (step: number, steps: number) => void
}

/** The pictures of one video. */
export type Cast = ReadonlyMap<PictureBrief, CastPicture>

/**
 * Makes every picture of a film, for every seed: drawn by the reference generator, or the user's own where one is
 * given.
 * @throws FramewrightError E_OPTION when a picture is given for nobody in the film
 */
export async function drawCast(
  toybox: Pick<Toybox, 'encoder' | 'references'>,
  pictures: readonly PictureBrief[],
  seeds: readonly number[],
  own: Readonly<Record<string, Frames>>,
  { signal, vocabulary, onStep }: DrawCastOptions,
): Promise<Cast[]> {
  checkOwn(pictures, own)
  const given = await Promise.all(pictures.map((brief) => givenPicture(brief, own)))
  const costumes = pictures.map((brief) => costumeOf(brief, vocabulary))
  const texts = await textsOf(toybox, costumes, signal)
  const asked = seeds.flatMap((seed) =>
    costumes.flatMap((costume, i): ReferenceRequest[] => {
      const kind = pictures[i]?.kind ?? 'actor'
      return given[i] ? [] : phrasesOf(costume).map((phrase) => ({ text: textOf(texts, phrase), kind, seed }))
    }),
  )
  const drawn = (asked.length > 0 ? await draw(toybox, asked, signal, onStep) : []).values()
  const next = (): Float32Array => drawn.next().value ?? new Float32Array(4 * referenceSize ** 2)
  return seeds.map(
    () =>
      new Map(
        pictures.map((brief, i): [PictureBrief, CastPicture] => {
          const own = given[i]
          const picture = own ?? dressed(costumes[i], next)
          const source = own ? 'given' : 'drawn'
          const reference = {
            id: brief.id,
            phrase: wholePhrase(brief),
            source,
            picture: pictureFrames(picture),
          } as const
          return [brief, { picture, reference }]
        }),
      ),
  )
}

/** The vectors of all that is to be drawn, each phrase read once. */
async function textsOf(
  toybox: Pick<Toybox, 'encoder'>,
  costumes: readonly Costume[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TextVectors>> {
  const encoder = await toybox.encoder()
  const texts = new Map<string, TextVectors>()
  for (const phrase of new Set(costumes.flatMap(phrasesOf)))
    texts.set(phrase, await encoder.encode(normaliseText(phrase), { signal }))
  return texts
}

function textOf(texts: ReadonlyMap<string, TextVectors>, phrase: string): TextVectors {
  const text = texts.get(phrase)
  if (!text) throw new RangeError(`nobody has read ${phrase}`)
  return text
}

/** What is drawn for a picture: who it is, then what is worn, back to front. */
const phrasesOf = ({ phrase, pieces }: Costume): string[] => [phrase, ...pieces.map((one) => one.phrase)]

/** @param next hands over what was drawn, in the order of `phrasesOf` */
function dressed(costume: Costume | undefined, next: () => Float32Array): Float32Array {
  const plain = next()
  if (!costume?.wearer) return plain
  const worn = costume.pieces.map(({ kind }) => ({ kind, picture: next() }))
  return putOn(plain, costume.wearer, worn, referenceSize)
}

async function draw(
  toybox: Pick<Toybox, 'references'>,
  asked: readonly ReferenceRequest[],
  signal: AbortSignal,
  onStep: (step: number, steps: number) => void,
): Promise<Float32Array[]> {
  const drawer = await toybox.references(Math.min(asked.length, mostAtOnce))
  return drawReferences(drawer, asked, { signal, onPicture: onStep })
}

/** The same cast, of whose actors the painter is shown nothing. */
export function withoutActors(cast: Cast): Cast {
  const unseen = new Float32Array(4 * referenceSize ** 2)
  return new Map(
    [...cast].map(([brief, one]) => [brief, brief.kind === 'actor' ? { ...one, picture: unseen } : one]),
  )
}

/** Pictures drawn in one run: more take memory and no less time. */
const mostAtOnce = 6

function checkOwn(pictures: readonly PictureBrief[], own: Readonly<Record<string, Frames>>): void {
  for (const word of Object.keys(own)) {
    if (pictures.some((brief) => isPictureOf(brief, word))) continue
    const actors = pictures.filter(({ kind }) => kind === 'actor')
    const words = [...new Set(actors.map(({ lemma }) => lemma))].join(', ') || 'nobody'
    throw new FramewrightError(
      'E_OPTION',
      `a picture is given for "${word}", but the video shows ${words}: use one of its words`,
    )
  }
}

/** The user's picture, cut out where that can be done, fitted into a square; null where none is given. */
async function givenPicture(
  brief: PictureBrief,
  own: Readonly<Record<string, Frames>>,
): Promise<Float32Array | null> {
  const found = Object.entries(own).find(([word]) => isPictureOf(brief, word))
  if (!found) return null
  const [, whole] = found
  const picture = transparencyOf(whole) === 'none' ? (cutOut(whole) ?? whole) : whole
  const scale = referenceSize / Math.max(picture.width, picture.height)
  const [width, height] = [picture.width, picture.height].map((n) => Math.max(1, Math.round(n * scale))) as [
    number,
    number,
  ]
  const small = await resizeFrames(picture, { width, height })
  const area = referenceSize ** 2
  const out = new Float32Array(4 * area)
  const left = (referenceSize - width) >> 1
  const top = (referenceSize - height) >> 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * small.channels
      const to = (top + y) * referenceSize + left + x
      const alpha = small.channels === 4 ? (small.data[from + 3] ?? 0) / 255 : 1
      for (let c = 0; c < 3; c++) out[c * area + to] = ((small.data[from + c] ?? 0) / 255) * alpha
      out[3 * area + to] = alpha
    }
  }
  return out
}

/** Premultiplied numbers [4, 64, 64] → one straight RGBA frame. */
export function pictureFrames(picture: Float32Array): Frames {
  const area = referenceSize ** 2
  const data = new Uint8Array(area * 4)
  for (let i = 0; i < area; i++) {
    const alpha = picture[3 * area + i] ?? 0
    for (let c = 0; c < 3; c++) {
      const value = alpha > 0 ? (picture[c * area + i] ?? 0) / alpha : 0
      data[i * 4 + c] = Math.round(Math.min(1, value) * 255)
    }
    data[i * 4 + 3] = Math.round(alpha * 255)
  }
  return createFrames({ data, count: 1, height: referenceSize, width: referenceSize, channels: 4, fps: 1 })
}
