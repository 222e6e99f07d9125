import type { WordNet } from '../wordnet/wordnet.ts'
import { isDoneTo } from './addressing.ts'
import type { Cast } from './cast.ts'
import type { Clause, Nominal, Oblique } from './clause.ts'
import { isLetInto, isMadeThere, isMoved, isPut } from './moved-things.ts'
import { posture } from './phrases-around.ts'
import type { Referents } from './referents.ts'
import { bringing, still } from './verb-kinds.ts'

interface Tools {
  readonly cast: Cast
  readonly wordnet: WordNet
}

/** Verbs that put on or into their object what stands behind `with`. */
const filling =
  /^(?:fill|cover|load|decorate|stuff|pack|line|top|coat|sprinkle|surround|paint|spray|dust|wrap|adorn|garnish|stock|equip|provide)$/
/** Verbs that keep their object somewhere. */
const keeping = /^(?:hold|carry|have|keep|wear|raise|lift|balance)$/

/** Who or what is there. */
export function subjectsOf(
  clause: Clause,
  { preposition, nominal, anchor, anchorSlot }: Oblique,
  agents: readonly string[],
  referents: Referents,
  tools: Tools,
): readonly string[] {
  const { cast } = tools
  const doers = agents.length > 0 ? agents : referents.idsOf(clause.subjects)
  const near = anchor
    ? referents.idsOf([anchor]).filter((id) => !referents.idsOf([nominal]).includes(id))
    : []
  // "Runs after it in his slippers".
  const isWornOn =
    preposition === 'in' && referents.idsOf([nominal]).some((id) => cast.meaning(id)?.isClothing)
  const owner =
    (preposition === 'with' || isWornOn) && nominal.kind === 'noun' && nominal.owner
      ? referents.idsOf([nominal.owner])
      : []
  if (owner.length > 0) return owner
  // "In a library with towering shelves": a place has them.
  if (preposition === 'with' && anchor !== null && referents.placeName(anchor) !== null)
    // "Floats through the dark bay with a flashlight": who does something there.
    return clause.verb !== null && anchor.kind === 'noun' && anchor.reference === 'definite' ? doers : []
  const isCarried = anchorSlot === 'oblique' && anchor?.kind === 'noun' && anchor.reference === 'definite'
  const isDone = clause.verb !== null && !still.test(clause.verb.base) && !posture.test(clause.verb.base)
  // "Hides under the table with two slices of cake".
  const isOnTheWay = clause.obliques.some(
    (one) => one.nominal === anchor && (ways.test(one.preposition) || (isDone && one.preposition !== 'of')),
  )
  const isIndefinite =
    nominal.kind === 'noun' && (nominal.reference === 'indefinite' || nominal.count !== null)
  // "Swims through the wreck with a lamp".
  if (preposition === 'with' && isCarried && isOnTheWay && isIndefinite && doers.length > 0) return doers
  if (preposition === 'with' && isHeldAround(clause, nominal, doers, referents)) return doers
  // "Puts it back into the drawer".
  if (anchor === null && isPut(clause, preposition, nominal, tools)) return referents.idsOf(clause.objects)
  // "Finds them side by side on the shelf".
  if (anchor === null && isFoundThere(clause, nominal, preposition)) return referents.idsOf(clause.objects)
  const isPlace = referents.placeName(nominal) !== null
  // "Throws a pebble into the lake".
  const isThrown =
    anchorSlot === 'object' &&
    clause.verb !== null &&
    (bringing.test(clause.verb.base) || isLetInto(clause, preposition, near, tools))
  if (isPlace && isThrown && /^(?:into|onto|over|off|out of)$/.test(preposition) && near.length > 0)
    return near
  // "A ferry carries goats on its deck": nothing is on a part of its own.
  // "Crawls after it on her hands".
  if (anchor !== null && near.length > 0 && isOwnPart(nominal, doers, referents, cast))
    return anchor.kind === 'pronoun' && anchorSlot === 'oblique' ? doers : near
  // "With cars on its deck".
  const isPlayedWith = isDoneTo(clause.verb?.base ?? '', 'with')
  const isOfCompanion =
    !isPlayedWith && clause.obliques.some((one) => one.nominal === anchor && one.preposition === 'with')
  if (anchor !== null && isPlace && isOfCompanion && near.length > 0) return near
  if (anchor === null || (isPlace && clause.verb !== null && doers.length > 0)) return doers
  const { verb } = clause
  // "A lamp and a cup on a table": both.
  if (verb === null && !isWornOn && isLastOfAll(clause, anchor) && whereabouts.test(preposition))
    return referents.idsOf(clause.subjects)
  if (verb === null || anchorSlot === 'subject') return near.length > 0 ? near : doers
  // "Catches it with a pan": a pronoun is told no more of; but "fills it with apples".
  const isPronoun = anchor.kind === 'pronoun' && preposition === 'with'
  if (isPronoun) return filling.test(verb.base) ? near : doers
  const isOnWay =
    /^(?:to|toward|into|onto|through|across|along|past|from|out of|off|down|up|around|at|over|by)$/.test(
      preposition,
    )
  if (anchorSlot === 'object') {
    if (isGroomed(verb.base, anchor, preposition, near, tools) || isPlayed(verb.base, preposition, nominal))
      return doers
    if (isPut(clause, preposition, nominal, tools)) return near
    const isMass = near.length === 0 || near.every((id) => cast.meaning(id)?.isAbstract ?? false)
    if (isMass) return doers
    // "Braids her hair on a throne", "wears a helmet on a tricycle".
    if (
      near.every((id) => cast.meaning(id)?.isBodyPart) &&
      /^(?:on|in|at|under|by|near|beside)$/.test(preposition)
    )
      return doers
    const isWorn =
      /^(?:wear|sport)$/.test(verb.base) && /^(?:on|in|at|under|behind|near|by)$/.test(preposition)
    if (isWorn && !referents.idsOf([nominal]).some((id) => cast.meaning(id)?.isBodyPart)) return doers
    if (bringing.test(verb.base) || isMoved(preposition, verb.base, near, tools)) return near
    if (keeping.test(verb.base) && /^(?:over|above|on|in|under|against|between|up|out of)$/.test(preposition))
      return near
    // "Opens the door behind her": which door.
    if (referents.idsOf([nominal]).some((id) => doers.includes(id))) return near
    // "Takes a map out of his bag", but "watches a bird from a window".
    const isSeeing = 'pkgr'.includes(tools.wordnet.verb(verb.base)?.classes[0] ?? 't')
    if (/^from /.test(preposition)) return isSeeing ? doers : near
    if (/^(?:from|out of|off)$/.test(preposition) && !isSeeing) return near
    if (isMadeThere(verb.base, preposition)) return near
    if (isSeated(preposition, nominal, near, doers, tools)) return doers
    if (isOnWay || isWhereDone(preposition, verb.base, tools)) return doers
    if (preposition === 'with' && !near.some((id) => cast.meaning(id)?.isAnimate)) {
      // "Paints a fence with grandpa".
      if (referents.idsOf([nominal]).some((id) => cast.meaning(id)?.isAnimate)) return doers
      const isTool =
        !filling.test(verb.base) &&
        tools.wordnet.verb(verb.base)?.classes[0] === 'c' &&
        !/^(?:hold|carry|have|wear|see|watch)$/.test(verb.base)
      return isTool ? doers : near
    }
    return near
  }
  // "Pours honey from a spoon over pancakes".
  if (isOnWay && bringing.test(verb.base) && clause.objects.length > 0) return referents.idsOf(clause.objects)
  // "Sits on a bench under a tree": the one who sits; "a pot on the stove": the pot.
  const before = clause.obliques.find((one) => one.nominal === anchor)?.preposition ?? ''
  // "Stands at the microphone in the spotlight": the one who stands.
  // "A turtle with a string around its leg".
  if (isOfCompanion && near.length > 0) return near
  // "Looks at a crystal on a table": what is looked at.
  const isAimedAt = /^(?:at|to)$/.test(before) && isDoneTo(verb.base, before)
  if (isAimedAt && whereabouts.test(preposition) && near.length > 0) return near
  const isBeside = still.test(verb.base) && /^(?:at|by|beside|near|next to|in front of|behind)$/.test(before)
  if (isBeside && doers.length > 0) return doers
  const isWhole = /^(?:on|in|with|inside|of)$/.test(preposition)
  const nearIsThing = near.length > 0
  if (nearIsThing && isWhole) return near
  if (near.length === 0) return doers
  const isBesideSomeone = preposition === 'at' && near.some((id) => cast.meaning(id)?.isAnimate)
  const isStill = still.test(verb.base)
  return (isStill || isOnWay) && !isBesideSomeone ? doers : near
}

