import type { Draft, Group } from './draft.ts'
import type { NounPhrase } from './noun-phrases.ts'

/** What a text has told so far. */
interface Known {
  readonly drafts: readonly Draft[]
  readonly groups: readonly Group[]
  readonly isColour: (adjective: string) => boolean
}

const generic: Readonly<Record<string, (draft: Draft) => boolean>> = Object.assign(Object.create(null), {
  animal: (draft: Draft) => isBeast(draft),
  creature: (draft: Draft) => isBeast(draft),
  beast: (draft: Draft) => isBeast(draft),
  vehicle: (draft: Draft) => draft.meaning.isVehicle,
})
/** "The old woman" may be a grandmother or an Anna who was named before. */
const grown: Readonly<Record<string, 'f' | 'm'>> = Object.assign(Object.create(null), {
  woman: 'f',
  lady: 'f',
  man: 'm',
})
const sexes = { woman: 'f', lady: 'f', girl: 'f', man: 'm', boy: 'm', gentleman: 'm' }
const togetherNouns =
  /^(?:friend|animal|creature|sibling|brother|sister|companion|pair|duo|couple|two|three|one|partner|rival|enemy|twin|lover|kid|child|person|player|opponent|team|trio)$/

/** The entities named before that a noun phrase means again; none for a new one. */
export function findAgain(noun: NounPhrase, sentence: number, known: Known): readonly Draft[] {
  const { drafts } = known
  const { reference, isProper, lemma, head, attributes, count, isPlural } = noun
  // "Boxes … an empty one".
  if (lemma === 'one' && reference === 'indefinite') {
    const many = latest(drafts.filter((draft) => draft.count > 1 && !draft.isHidden))
    return many ? [many] : []
  }
  if (reference === 'another' || reference === 'indefinite') return []
  const isKnownName = isProper && reference === 'none'
  if (reference === 'none' && !isKnownName && lemma !== 'one') return []
  if (lemma === 'one') {
    // "The gray cloud bumped into the white one".
    const told = attributes.filter((word) => !ordinal.test(word))
    const same = drafts.filter(
      (draft) => !draft.isHidden && told.every((word) => draft.attributes.includes(word)),
    )
    const latestSame = told.length > 0 && !isPlural ? latest(same) : undefined
    return latestSame ? [latestSame] : oneOf(count ?? 1, known)
  }
  const alike = drafts.filter(
    (draft) =>
      !draft.isHidden &&
      (draft.lemma === lemma ||
        draft.head === lemma ||
        draft.aliases.includes(lemma) ||
        (draft.lemma === head && !isProper) ||
        (isProper && draft.lemma.startsWith(`${lemma} `))),
  )
  // "The last duckling" is one of the ducklings, and no more all of them.
  const isOneOfMany = !isPlural && attributes.some((word) => ordinal.test(word))
  const fitting = alike.filter(
    (draft) => draft.count > 1 === isPlural || (alike.length === 1 && !isOneOfMany),
  )
  // Beside a baby dragon, "the dragon" is the one that is only called so.
  const exact = fitting.filter((draft) => draft.lemma === lemma)
  const found = choose(exact.length > 0 ? exact : fitting, noun, sentence, known)
  if (found) return [found]
  if (reference !== 'definite') return []
  const isGeneric = Object.hasOwn(generic, lemma) ? generic[lemma] : undefined
  const general =
    isGeneric && !isPlural && attributes.length === 0 ? latest(drafts.filter(isGeneric)) : undefined
  if (general) return [general]
  const sex = Object.hasOwn(grown, head) ? grown[head] : undefined
  if (sex && !isPlural) {
    const same = drafts.filter(
      (draft) =>
        draft.gender === sex &&
        draft.count === 1 &&
        draft.sentence < sentence &&
        !Object.hasOwn(sexes, draft.head),
    )
    if (same.length === 1) return same
  }
  const isTogether = togetherNouns.test(head) && (isPlural || /^(?:pair|duo|couple|trio)$/.test(head))
  if (!isTogether) return []
  // "The animals" need not be the two that were named.
  const isVague = count === null && /^(?:animal|creature|kid|child|person|player)$/.test(head)
  return isVague && known.groups.length === 0 ? [] : lastTogether(count ?? 2, sentence, known)
}

/** "The red fox" is the one that was red, if any was; else the only fox whose looks are not told. */
function choose(
  alike: readonly Draft[],
  { attributes, reference, isPlural }: NounPhrase,
  sentence: number,
  { isColour }: Known,
): Draft | undefined {
  if (attributes.length === 0) return latest(alike)
  const same = alike.filter((draft) => attributes.every((attribute) => draft.attributes.includes(attribute)))
  if (same.length > 0) return latest(same)
  const [only] = alike
  if (!only || alike.length > 1) return undefined
  // "A thirsty crow … the clever crow", "a hare … the sleeping hare": more is told of the same.
  const isSameOne = reference === 'definite' && !isPlural && only.count === 1 && only.sentence < sentence
  const isOther = attributes.some((word) => only.attributes.some((old) => contrast(word, old, isColour)))
  return only.attributes.length === 0 || (isSameOne && !isOther) ? only : undefined
}

/** Adjectives that tell one from another of its kind. */
const ordinal = /^(?:first|second|third|fourth|fifth|next|last|other|only|[a-z]{3,}est)$/
const dimensions = [
  /^(?:big|bigger|large|larger|huge|giant|enormous|small|smaller|tiny|little)$/,
  /^(?:old|older|elderly|young|younger|new|ancient|baby)$/,
  /^(?:tall|taller|high|short|shorter|long|longer|low)$/,
  /^(?:good|kind|bad|evil|wicked|mean|cruel)$/,
  /^(?:rich|poor|fat|thin|slim|strong|weak|male|female)$/,
  ordinal,
]

/** "The red fox" beside a grey one, "the old man" beside a young one. */
export function contrast(one: string, other: string, isColour: (adjective: string) => boolean): boolean {
  if (isColour(one) && isColour(other)) return true
  return dimensions.some((dimension) => dimension.test(one) && dimension.test(other)) || ordinal.test(one)
}

/** "The younger one", "the other": of those who were named as several. */
function oneOf(count: number, known: Known): readonly Draft[] {
  if (count > 1) return lastTogether(count, Number.POSITIVE_INFINITY, known)
  const many = latest(known.drafts.filter((draft) => draft.count > 1 && draft.meaning.isAnimate))
  return many ? [many] : []
}

function lastTogether(count: number, sentence: number, { drafts, groups }: Known): readonly Draft[] {
  const group = groups.findLast(({ ids }) => ids.length === count)
  if (group && group.sentence >= sentence - 3) return drafts.filter(({ id }) => group.ids.includes(id))
  const many = latest(drafts.filter((draft) => draft.count === count && draft.meaning.isAnimate))
  if (many) return [many]
  const single = drafts.filter((draft) => draft.count === 1 && draft.meaning.isAnimate)
  const newest = [...single].sort((a, b) => a.order - b.order).slice(-count)
  return newest.length === count ? newest : []
}

function latest(drafts: readonly Draft[]): Draft | undefined {
  return [...drafts].sort((a, b) => a.order - b.order).at(-1)
}

function isBeast({ meaning, gender }: Draft): boolean {
  return meaning.isAnimate && gender === 'none'
}
