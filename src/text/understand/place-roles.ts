import type { WordNet } from '../wordnet/wordnet.ts'
import { isDoneTo } from './addressing.ts'
import type { Clause, Nominal, NounJudge, Slot } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'
import type { Meaning } from './nouns.ts'
import type { Standing } from './standing.ts'
import { bringing, isMotion, still } from './verb-kinds.ts'

const around =
  /^(?:in|on|at|through|across|along|over|into|inside|to|toward|from|out of|around|down|up|past|off|onto|throughout|within|above|by|near|outside|in the middle of|in the centre of|in the center of|at the edge of|on the edge of|at the end of|at the bottom of|at the foot of|at the top of|among|amid|between|beyond|of|beside|next to|behind|in front of|under|below|beneath|against|underneath|for|on the other side of|in the corner of|at the back of|for|as)$/
const aside =
  /^(?:beside|next to|near|by|behind|in front of|between|under|below|beneath|against|above|outside)$/
const inside =
  /^(?:in|inside|into|through|out of|within|at|to|from|throughout|in the middle of|in the corner of|outside|in front of|leave)$/
const groundPreposition =
  /^(?:in|inside|within|on|over|up|down|across|through|along|into|above|toward|to|at|under|against|below|beneath|at the top of|at the foot of|on top of|at the bottom of|around|at the edge of|on the edge of|off|onto|near|past)$/
const grounds =
  /^(?:sky|mountain|hill|cliff|water|wave|grass|snow|sand|cloud|ground|volcano|iceberg|mud|ice)$/
const highGround = /^(?:mountain|hill|cliff|volcano|iceberg)$/
/** Ways past and around a building: it is the scene of who goes them. */
const passing = /^(?:past|around|across|through|along|in front of|outside)$/
/** Past what is built one sees it from outside, unless it is so large that all there is at it. */
const seenFrom = /^(?:past|in front of|by)$/
const landmarks = /^(?:castle|palace|cathedral|temple|pyramid|ruins|fortress|cityscape)$/
/** What one does to a place that one goes to. */
const goesTo =
  /^(?:enter|leave|reach|cross|visit|explore|approach|roam|wander|climb|traverse|clear|fill|cover|overlook|circle|pass|patrol|haunt|light|illuminate|walk|descend|ascend|travel|navigate|tour|sweep|flood|clean|search|guard|watch|see|admire|survey|face)$/
/** What a noun that can be a place is for the scene; see `SceneRole`. */
type PlaceRole = 'place' | 'ground' | 'nothing'

/** Decides which nouns are places that something happens in, and which are things that are seen. */
export class PlaceJudge {
  readonly #wordnet: WordNet
  readonly #nouns: NounJudge

  constructor(wordnet: WordNet, nouns: NounJudge) {
    this.#wordnet = wordnet
    this.#nouns = nouns
  }