function isFoundThere({ verb, objects, obliques }: Clause, nominal: Nominal, preposition: string): boolean {
  const isFinding = verb?.voice === 'active' && /^(?:find|discover|spot)$/.test(verb.base)
  const own = obliques.find((one) => one.nominal === nominal)
  return (
    isFinding &&
    own?.isApart === false &&
    nominal.start > (objects[0]?.start ?? nominal.start) &&
    whereabouts.test(preposition)
  )
}

/** Where somebody or something is, and not what belongs to it. */
const whereabouts =
  /^(?:on|in|under|above|below|behind|beside|next to|inside|between|in front of|near|on top of|beneath|at|against|by)$/

/** Whether a noun ends the row of subjects, and nothing was told of one of them before. */
function isLastOfAll({ subjects, obliques }: Clause, anchor: Nominal): boolean {
  return subjects.length > 1 && subjects.at(-1) === anchor && obliques[0]?.anchor === anchor
}

/** Prepositions of the way that somebody goes. */
const ways = /^(?:through|into|onto|over|across|up|down|along|past|out of|from)$/

/** Whether what is meant is a part of those who do it: `its deck`, `his hand`. */
function isOwnPart(nominal: Nominal, doers: readonly string[], referents: Referents, cast: Cast): boolean {
  if (nominal.kind !== 'noun' || nominal.owner === null) return false
  const isIts = nominal.owner.kind === 'pronoun' && nominal.owner.lower === 'its'
  const isPart = isIts || referents.idsOf([nominal]).some((id) => cast.meaning(id)?.isBodyPart)
  return isPart && referents.idsOf([nominal.owner]).some((id) => doers.includes(id))
}

