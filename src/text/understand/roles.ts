import type { WordNet } from '../wordnet/wordnet.ts'
import { isDoneTo } from './addressing.ts'
import type { Clause, Nominal, Slot } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { type Meaning, meaningOf, type NounWords } from './nouns.ts'
import { seasonOf, timeOf, weatherOf, weatherOfAdjective } from './scene-words.ts'
import type { Standing } from './standing.ts'
import { isMotion, still } from './verb-kinds.ts'

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
/** Ways past and around a building: it is the scene of who goes them. */
const passing = /^(?:past|around|across|through|along|in front of|outside)$/
/** What one does to a place that one goes to. */
const goesTo =
  /^(?:enter|leave|reach|cross|visit|explore|approach|roam|wander|climb|traverse|clear|fill|cover|overlook|circle|pass|patrol|haunt|light|illuminate|walk|descend|ascend|travel|navigate|tour|sweep|flood|clean|search|guard|watch|see|admire|survey|face)$/
const nobody =
  /^(?:we|i|you|me|us|someone|something|nobody|everyone|everybody|somebody|nothing|everything|anyone|anybody|anything|none|myself|yourself|ourselves|mine)$/
const filmThings =
  /^(?:camera|scene|video|clip|film|footage|shot|movie|viewer|lens|frame|screen time|close-up|foreground|background)$/

/** Decides what noun phrases are for the scene. */
export class RoleJudge {
  readonly #wordnet: WordNet
  readonly #meanings = new Map<NounPhrase, Meaning>()

