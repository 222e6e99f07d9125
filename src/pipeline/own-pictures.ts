import type { Frames } from '../video/frames.ts'
import type { PictureBrief } from './brief.ts'
import { cutOut } from './cut-out.ts'
import type { Warning } from './events.ts'

/** How much of a picture can be seen through. */
export function transparencyOf({ data, channels }: Frames): 'none' | 'some' | 'all' {
  if (channels === 3) return 'none'
  let isSolid = true
  let isClear = true
  for (let i = 3; i < data.length && (isSolid || isClear); i += 4) {
    if (data[i] !== 255) isSolid = false
    if (data[i] !== 0) isClear = false
  }
  return isSolid ? 'none' : isClear ? 'all' : 'some'
}

/** Pictures that will not look as their owner may expect. */
export function pictureWarnings(own: Readonly<Record<string, Frames>>): Warning[] {
  return Object.entries(own).flatMap(([word, picture]): Warning[] => {
    if (transparencyOf(picture) !== 'none') return []
    const words = [word]
    if (cutOut(picture)) {
      const message = `The picture for "${word}" was cut out of its plain background; give a PNG with transparency to decide yourself.`
      return [{ type: 'cut-out', words, message }]
    }
    const message = `The picture for "${word}" has no transparency and its border is not of one colour: what is behind the figure moves with it; cut the figure out, as a PNG.`
    return [{ type: 'opaque-picture', words, message }]
  })
}

/** Whether a picture that is given for a word, or for an id, takes this one's place. */
export function isPictureOf({ id, kind, lemma, phrase }: PictureBrief, word: string): boolean {
  if (kind === 'setting') return false
  const lower = word.toLowerCase()
  return id === word || lemma === lower || phrase.toLowerCase().split(' ').includes(lower)
}