/** "Climbs through a window with a sack over his shoulder": what stands behind tells whose it is. */
function isHeldAround(
  { obliques }: Clause,
  nominal: Nominal,
  doers: readonly string[],
  referents: Referents,
): boolean {
  return obliques.some(
    ({ anchor, nominal: where }) =>
      anchor === nominal &&
      where.kind === 'noun' &&
      where.owner !== null &&
      referents.idsOf([where.owner]).some((id) => doers.includes(id)),
  )
}

/** "Combs her hair on a rock": she is there; but "rests her chin on a rock". */
function isGroomed(
  verb: string,
  anchor: Nominal,
  preposition: string,
  near: readonly string[],
  { cast }: Tools,
): boolean {
  const isOwn = anchor.kind === 'noun' && anchor.owner !== null
  return (
    isOwn &&
    near.length > 0 &&
    near.every((id) => cast.meaning(id)?.isBodyPart) &&
    /^(?:on|in|at|under|by|near|beside)$/.test(preposition) &&
    !bringing.test(verb) &&
    !/^(?:rest|press|dip|wipe|dry|rub|prop|dunk)$/.test(verb)
  )
}

/** "Plays the violin on a roof", "eats a sandwich on a bench"; but "eats a cake on a plate". */
function isPlayed(verb: string, preposition: string, nominal: Nominal): boolean {
  const isDish =
    nominal.kind === 'noun' && /^(?:plate|dish|tray|platter|board|stick|saucer)$/.test(nominal.head)
  return (
    /^(?:play|practi[cs]e|perform|sing|knit|sew|eat|drink|sip|smoke)$/.test(verb) &&
    /^(?:on|at|under|by|near|beside)$/.test(preposition) &&
    !isDish
  )
}

/** "Shares an ice cream on a bench": who sits there does it. */
function isSeated(
  preposition: string,
  nominal: Nominal,
  near: readonly string[],
  doers: readonly string[],
  { cast }: Tools,
): boolean {
  const isSeat =
    nominal.kind === 'noun' &&
    /^(?:bench|sofa|couch|chair|armchair|stool|swing|throne|hammock)$/.test(nominal.head)
  const isSomeone = (ids: readonly string[]): boolean => ids.some((id) => cast.meaning(id)?.isAnimate)
  return isSeat && /^(?:on|in)$/.test(preposition) && isSomeone(doers) && !isSomeone(near)
}

/** "Sprays the boys with water": somebody with a substance is somebody it is done with. */
export function isMeans(
  { verb }: Clause,
  { preposition, nominal, anchor, anchorSlot }: Oblique,
  referents: Referents,
  tools: Tools,
): boolean {
  if (preposition !== 'with' || anchorSlot !== 'object' || anchor === null || verb === null) return false
  const isSubstance = referents.idsOf([nominal]).some((id) => tools.cast.meaning(id)?.isSubstance)
  return isSubstance && referents.idsOf([anchor]).some((id) => tools.cast.meaning(id)?.isAnimate)
}

/** "Plays the violin in front of a fountain": where the player is; but "sees a dog near the door". */
function isWhereDone(preposition: string, verb: string, tools: Tools): boolean {
  const [kind = 't'] = tools.wordnet.verb(verb)?.classes ?? []
  const isOfObject = 'pr'.includes(kind) || /^(?:find|discover|have|keep|include|contain|show)$/.test(verb)
  return /^(?:in front of|behind|near|next to|beside|outside|under)$/.test(preposition) && !isOfObject
}
