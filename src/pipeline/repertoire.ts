import { toyboxDenoiser } from '../models/denoiser.ts'
import type { Repertoire } from '../story/index.ts'
import { worldWords } from '../world/vocabulary.ts'

/** What toybox can draw, for a director. */
export function toyboxRepertoire(): Repertoire {
  return { ...worldWords(), perShot: toyboxDenoiser.slots - 1 }
}
