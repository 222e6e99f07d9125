import type { WordNet } from '../wordnet/wordnet.ts'

/** Verbs that tell where or how somebody is, and not where to. */
export const still =
  /^(?:stand|lie|hang|sit|lean|rest|stay|remain|park|be|have|wait|wear|contain|hold|stop|stretch|tower|loom|belong|cost|last|cover|fill|surround|line|look|glow|shine)$/

/** What things do, and people who hold them do not: "holds a candle burning". */
export const ofThings =
  /^(?:hang|float|flow|glow|burn|shine|glitter|sparkle|twinkle|flicker|flash|gleam|glint|shimmer|reflect|drip|fall|tumble|spill|grow|blow|flutter|bloom|melt|boil|steam|dangle|sway|swing|shatter)$/

/** What becomes of things and not of animals: "it bursts" is said of a balloon that a dog carries. */
export const breaking =
  /^(?:shatter|break|crack|split|burst|pop|snap|rip|tear|crumble|explode|melt|dissolve|evaporate|leak|rust)$/

/** Ways of moving that things are moved in: a ball that rolls is no character, a car that drives is one. */
export const drifting =
  /^(?:spin|rotate|turn|revolve|roll|slide|slip|bounce|drift|float|drop|sink|rise|swirl|whirl|pour|stream|rock|wobble|tip|topple|shake|tremble|arrive|stop|catch)$/

/** Verbs that bring their object somewhere. */
export const bringing =
  /^(?:push|pull|carry|drag|throw|kick|roll|put|place|pour|drop|lift|lay|set|hang|stick|plant|toss|spray|sprinkle|spread|lean|load|park|leave|bury|hide|stack|pile|arrange|seat|tie|fasten|pin|hold up)$/

/** Whether a verb's first sense is of motion. */
export function isMotion(verb: string, wordnet: WordNet): boolean {
  return wordnet.verb(verb)?.classes[0] === 'm'
}
