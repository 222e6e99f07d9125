import type { Lexicon } from './lexicon.ts'
import type { Token } from './scene-graph.ts'

const nominal = new Set(['NOUN', 'PROPN', 'PRON'])
const mayFollowVerb = new Set([
  'ADP',
  'DET',
  'PRON',
  'ADV',
  'PUNCT',
  'CCONJ',
  'SCONJ',
  'NUM',
  'PART',
  'PROPN',
])

/**
 * Mends the tagger's known slips in captions: present-tense verbs taken for nouns or adjectives
 * ("a girl waves", "cats chase a ball"), and left and right taken for verbs.
 */
export function retag(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const mended = tokens.map((token, index) => mendSide(token, tokens[index - 1]))
  // From the end: whether "waves" is a verb in "ocean waves crash" depends on what "crash" is.
  for (let index = mended.length - 1; index > 0; index--) {
    const token = mended[index]
    const verb = token && isMistakenVerb(mended, index, lexicon) ? lexicon.verbOf(token.text) : null
    if (token && verb !== null) mended[index] = { ...token, pos: 'VERB', lemma: verb }
  }
  return mended
}

function mendSide(token: Token, previous: Token | undefined): Token {
  const text = token.text.toLowerCase()
  if (text !== 'left' && text !== 'right') return token
  if (previous?.pos === 'DET') return { ...token, pos: 'NOUN', lemma: text }
  const isSubject = previous !== undefined && nominal.has(previous.pos)
  // "A man left." stays a verb; "a man runs left" does not.
  return isSubject ? token : { ...token, pos: 'ADV', lemma: text }
}

function isMistakenVerb(tokens: readonly Token[], index: number, lexicon: Lexicon): boolean {
  const [previous, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (!previous || !token || !['NOUN', 'ADJ', 'PROPN'].includes(token.pos)) return false
  const verb = lexicon.verbOf(token.text)
  if (verb === null) return false
  const isThirdPerson = token.text.toLowerCase() !== verb
  // "A chef cooks pasta": a noun may follow if the clause has no other verb.
  const isFree = !next || mayFollowVerb.has(next.pos) || (isThirdPerson && !hasVerbAfter(tokens, index))
  if (!isFree) return false
  if (previous.pos === 'AUX' || previous.pos === 'PART')
    return token.text.toLowerCase() === verb && !isBe(tokens, index)
  const before = previous.pos === 'ADV' ? tokens[index - 2] : previous
  if (!before || !nominal.has(before.pos)) return false
  // The subject tells which form to look for: "a girl waves", "girls wave", "a crab and a lobster wave".
  return isThirdPerson || isPlural(before) || isCoordinated(tokens, index)
}

/** "Does not chase" needs a verb, "is not rain" does not. */
function isBe(tokens: readonly Token[], index: number): boolean {
  const auxiliary = tokens.slice(0, index).findLast(({ pos }) => pos === 'AUX')
  return auxiliary === undefined || auxiliary.lemma === 'be'
}

function isPlural({ text, lemma, pos }: Token): boolean {
  return pos === 'PRON'
    ? /^(?:i|you|we|they)$/i.test(text)
    : (pos === 'PROPN' || text.toLowerCase() !== lemma) && /[^s]s$|men$|ice$/i.test(text)
}

function hasVerbAfter(tokens: readonly Token[], index: number): boolean {
  const rest = tokens.slice(index + 1)
  const end = rest.findIndex(
    ({ pos, lemma }) => lemma === 'as' || pos === 'PUNCT' || pos === 'SCONJ' || pos === 'CCONJ',
  )
  return rest.slice(0, end < 0 ? rest.length : end).some(({ pos }) => pos === 'VERB' || pos === 'AUX')
}

/** Whether an "and" stands before, with no verb between it and the start of the sentence. */
function isCoordinated(tokens: readonly Token[], index: number): boolean {
  const before = tokens.slice(0, index)
  return (
    before.some(({ lemma }) => lemma === 'and') && !before.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
  )
}
