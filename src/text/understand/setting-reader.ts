import type { WordNet } from '../wordnet/wordnet.ts'
import type { Clause } from './clause.ts'
import { isExpletive } from './expletives.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { isDenied, type RoleJudge, type SceneRole } from './roles.ts'
import { seasonOf, timeOf, weatherOf, weatherOfAdjective } from './scene-words.ts'
import type { SettingNotes } from './settings.ts'
import { type Occurrence, placeName, type Standing } from './standing.ts'
import { timeWord } from './time-nouns.ts'

interface Tools {
  readonly judge: RoleJudge
  readonly wordnet: WordNet
  readonly notes: SettingNotes
}

/**
 * Decides what every noun of a sentence is for the scene, and notes the places, times and weather among them.
 * @param occurrences in the order of the text
 */
export function readSettings(
  occurrences: readonly Occurrence[],
  clauses: readonly Clause[],
  tools: Tools,
): ReadonlyMap<NounPhrase, SceneRole> {
  const reader = new SettingReader(clauses, tools)
  reader.chooseRoles(occurrences)
  return reader.roles
}

class SettingReader {
  readonly roles = new Map<NounPhrase, SceneRole>()
  readonly #clauses: readonly Clause[]
  readonly #tools: Tools

  constructor(clauses: readonly Clause[], tools: Tools) {
    this.#clauses = clauses
    this.#tools = tools
  }

  chooseRoles(occurrences: readonly Occurrence[]): void {
    const { judge, notes } = this.#tools
    const grounds: { noun: NounPhrase; clause: Clause; standing: Standing }[] = []
    const reports = new Set(
      occurrences.filter((one) => this.#isWeatherWhole(one)).map((one) => one.standing.clause),
    )
    for (const { nominal, standing } of occurrences) {
      if (nominal.kind !== 'noun') continue
      const role = this.#isSunMoving(nominal, standing) ? 'time' : judge.roleOf(nominal, standing)
      this.roles.set(nominal, role)
      if (role === 'ground') grounds.push({ noun: nominal, clause: standing.clause, standing })
      this.#note(nominal, role, standing)
    }
    // "Crosses a bridge in the mountains": what somebody is in, before what is crossed.
    const isIn = ({ standing }: { readonly standing: Standing }): boolean => standing.preposition !== null
    for (const { noun, clause, standing } of [
      ...grounds.filter(isIn),
      ...grounds.filter((one) => !isIn(one)),
    ]) {
      const isPlace = reports.has(clause) || !notes.hasPlace
      // "By the river under a cloudy sky": no one stands in the sky.
      this.roles.set(noun, isPlace ? 'place' : noun.head === 'sky' ? 'nothing' : 'entity')
      if (isPlace) this.#note(noun, 'place', standing)
    }
  }

  /** "Rain falls over the hills", "it will be cloudy": a sentence about the weather, and all grounds are places. */
  #isWeatherWhole({ nominal, standing: { clause, slot } }: Occurrence): boolean {
    if (slot !== 'subject') return false
    if (nominal.kind === 'pronoun') return isExpletive(nominal, clause, this.#clauses, this.roles)
    return weatherOf(nominal.lemma) !== null || weatherOf(nominal.head) !== null
  }

  /** "As the sun sets": a time, and no sun in the picture. */
  #isSunMoving({ lemma }: NounPhrase, { clause, slot }: Standing): boolean {
    if (lemma !== 'sun' || slot !== 'subject') return false
    const time = sunTime(clause)
    if (time !== null) this.#tools.notes.addTime(time)
    return time !== null && clause.subordinator !== null
  }