  /** What a noun that may be a place is; null where it is none. */
  roleOf(
    { head, lemma, name, isProper, isPlural, attributes, reference }: NounPhrase,
    meaning: Meaning,
    { preposition, slot, clause, anchor }: Standing,
  ): PlaceRole | null {
    // "A map of the world".
    if (preposition === 'of' && anchor?.kind === 'noun' && /^(?:map|globe|atlas)$/.test(anchor.head))
      return 'nothing'
    // "The last robot on Earth".
    if (head === 'earth' && reference === 'none' && preposition === 'on') return 'nothing'
    // "Two owls, full moon".
    const isSeen = reference !== 'none' || (preposition === null && attributes.length > 0)
    const isColoured = attributes.some((word) => this.#wordnet.adjective(word)?.isColour)
    if (meaning.isCelestial && isSeen && (isColoured || !isOnIt(preposition, clause))) return null
    if (isProper && meaning.place !== 'always') return null
    const verb = clause.verb
    // "On a blade of grass".
    if (grounds.test(head) && / of /.test(name)) return null
    if (grounds.test(head)) {
      if (preposition === null)
        return slot === 'object' &&
          verb !== null &&
          goesTo.test(verb.base) &&
          /^(?:mountain|hill|cliff)$/.test(head)
          ? 'ground'
          : null
      // "Listens to the waves".
      const isMeant =
        /^(?:at|to|for)$/.test(preposition) &&
        verb !== null &&
        isDoneTo(verb.base, preposition) &&
        this.#nouns.isReporting(verb.base)
      if (isMeant && head !== 'sky') return null
      // "Palm trees below a cliff": it is seen from beside.
      if (highGround.test(head) && /^(?:under|below|beneath)$/.test(preposition)) return null
      if (head === 'wave' && /^(?:above|under|below|beneath)$/.test(preposition)) return null
      // "Toward the mountains": no one carries them.
      const isWay = /^(?:over|across|through|toward|to|up|down|into|along|past)$/.test(preposition)
      if (isWay && highGround.test(head) && head !== 'iceberg') return 'place'
      return groundPreposition.test(preposition) ? 'ground' : null
    }
    // "Stops at the corner".
    if (head === 'corner' && reference === 'definite' && /^(?:at|around)$/.test(preposition ?? ''))
      return 'place'
    if (meaning.place === 'never' || meaning.isVehicle) return null
    const isRoom = this.#wordnet.noun(lemma)?.classes[0] === 'r'
    const isNatural = meaning.place === 'always' && !structures.test(head) && !isRoom
    // "The north can expect showers".
    if (slot === 'subject' && /^(?:north|south|east|west)$/.test(head)) return 'place'
    if (preposition === null)
      return this.#bareRole(
        isNatural || (isRoom && meaning.place === 'always'),
        meaning.place,
        slot,
        clause,
        attributes.some((word) => peopled.test(word)),
      )
    if (!around.test(preposition)) return null
    if (verb?.voice === 'passive' && preposition === 'by') return null
    // "Past a red barn".
    if (!isNatural && !landmarks.test(head) && seenFrom.test(preposition)) return null
    if (this.#isMaterial(preposition, verb?.base)) return null
    // "Points to an island".
    const isMeant = /^(?:at|to)$/.test(preposition) && verb !== null && isDoneTo(verb.base, preposition)
    if (isMeant) return null
    // "Drinks from a canteen".
    if (
      !isNatural &&
      /^(?:from|out of)$/.test(preposition) &&
      /^(?:drink|eat|sip|feed|nibble)$/.test(verb?.base ?? '')
    )
      return null
    // "Over the bar", "between the booths", "snow piles up on the balconies": works that one sees from outside.
    if (meaning.isBuilding && clause.objects.length > 0 && /^(?:over|above)$/.test(preposition)) return null
    if (meaning.isBuilding && isPlural && preposition === 'on') return null
    if (meaning.isBuilding && !isPlural && passing.test(preposition) && this.#isGoing(clause)) return 'ground'
    if (preposition === 'from' && /^(?:north|south|east|west)$/.test(head)) return 'nothing'
    if (aside.test(preposition)) return isNatural ? 'place' : null
    if (preposition === 'of' && anchor !== null && isDepiction(anchor)) return isProper ? 'nothing' : null
    // "The booths of a busy bistro".
    if (preposition === 'of' && meaning.isBuilding && attributes.some((word) => peopled.test(word)))
      return 'place'
    if (preposition === 'of' && !isNatural && anchor !== null && isOutside(anchor)) return null
    if (preposition === 'of') return meaning.place === 'always' && anchor !== null ? 'place' : null
    // "Pours tea into a swimming pool": no one need be there.
    const isFilled = structures.test(head) && clause.objects.length > 0 && lettingGo.test(verb?.base ?? '')
    if (isFilled && /^(?:into|onto|over)$/.test(preposition)) return null
    if (meaning.place === 'always') return 'place'
    // "Puts it into the drawer": a thing is there, and no one.
    const isContained = !meaning.isBuilding || preposition !== 'in'
    if (isContained && clause.objects.length > 0 && verb !== null && this.#isPutting(verb.base)) return null
    return inside.test(preposition) ? 'place' : null
  }

  /** "Walks past a castle", "a scene around a castle": nobody does anything else there. */
  #isGoing({ verb, subjects, objects }: Clause): boolean {
    if (verb === null) return !subjects.some((one) => this.#nouns.isAgentive(one))
    return (
      isMotion(verb.base, this.#wordnet) ||
      (verb.voice === 'active' && objects.length === 0 && !still.test(verb.base))
    )
  }

  /** "Builds a raft from barrels". */
  #isMaterial(preposition: string, verb: string | undefined): boolean {
    const isMaking = this.#wordnet.verb(verb ?? '')?.classes[0] === 'r'
    return isMaking && /^(?:from|out of|of|with)$/.test(preposition)
  }

  #isPutting(verb: string): boolean {
    const senses = this.#wordnet.verb(verb)
    return (senses?.classes[0] === 'c' && !senses.standsAlone) || bringing.test(verb)
  }

  /** "Loves her garden", "owns a farm": nobody need be there. */
  #isPrized(verb: string): boolean {
    return 'egv'.includes(this.#wordnet.verb(verb)?.classes[0] ?? 'x')
  }

  /** A place without a preposition: "an empty beach at noon", "crosses the desert". */
  #bareRole(
    isNatural: boolean,
    place: Meaning['place'],
    slot: Slot,
    { verb, isExistential }: Clause,
    isPeopled: boolean,
  ): PlaceRole | null {
    if (slot === 'object' && verb !== null) {
      if (/^(?:build|make|paint|draw|dig|carve|have|destroy|create|open|eat|hold|carry)$/.test(verb.base))
        return null
      // "Crosses a bridge in the mountains".
      if (place !== 'never' && !isNatural && /^cross$/.test(verb.base)) return 'ground'
      return (place === 'always' && goesTo.test(verb.base)) ||
        (isNatural && verb.voice === 'active' && !this.#isPrized(verb.base)) ||
        /^(?:enter|leave|reach|cross|visit|explore)$/.test(verb.base)
        ? 'place'
        : null
    }
    if (verb === null || isExistential) return isNatural || (isPeopled && place !== 'never') ? 'place' : null
    const isState =
      verb.isAuxiliary ||
      /^(?:stay|remain|lie|stretch|look|seem|appear|feel|sleep|glow|shine|wake|fill|cover|surround)$/.test(
        verb.base,
      )
    return isNatural && (isState || verb.voice === 'passive') ? 'place' : null
  }
}

/** "A map of Spain": shown, and nobody is there. */
export function isDepiction(anchor: Nominal): boolean {
  return (
    anchor.kind === 'noun' &&
    /^(?:map|picture|painting|photo|photograph|portrait|drawing|model|poster|postcard|flag|globe|mural)$/.test(
      anchor.head,
    )
  )
}

const lettingGo = /^(?:pour|drop|throw|toss|spray|sprinkle|fling|hurl|spill|dump)$/

/** "The roof of a church": seen from outside. */
function isOutside(anchor: Nominal): boolean {
  return (
    anchor.kind === 'noun' &&
    /^(?:roof|wall|door|gate|window|tower|spire|chimney|steeple|bell)$/.test(anchor.head)
  )
}

/** Buildings and works: seen as things unless one is in them. */
const structures =
  /^(?:castle|bridge|church|cathedral|temple|palace|school|hospital|library|museum|shop|store|restaurant|cafe|café|hotel|factory|theater|theatre|station|garage|farm|cabin|bar|pub|pier|dock|greenhouse|balcony|porch|tunnel|gym|camp|tent|bakery|supermarket|warehouse|campsite|circus|rooftop|fountain|pool|bank|deck)$/

/** Said of what is around one: "a busy airport terminal". */
const peopled =
  /^(?:busy|crowded|empty|deserted|abandoned|bustling|packed|lively|cosy|cozy|dim|dimly|sunlit)$/

/** "On the moon", "visits the planet": else a moon is a thing in the sky. */
function isOnIt(preposition: string | null, { verb }: Clause): boolean {
  return preposition === null
    ? verb !== null && goesTo.test(verb.base)
    : !/^(?:past|by|at)$/.test(preposition)
}
