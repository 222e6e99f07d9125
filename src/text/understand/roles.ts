import type { WordNet } from '../wordnet/wordnet.ts'
import type { Clause, Nominal } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { type Meaning, meaningOf, type NounWords } from './nouns.ts'
import { PlaceJudge } from './place-roles.ts'
import { seasonOf, weatherOf, weatherOfAdjective } from './scene-words.ts'
import type { Standing } from './standing.ts'
import { isSeasonTold, isTime, timeWord } from './time-nouns.ts'
import { isMotion } from './verb-kinds.ts'

/** What a noun phrase is for the scene. */
export type SceneRole =
  | 'entity'
  /** A setting. */
  | 'place'
  /** A setting where the sentence has no better one, else an entity: water, grass, a hill. */
  | 'ground'
  | 'time'
  | 'season'
  | 'weather'
  /** The left or right of the picture. */
  | 'side'
  | 'nothing'

const nobody =
  /^(?:we|i|you|me|us|someone|something|nobody|everyone|everybody|somebody|nothing|everything|anyone|anybody|anything|none|myself|yourself|ourselves|mine)$/
const filmThings =
  /^(?:camera|scene|video|clip|film|footage|shot|movie|viewer|lens|frame|screen time|close-up|foreground|background)$/

/** Decides what noun phrases are for the scene. */
export class RoleJudge {
  readonly #wordnet: WordNet
  readonly #meanings = new Map<NounPhrase, Meaning>()
  readonly #places: PlaceJudge

  constructor(wordnet: WordNet) {
    this.#wordnet = wordnet
    this.#places = new PlaceJudge(wordnet, this)
  }

  meaning(noun: NounPhrase): Meaning {
    const known = this.#meanings.get(noun) ?? this.meaningOf(noun)
    this.#meanings.set(noun, known)
    return known
  }