  #note(noun: NounPhrase, role: SceneRole, standing: Standing): void {
    const { notes, judge } = this.#tools
    const isTold = role === 'place' || role === 'time' || role === 'season' || role === 'weather'
    const { isAnimate, isBodyPart, isClothing } = judge.meaning(noun)
    if (role === 'nothing' && noun.count !== 0 && !isDenied(standing.preposition)) this.#noteTimes(noun)
    if (role === 'nothing' || role === 'side' || isAnimate || isBodyPart || isClothing) {
      if (!isTold) return
    }
    for (const attribute of noun.attributes) this.#noteAdjective(attribute, noun, isTold)
    if (isTold || isLooseCompound(noun, this.#tools.wordnet))
      for (const modifier of noun.modifiers) this.#noteModifier(modifier)
    if (role === 'place') notes.addPlace(placeName(noun))
    if (role === 'time') {
      const time = noun.lemma === 'star' ? 'night' : timeWord(noun)
      if (time !== null) notes.addTime(time)
      // "Beach sunset": a place and a time.
      if (timeOf(noun.lemma) === null && noun.modifiers.length > 0) this.#noteCompound(noun)
    }
    if (role === 'season') {
      const season = seasonOf(noun.lemma) ?? seasonOf(noun.head) ?? (noun.head === 'fall' ? 'autumn' : null)
      if (season !== null) notes.addSeason(season)
    }
    if (role === 'weather') {
      const weather = noun.lemma === 'sun' ? 'sunny' : (weatherOf(noun.lemma) ?? weatherOf(noun.head))
      if (weather !== null) notes.addWeather(weather)
      if (weatherOf(noun.lemma) === null && noun.modifiers.length > 0) this.#noteCompound(noun)
    }
  }

  #noteCompound({ modifiers, lemma, head }: NounPhrase): void {
    const place = modifiers.filter((word) => timeOf(word) === null && seasonOf(word) === null).join(' ')
    if (place === '') return
    const { judge, notes } = this.#tools
    const last = modifiers.at(-1) ?? lemma
    const isPlace =
      judge.meaningOf({
        lemma: place,
        head: last,
        isProper: false,
        modifiers: [],
        attributes: [],
        reference: 'none',
      }).place === 'always'
    if (isPlace && head !== 'party') notes.addPlace(place)
  }

  #noteAdjective(attribute: string, { head }: NounPhrase, isTold: boolean): void {
    const { notes } = this.#tools
    const weather = weatherOfAdjective(attribute)
    const isSky = /^(?:sky|day|night|morning|evening|afternoon|weather|dawn|noon)$/.test(head)
    if (weather !== null) notes.addWeather(weather)
    else if (attribute === 'clear' && isSky) notes.addWeather('clear')
    const time = timeOf(attribute)
    if (time !== null && (isTold || /^(?:moonlit|starry|starlit)$/.test(attribute))) notes.addTime(time)
    const season = seasonOf(attribute)
    if (season !== null) notes.addSeason(season)
  }

  /** "One rainy Monday", "autumn colours", "a nighttime scene": nothing that is seen, and yet a time. */
  #noteTimes(noun: NounPhrase): void {
    const isDay = this.#tools.wordnet.noun(noun.lemma)?.classes[0] === 't'
    for (const attribute of noun.attributes) {
      if (isDay) this.#noteAdjective(attribute, noun, false)
      if (timeOf(attribute) !== null) this.#noteModifier(attribute)
    }
    for (const modifier of noun.modifiers) this.#noteModifier(modifier)
  }

  #noteModifier(modifier: string): void {
    const { notes } = this.#tools
    const [time, season] = [timeOf(modifier), seasonOf(modifier)]
    if (time !== null && modifier !== 'day') notes.addTime(time)
    if (season !== null) notes.addSeason(season)
    // "A storm cloud" is no storm, "a rain forest" no rain.
  }
}

/** "Night traffic": what the dictionary does not know as one tells of both. */
function isLooseCompound({ modifiers, head }: NounPhrase, wordnet: WordNet): boolean {
  return wordnet.noun([...modifiers, head].join(' ')) === null
}

function sunTime({ verb }: Clause): 'sunrise' | 'sunset' | null {
  if (verb === null) return null
  if (/^(?:rise|come up)$/.test(verb.base) || verb.lemma === 'come up') return 'sunrise'
  return /^(?:set|sink|go down)$/.test(verb.base) ? 'sunset' : null
}
