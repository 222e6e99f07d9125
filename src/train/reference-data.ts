import type { ReferenceKind } from '../models/reference.ts'
import { FramewrightError } from '../util/errors.ts'
import type { Random } from '../util/random.ts'
import { type Actor, actors } from '../world/actors.ts'
import { type Setting, settingNames, settings, settingVariants, type TimeOfDay } from '../world/settings.ts'
import { canvasKey, type WorldPack } from '../world/world-pack.ts'

/** Something the reference generator learns to draw: an actor, or a setting at a time of day. */
export interface Subject {
  /** Unique: `dog`, `beach/night`. */
  readonly id: string
  readonly kind: ReferenceKind
  /** Different pictures of it: frames of an actor's loop, variants of a setting. */
  readonly pictures: number
  /** Words that are true of all of its pictures. */
  readonly phrase: (random: Random) => string
  /** Picture `index`: premultiplied RGBA in [0, 1], [4, size, size]; characters face right. */
  readonly draw: (index: number) => Float32Array
}

/** All that the world can show, from `pack`, in pictures of `size`×`size`. */
export function subjectsOf(pack: WorldPack, size: number): Subject[] {
  return [
    ...actors.map((actor) => actorSubject(actor, pack, size)),
    ...settingNames.flatMap((name) =>
      settings[name].times.map((time) => settingSubject(settings[name], time, pack, size)),
    ),
  ]
}

function actorSubject(actor: Actor, pack: WorldPack, size: number): Subject {
  return {
    id: actor.id,
    kind: 'actor',
    pictures: actor.pictures,
    phrase: (random) => actorPhrase(actor, random),
    draw: (frame) => actorPicture(actor, pack, size, frame),
  }
}

function settingSubject(setting: Setting, time: TimeOfDay, pack: WorldPack, size: number): Subject {
  return {
    id: `${setting.name}/${time}`,
    kind: 'setting',
    pictures: settingVariants,
    phrase: (random) => settingPhrase(setting, time, random),
    draw: (variant) => settingPicture(setting, time, pack, size, variant),
  }
}

const nounCounts = new Map<string, number>()
for (const { noun } of actors) nounCounts.set(noun, (nounCounts.get(noun) ?? 0) + 1)

const articles = ['a', 'a', 'the', 'the', 'one', 'this'] as const
const sizes = ['small', 'big', 'little', 'large'] as const
const manners = ['cute', 'funny', 'happy', 'cartoon', 'friendly'] as const

/**
 * `a brown dog`, `the puppy`, `a man running`. Where several actors share a noun, a word that tells them apart
 * is always there: what they look like, or what they do.
 */
function actorPhrase(actor: Actor, random: Random): string {
  const { looks, synonyms } = actor
  const ambiguous = (nounCounts.get(actor.noun) ?? 0) > 1
  const noun = synonyms.length > 0 && random.uniform() < 0.35 ? random.pick(synonyms) : actor.noun
  const words: string[] = []
  if (random.uniform() < 0.15) words.push(random.pick(random.uniform() < 0.5 ? sizes : manners))
  const doing = ambiguous ? /-(\w+ing)$/.exec(actor.id)?.[1] : undefined
  const told = looks.length > 0 && random.uniform() < (ambiguous && !doing ? 0.9 : 0.4)
  if (told && !noun.startsWith('woman') && !noun.startsWith('man')) words.push(random.pick(looks))
  if (doing && random.uniform() < 0.4) return withArticle([...words, doing, noun].join(' '), random)
  const phrase = withArticle([...words, noun].join(' '), random)
  return doing && random.uniform() < 0.85 ? `${phrase} ${doing}` : phrase
}

function withArticle(words: string, random: Random): string {
  if (random.uniform() < 0.05) return words
  const article = random.pick(articles)
  return `${article === 'a' && /^[aeio]|^u(?!ni|fo)/i.test(words) ? 'an' : article} ${words}`
}

const timeWords: { readonly [T in TimeOfDay]: readonly string[] } = {
  day: ['', '', '', 'by day', 'in the daytime', 'during the day', 'on a sunny day', 'in the morning'],
  sunset: ['at sunset', 'at sunset', 'at dusk', 'in the evening', 'at sundown'],
  night: ['at night', 'at night', 'by night', 'in the moonlight', 'in the dark', 'under the stars'],
}

/** `a beach at night`; where a place has one time only, the time is not said. */
function settingPhrase({ name, phrases, at, saysTime }: Setting, time: TimeOfDay, random: Random): string {
  const place = random.uniform() < 0.15 ? name : random.pick(phrases)
  const where = random.uniform() < 0.2 && place !== name ? `${random.pick(at)} ${place}` : place
  const when = saysTime ? random.pick(timeWords[time]) : ''
  return when === '' ? where : `${where} ${when}`
}

/** A frame of an actor's loop, turned to the right. */
function actorPicture(
  { id, nativeFacing }: Actor,
  pack: WorldPack,
  size: number,
  frame: number,
): Float32Array {
  const level = pack.sprites.get(id)?.levels[0]
  if (!level) throw new FramewrightError('E_DATA', `the world pack has no ${id}: build it again`)
  const length = level.size ** 2 * 4
  const data = level.data.subarray(frame * length, (frame + 1) * length)
  const picture = shrink({ data, width: level.size, height: level.size, channels: 4 }, size)
  return nativeFacing === 'left' ? mirror(picture, size) : picture
}

/** The whole of a setting's drawing, narrowed to a square as the painter takes it. */
function settingPicture(
  { name }: Setting,
  time: TimeOfDay,
  pack: WorldPack,
  size: number,
  variant: number,
): Float32Array {
  const canvas = pack.canvases.get(canvasKey(name, time))?.[variant]
  if (!canvas)
    throw new FramewrightError('E_DATA', `the world pack has no ${name} by ${time}: build it again`)
  const picture = new Float32Array(4 * size * size).fill(1)
  picture.set(shrink({ ...canvas, channels: 3 }, size))
  return picture
}

interface Bytes {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** 8-bit [height, width, channels] → [channels, size, size] in [0, 1]: means over the area of each new pixel. */
function shrink({ data, width, height, channels }: Bytes, size: number): Float32Array {
  const rows = overlaps(height, size)
  const columns = overlaps(width, size)
  const out = new Float32Array(channels * size * size)
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      for (const [sy, wy] of row) {
        for (const [sx, wx] of column) {
          for (let c = 0; c < channels; c++) {
            const i = (c * size + y) * size + x
            out[i] = (out[i] ?? 0) + ((data[(sy * width + sx) * channels + c] ?? 0) * wy * wx) / 255
          }
        }
      }
    }
  }
  return out
}

/** Which of `from` old pixels each of `to` new ones covers, and how much of it they are. */
function overlaps(from: number, to: number): [pixel: number, share: number][][] {
  const step = from / to
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * step, (i + 1) * step]
    const covered: [number, number][] = []
    for (let pixel = Math.floor(start); pixel < end; pixel++) {
      const share = (Math.min(end, pixel + 1) - Math.max(start, pixel)) / step
      if (share > 1e-6) covered.push([pixel, share])
    }
    return covered
  })
}

/** [channels, size, size] with left and right exchanged. */
export function mirror(picture: Float32Array, size: number): Float32Array {
  return picture.map((_, i) => {
    const x = i % size
    return picture[i - x + (size - 1 - x)] ?? 0
  })
}