  meaningOf(noun: NounWords): Meaning {
    return meaningOf(noun, this.#wordnet)
  }

  isAgentive(nominal: Nominal): boolean {
    if (nominal.kind === 'pronoun') return !nobody.test(nominal.lower)
    const { isAnimate, isVehicle } = this.meaning(nominal)
    return isAnimate || isVehicle
  }

  isPerson(nominal: Nominal): boolean {
    return nominal.kind === 'pronoun' ? !nobody.test(nominal.lower) : this.meaning(nominal).gender !== 'none'
  }

  isCircumstance(nominal: Nominal): boolean {
    if (nominal.kind === 'pronoun') return false
    return timeWord(nominal) !== null || seasonOf(nominal.lemma) !== null || weatherOf(nominal.lemma) !== null
  }

  isReporting(verb: string): boolean {
    return /[kgp]/.test(this.#wordnet.verb(verb)?.classes[0] ?? '')
  }

  roleOf(noun: NounPhrase, standing: Standing): SceneRole {
    const { preposition, slot, clause } = standing
    if (noun.count === 0 || isDenied(preposition)) return 'nothing'
    if (noun.lemma === 'one' && (slot === 'subject' || noun.isPlural) && timeWord(noun) === null)
      return 'entity'
    if (isSide(noun)) return preposition === null ? 'nothing' : 'side'
    // "Takes out a camera", "a flashing camera dances"; the one that films is always `the`.
    const isHeld =
      noun.head === 'camera' &&
      (slot !== 'subject' || noun.attributes.length > 0) &&
      /^(?:indefinite|possessive)$/.test(noun.reference)
    if (filmThings.test(noun.head) && !isHeld) return 'nothing'
    if (/^stars?$/.test(noun.lemma) && noun.isPlural && /^(?:under|beneath|below)$/.test(preposition ?? ''))
      return 'time'
    if (timeWord(noun) !== null) return isTime(noun, preposition) ? 'time' : 'nothing'
    if (seasonOf(noun.lemma) !== null || seasonOf(noun.head) !== null) return 'season'
    if (isSeasonTold(noun, preposition)) return 'season'
    // "In foggy weather": what it is, its adjective tells.
    if (noun.head === 'weather') return 'weather'
    if (weatherOf(noun.lemma) !== null || weatherOf(noun.head) !== null)
      return this.#isSeenWeather(noun, standing) ? 'entity' : 'weather'
    if (noun.lemma === 'sun' && /^(?:in|under|beneath)$/.test(preposition ?? '')) return 'weather'
    // "Clear skies are expected", "under a cloudy sky".
    const isSkyTold = noun.attributes.some((word) => weatherOfAdjective(word) !== null || word === 'clear')
    if (noun.head === 'sky' && isSkyTold && isOverhead(preposition)) return 'weather'
    if (preposition === 'during') return 'nothing'
    // "On Sunday", "in March".
    const day = noun.isProper
      ? (this.#wordnet.noun(noun.lemma) ?? this.#wordnet.noun(noun.lemma.replace(/s$/, '')))
      : null
    if (day?.classes[0] === 't') return 'nothing'
    if (slot === 'object' && this.#isWritten(noun, clause.verb?.base ?? '')) return 'entity'
    if (slot === 'object' && clause.verb !== null && this.#isPartOfDeed(noun, clause.verb.base))
      return 'nothing'
    if (isFormation(noun, preposition)) return 'nothing'
    if (slot !== 'subject' && this.#isColourItself(noun, preposition, clause.verb?.base ?? ''))
      return 'nothing'
    const meaning = this.meaning(noun)
    if (meaning.isAnimate) return isNamedPlace(noun, standing) ? 'place' : 'entity'
    const place = this.#places.roleOf(noun, meaning, standing)
    if (place !== null) return place
    const isFront = this.#wordnet.noun(noun.lemma)?.classes[0] === 'w'
    const acts = slot === 'subject' && clause.verb !== null && !clause.isExistential && !isFront
    const isColoured = noun.attributes.some((word) => this.#wordnet.adjective(word)?.isColour)
    // "Sunny spells": weather, that its adjective tells.
    const isSpell =
      /^(?:spell|interval|period)$/.test(noun.head) &&
      noun.attributes.some((word) => weatherOfAdjective(word) !== null)
    if (isSpell) return 'weather'
    const isStairs = noun.head === 'step' && noun.isPlural
    return meaning.isAbstract &&
      !isStairs &&
      !isColoured &&
      !(acts && (noun.reference !== 'none' || noun.count !== null) && isDeed(clause))
      ? 'nothing'
      : 'entity'
  }

  /** "Reads the manual", "opens a letter": a thing that one has in hand. */
  #isWritten({ lemma, reference }: NounPhrase, verb: string): boolean {
    const isHandled = /^(?:read|open|fold|burn|tear|drop|throw|hide|post|carry)$/.test(verb)
    return isHandled && reference !== 'none' && this.#wordnet.noun(lemma)?.classes[0] === 'k'
  }

  /** "Stands guard", "gives him a kiss": nothing that is seen beside who does it. */
  #isPartOfDeed({ lemma, name, reference }: NounPhrase, verb: string): boolean {
    if (reference === 'none') return this.#wordnet.verb(`${verb} ${name.toLowerCase()}`) !== null
    const isLight = /^(?:give|take|make|have|do|get)$/.test(verb)
    return isLight && this.#wordnet.noun(lemma)?.classes[0] === 'e' && this.#wordnet.verb(lemma) !== null
  }

  /** "From brown to white", "turns red". */
  #isColourItself(
    { lemma, reference, isPlural, attributes, owner }: NounPhrase,
    preposition: string | null,
    verb: string,
  ): boolean {
    if (reference !== 'none' || isPlural || owner !== null || attributes.length > 0) return false
    const at = this.#wordnet.noun(lemma)?.classes.indexOf('q') ?? -1
    const isChange =
      /^(?:from|to|into)$/.test(preposition ?? '') || /^(?:paint|dye|colou?r|spray|turn|glow)$/.test(verb)
    return (at === 0 || isChange) && (this.#wordnet.adjective(lemma)?.isColour ?? false)
  }

  /** "A grey tornado", "a snowflake", "a rainbow chases a spaceship": a thing of the weather that is one of the cast. */
  #isSeenWeather({ attributes, reference, isPlural, head }: NounPhrase, { slot, clause }: Standing): boolean {
    if (reference === 'none' || isPlural) return false
    if (attributes.some((word) => this.#wordnet.adjective(word)?.isColour) || /flake$|drop$/.test(head))
      return true
    const { verb, subjects, objects } = clause
    if (verb === null || !isMotion(verb.base, this.#wordnet)) return false
    const others = slot === 'object' ? subjects : slot === 'subject' ? objects : []
    return others.some((one) => this.isAgentive(one))
  }
}

/** "In a long line", "in pairs": how they stand. */
function isFormation({ head, reference }: NounPhrase, preposition: string | null): boolean {
  if (preposition !== 'in' || reference === 'definite') return false
  return /^(?:line|row|queue|file|pair|column|formation|circle|unison)$/.test(head)
}

/** A sky that somebody flies through is a place. */
function isOverhead(preposition: string | null): boolean {
  return preposition === null || /^(?:under|beneath|below|with)$/.test(preposition)
}

export function isDenied(preposition: string | null): boolean {
  return (
    preposition !== null &&
    /^(?:without|like|instead of|than|except|unlike|because of|despite|about|as|per)$/.test(preposition)
  )
}

function isSide({ lemma, attributes, modifiers }: NounPhrase): boolean {
  if (/^(?:left|right)$/.test(lemma)) return true
  return /\bside$/.test(lemma) && [...attributes, ...modifiers].some((word) => /^(?:left|right)$/.test(word))
}

/** The side of the picture that a noun phrase of role `side` tells. */
export function sideOf({ lemma, attributes, modifiers }: NounPhrase): 'left' | 'right' {
  return [lemma, ...attributes, ...modifiers].some((word) => word === 'left') ? 'left' : 'right'
}

/** "In Zermatt": a name that is nobody's, behind a preposition of place. */
function isNamedPlace({ isProper }: NounPhrase, { preposition }: Standing): boolean {
  return (
    isProper &&
    preposition !== null &&
    /^(?:in|at|through|across|throughout|around|above|over|outside)$/.test(preposition)
  )
}

function isDeed({ verb }: Clause): boolean {
  return verb !== null && !verb.isAuxiliary
}

/** Pronouns that are nobody of the scene. */
export function isNobody({ lower }: { readonly lower: string }): boolean {
  return nobody.test(lower)
}
