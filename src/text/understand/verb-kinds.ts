import type { WordNet } from '../wordnet/wordnet.ts'

/** Verbs that tell where or how somebody is, and not where to. */
export const still =
  /^(?:stand|lie|hang|sit|lean|rest|stay|remain|park|be|have|wait|wear|contain|hold|stop|stretch|tower|loom|belong|cost|last|cover|fill|surround|line|look|glow|shine)$/

/** Whether a verb's first sense is of motion. */
export function isMotion(verb: string, wordnet: WordNet): boolean {
  return wordnet.verb(verb)?.classes[0] === 'm'
}
