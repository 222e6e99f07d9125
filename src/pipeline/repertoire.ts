import { join } from 'node:path'
import { toyboxDenoiser } from '../models/denoiser.ts'
import type { Repertoire } from '../story/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { readLearned } from '../world/learned-file.ts'
import { createVocabulary, type Vocabulary } from '../world/vocabulary.ts'
import { weightFolder } from './weights.ts'
import { readWordVectors, type WordVectors } from './word-vectors.ts'

/**
 * The words for what the networks of a weight folder have learned; null where the folder does not say.
 * @param folder as `weightFolder()`
 * @throws FramewrightError E_WEIGHTS when its list is damaged
 */
export function toyboxVocabulary(folder: string = weightFolder()): Vocabulary | null {
  const learned = readLearned(join(folder, 'toybox'))
  return learned && createVocabulary(learned)
}

/**
 * Vectors of the words for what the world shows; none where a weight folder has no words.json.
 * @param folder as `weightFolder()`
 * @throws FramewrightError E_WEIGHTS when its file is damaged
 */
export function toyboxWordVectors(folder: string = weightFolder()): WordVectors {
  return readWordVectors(join(folder, 'toybox'))
}

/**
 * What toybox can draw, for a director: what its networks have seen in training.
 * @param folder of the weights @default the package's own
 * @throws FramewrightError E_WEIGHTS when its list is missing or damaged
 */
export function toyboxRepertoire(folder: string = weightFolder()): Repertoire {
  const vocabulary = toyboxVocabulary(folder)
  if (vocabulary) return { ...vocabulary.words, perShot: toyboxDenoiser.slots - 1 }
  throw new FramewrightError(
    'E_WEIGHTS',
    `the weights in ${folder} do not say what they have learned (they have no toybox/learned.json): train or publish a part`,
  )
}
