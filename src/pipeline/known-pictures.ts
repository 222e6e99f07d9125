import type { Vocabulary } from '../world/vocabulary.ts'
import { type FilmBrief, type PictureBrief, picturesOf, type ShotBrief } from './brief.ts'
import type { Warning } from './events.ts'
import type { NearestWord } from './nearest-word.ts'
import { withArticle } from './noun-phrase.ts'
import { isPictureOf } from './own-pictures.ts'

export interface KnownPicturesOptions {
  /** Of the weights; null where they do not say what they have learned. */
  readonly vocabulary: Vocabulary | null
  /** Words that the user has pictures for: they need not be drawn. @default none */
  readonly given?: readonly string[]
  /** Of words that can be drawn the nearest to one that cannot; null where none is near. */
  readonly nearest: (word: string, candidates: readonly string[]) => Promise<NearestWord | null>
}

/**
 * A brief in which everything can be drawn, as far as that goes: in the place of what the weights have not learned stands the
 * nearest that they have, and a warning names both; where nothing is near, a warning says so.
 */
export async function drawnInPlace(brief: FilmBrief, options: KnownPicturesOptions): Promise<FilmBrief> {
  const { vocabulary, given = [], nearest } = options
  if (vocabulary === null) return { ...brief, warnings: [...brief.warnings, silentWeights] }
  const drawn = picturesOf(brief.shots).filter((picture) => !given.some((word) => isPictureOf(picture, word)))
  const places = new Map<PictureBrief, PictureBrief>()
  const replaced = new Map<string, string>()
  const lost: PictureBrief[] = []
  for (const picture of drawn.filter((one) => !isKnown(one, vocabulary))) {
    const { subjects, places: settings } = vocabulary.words
    const found = await nearest(picture.lemma, picture.kind === 'actor' ? subjects : settings)
    if (found) {
      places.set(picture, { ...picture, phrase: withNoun(picture, found.word) })
      replaced.set(picture.lemma, found.word)
    } else lost.push(picture)
  }
  return {
    shots: brief.shots.map((shot) => inPlace(shot, places)),
    warnings: [
      ...brief.warnings,
      ...[...replaced].map(([word, other]) => replacedWarning(word, other)),
      ...unknownWarnings(lost),
      ...faceWarnings(drawn, (lemma) => vocabulary.isFaceOnly(replaced.get(lemma) ?? lemma)),
    ],
  }
}

function isKnown({ kind, phrase, lemma }: PictureBrief, { knowsActor, knowsPlace }: Vocabulary): boolean {
  return kind === 'actor' ? knowsActor(phrase) || knowsActor(lemma) : knowsPlace(lemma)
}

/** `a small grey kitten in a hat` with `cat` → `a small grey cat in a hat`. */
function withNoun({ lemma, phrase }: PictureBrief, noun: string): string {
  const bare = phrase.replace(/^(?:a|an) /i, '')
  const at = bare.toLowerCase().indexOf(lemma)
  return withArticle(at < 0 ? noun : bare.slice(0, at) + noun + bare.slice(at + lemma.length))
}

function inPlace(shot: ShotBrief, places: ReadonlyMap<PictureBrief, PictureBrief>): ShotBrief {
  const setting = places.get(shot.setting) ?? shot.setting
  const actors = shot.actors.map((actor) => ({
    ...actor,
    picture: places.get(actor.picture) ?? actor.picture,
  }))
  return { ...shot, actors, setting }
}

const silentWeights: Warning = {
  type: 'substituted',
  words: [],
  message:
    'These weights do not say what they have learned (they have no learned.json): words that they cannot draw are not named.',
}

const advice = 'give a picture with --character, or use another word'

function replacedWarning(word: string, other: string): Warning {
  const message = `Toybox has not learned to draw "${word}", and draws "${other}" in its place: ${advice}.`
  return { type: 'substituted', words: [word], message }
}

/** What is drawn nobody knows: the mean of what is near. */
function unknownWarnings(lost: readonly PictureBrief[]): Warning[] {
  const words = [...new Set(lost.map(({ lemma }) => lemma))]
  if (words.length === 0) return []
  const list = words.map((word) => `"${word}"`).join(' and ')
  const message = `Toybox has not learned to draw ${list}, nor anything near it, and something else may appear: ${advice}.`
  return [{ type: 'substituted', words, message }]
}

/** Of whom only the head will be seen, where nobody asks for a face. */
function faceWarnings(pictures: readonly PictureBrief[], isFaceOnly: (lemma: string) => boolean): Warning[] {
  const faces = pictures.filter(({ kind, lemma }) => kind === 'actor' && isFaceOnly(lemma))
  const words = [...new Set(faces.flatMap(({ lemma }) => (/\b(?:face|head)$/.test(lemma) ? [] : [lemma])))]
  if (words.length === 0) return []
  const list = words.map((word) => `"${word}"`).join(' and ')
  const message = `Toybox has learned only the face of ${list}: no body will be seen; ${advice}.`
  return [{ type: 'substituted', words, message }]
}