  constructor(wordnet: WordNet) {
    this.#wordnet = wordnet
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
    if (slot === 'object' && clause.verb !== null && this.#isPartOfDeed(noun, clause.verb.base))
      return 'nothing'
    if (isFormation(noun, preposition)) return 'nothing'
    if (slot !== 'subject' && this.#isColourItself(noun, preposition, clause.verb?.base ?? ''))
      return 'nothing'
    const meaning = this.meaning(noun)
    if (meaning.isAnimate) return isNamedPlace(noun, standing) ? 'place' : 'entity'
    const place = this.#placeRole(noun, meaning, standing)
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
      !(acts && noun.reference !== 'none' && isDeed(clause))
      ? 'nothing'
      : 'entity'
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

  #placeRole(
    { head, name, isProper, isPlural, attributes, reference }: NounPhrase,
    meaning: Meaning,
    { preposition, slot, clause, anchor }: Standing,
  ): SceneRole | null {
    // "Two owls, full moon".
    const isSeen = reference !== 'none' || (preposition === null && attributes.length > 0)
    if (meaning.isCelestial && isSeen && !isOnIt(preposition, clause)) return null
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
        this.isReporting(verb.base)
      if (isMeant && head !== 'sky') return null
      // "Toward the mountains": no one carries them.
      const isWay = /^(?:over|across|through|toward|to|up|down|into|along|past)$/.test(preposition)
      if (isWay && /^(?:mountain|hill|cliff|volcano)$/.test(head)) return 'place'
      return groundPreposition.test(preposition) ? 'ground' : null
    }
    if (meaning.place === 'never' || meaning.isVehicle) return null
    const isNatural = meaning.place === 'always' && !structures.test(head)
    // "The north can expect showers".
    if (slot === 'subject' && /^(?:north|south|east|west)$/.test(head)) return 'place'
    if (preposition === null)
      return this.#bareRole(
        isNatural,
        meaning.place,
        slot,
        clause,
        attributes.some((word) => peopled.test(word)),
      )
    if (!around.test(preposition)) return null
    if (verb?.voice === 'passive' && preposition === 'by') return null
    const isWatched = preposition === 'at' && verb !== null && isDoneTo(verb.base, 'at')
    if (isWatched) return null
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
    if (preposition === 'of') return meaning.place === 'always' && anchor !== null ? 'place' : null
    if (meaning.place === 'always') return 'place'
    // "Puts it into the drawer": a thing is there, and no one.
    const isContained = !meaning.isBuilding || preposition !== 'in'
    if (isContained && clause.objects.length > 0 && verb !== null && this.#isPutting(verb.base)) return null
    return inside.test(preposition) ? 'place' : null
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

  /** "Walks past a castle", "a scene around a castle": nobody does anything else there. */
  #isGoing({ verb, subjects, objects }: Clause): boolean {
    if (verb === null) return !subjects.some((one) => this.isAgentive(one))
    return (
      isMotion(verb.base, this.#wordnet) ||
      (verb.voice === 'active' && objects.length === 0 && !still.test(verb.base))
    )
  }

  #isPutting(verb: string): boolean {
    const senses = this.#wordnet.verb(verb)
    return senses?.classes[0] === 'c' && !senses.standsAlone
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
  ): SceneRole | null {
    if (slot === 'object' && verb !== null) {
      if (/^(?:build|make|paint|draw|dig|carve|have|destroy|create|open|eat|hold|carry)$/.test(verb.base))
        return null
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

/** "In a long line", "in pairs": how they stand. */
function isFormation({ head, reference }: NounPhrase, preposition: string | null): boolean {
  if (preposition !== 'in' || reference === 'definite') return false
  return /^(?:line|row|queue|file|pair|column|formation|circle|unison)$/.test(head)
}

/** Buildings and works: seen as things unless one is in them. */
const structures =
  /^(?:castle|bridge|church|cathedral|temple|palace|school|hospital|library|museum|shop|store|restaurant|cafe|café|hotel|factory|theater|theatre|station|garage|farm|cabin|bar|pub|pier|dock|greenhouse|balcony|porch|tunnel|gym|camp|tent|bakery|supermarket|warehouse|campsite|circus|bus stop|rooftop|fountain|pool|bank)$/

/** Said of what is around one: "a busy airport terminal". */
const peopled =
  /^(?:busy|crowded|empty|deserted|abandoned|bustling|packed|lively|cosy|cozy|dim|dimly|sunlit)$/

/** "In the fall", "among autumn leaves". */
function isSeasonTold(
  { head, reference, isPlural, modifiers }: NounPhrase,
  preposition: string | null,
): boolean {
  if (head === 'fall')
    return reference === 'definite' && !isPlural && /^(?:in|during)$/.test(preposition ?? '')
  const isAround = reference === 'none' && /^(?:in|among|amid)$/.test(preposition ?? '')
  return isAround && modifiers.some((word) => seasonOf(word) !== null)
}

/** "On the moon", "visits the planet": else a moon is a thing in the sky. */
function isOnIt(preposition: string | null, { verb }: Clause): boolean {
  return preposition === null
    ? verb !== null && goesTo.test(verb.base)
    : !/^(?:past|by|at)$/.test(preposition)
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

/** The time of day that a noun phrase names: `late afternoon`, `golden hour`. */
export function timeWord({ lemma, head, attributes }: NounPhrase): ReturnType<typeof timeOf> {
  // "In the dark".
  if (lemma === 'dark' || (lemma === 'one' && attributes.length === 1 && attributes[0] === 'dark'))
    return 'night'
  if (lemma === 'one') return null
  const described = attributes.length > 0 ? timeOf(`${attributes.at(-1)} ${head}`) : null
  return described ?? timeOf(lemma) ?? timeOf(head)
}

/** "One day" and "every day" tell no time of day. */
function isTime(
  { head, lemma, count, attributes, modifiers, isPlural }: NounPhrase,
  preposition: string | null,
): boolean {
  if (head !== 'day' || lemma === 'daytime') return true
  if (count !== null || isPlural) return false
  if (/^(?:by|during)$/.test(preposition ?? '')) return true
  return (
    attributes.some((word) =>
      /^(?:sunny|rainy|cloudy|foggy|snowy|windy|stormy|bright|clear|hot|cold|beautiful|warm|misty|hazy|grey|gray|gloomy|breezy|overcast|sunlit|lovely|fine|nice)$/.test(
        word,
      ),
    ) || modifiers.some((word) => seasonOf(word) !== null)
  )
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
