import { type Action, type Direction, directions, type Relation } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import type { Cast, MentionContext, Role } from './cast.ts'
import type { Clause, Nominal, Oblique } from './clauses.ts'
import type { NounPhrase, Pronoun } from './noun-phrases.ts'
import { isNobody, type RoleJudge, type SceneRole, type Standing, sideOf, timeWord } from './roles.ts'
import { seasonOf, timeOf, weatherOf, weatherOfAdjective, weatherOfVerb } from './scene-words.ts'
import type { SettingNotes } from './settings.ts'
import { changesMeaning } from './verb-groups.ts'

/** What the clauses of a sentence say. */
export interface Meanings {
  readonly actions: readonly Action[]
  readonly relations: readonly Relation[]
}

interface Tools {
  readonly cast: Cast
  readonly judge: RoleJudge
  readonly wordnet: WordNet
  readonly notes: SettingNotes
}

/** Tells who does what to whom, and what is where, from a sentence's clauses. */
export function interpret(clauses: readonly Clause[], sentence: number, tools: Tools): Meanings {
  const reader = new SentenceInterpreter(sentence, tools)
  reader.resolve(clauses)
  for (const clause of clauses) reader.tell(clause)
  return reader
}

interface Occurrence {
  readonly nominal: Nominal
  readonly standing: Standing
}

const addressed = /^(?:at|to|for|with|on|of|after|about|from|upon|over|past|by|up to|behind|toward)$/
/** Verbs that are done to someone with a preposition. */
const addressing: Readonly<Record<string, RegExp>> = Object.assign(Object.create(null), {
  at: /^(?:wave|bark|growl|smile|laugh|shout|roar|wink|grin|stare|point|look|gaze|glance|hiss|meow|howl|aim|shoot|throw|yell|scream|swing|peck|snap|nod|frown|peer|glare|sniff|nibble|bark|chirp|jump|knock|gnaw)$/,
  to: /^(?:give|show|talk|speak|listen|sing|wave|bow|whisper|read|say|tell|hand|bring|offer|throw|send|pass|point|toss|call|shout|nod|introduce|belong|attach|tie|feed)$/,
  for: /^(?:reach|wait|look|search|hunt|beg|ask|grab|dive|cook|care|sing|call|head|aim)$/,
  with: /^(?:play|dance|talk|fight|wrestle|dock|speak|chat|walk|meet|collide|argue|compete|race|spar|struggle|joke|shake|duel)$/,
  on: /^(?:feed|step|knock|tap|bang|jump|pounce|spy|lean|nibble|chew|snack|feast|munch|call|land)$/,
  after: /^(?:run|go|chase|look|hurry|follow|rush|race|dash|sprint|swim|fly|crawl|come|trot)$/,
  from: /^(?:run|flee|escape|hide|drink|eat|steal)$/,
  over: /^(?:jump|leap|hop|step|trip|stumble|vault|watch|climb|bound)$/,
  past: /^(?:go|move|run|walk|drive|speed|fly|swim|pass|race|rush|drift|sail|float|march)$/,
  by: /^(?:pass|go)$/,
  'up to': /^(?:come|walk|go|run|swim|fly|drive|march|trot)$/,
  behind: /^(?:trail|follow|walk|run|lag)$/,
})
const aspect =
  /^(?:start|begin|continue|keep|seem|appear|happen|tend|need|used|go on|keep on|carry on|finish|manage)$/
/** Participles that tell a state nobody made: "a street filled with people". */
const states =
  /^(?:dress|cover|fill|surround|make|name|call|park|locate|seat|crowd|line|shape|stack|scatter|decorate|set|base|title|see|perch|situate|know|adorn|clad|lose|inspire|style|capture|shoot|film|render|equip|entitle|lit|light|bathe|drench|soak|close|open|break)$/
const showing =
  /^(?:show|see|imagine|picture|make|create|generate|draw|paint|film|render|give|meet|let|depict|consider|describe|animate|produce|view|visualise|visualize)$/
const still =
  /^(?:stand|lie|hang|sit|lean|rest|stay|remain|park|be|have|wait|wear|contain|hold|stop|stretch|tower|loom|belong|cost|last|cover|fill|surround|line|look|glow|shine)$/
const paths = /^(?:over|around|past|across|through|along|up|down|off|by)$/
const hovering = /^(?:fly|hover|soar|float|glide|drift|hang|circle|orbit|swim|loom)$/
const moving = 'm'

class SentenceInterpreter implements Meanings {
  readonly actions: Action[] = []
  readonly relations: Relation[] = []
  readonly #sentence: number
  readonly #tools: Tools
  readonly #ids = new Map<Nominal, readonly string[]>()
  readonly #roles = new Map<NounPhrase, SceneRole>()
  #clauses: readonly Clause[] = []

  constructor(sentence: number, tools: Tools) {
    this.#sentence = sentence
    this.#tools = tools
  }

  /** Finds out who and what every noun and pronoun means, in the order of the text. */
  resolve(clauses: readonly Clause[]): void {
    this.#clauses = clauses
    const occurrences = clauses.flatMap(occurrencesIn)
    const seen = new Set<Nominal>()
    const first = occurrences
      .filter(({ nominal }) => !seen.has(nominal) && seen.add(nominal) !== undefined)
      .sort((a, b) => a.nominal.start - b.nominal.start)
    this.#chooseRoles(first)
    for (const occurrence of first) this.#resolveOne(occurrence)
  }

  #chooseRoles(occurrences: readonly Occurrence[]): void {
    const { judge, notes } = this.#tools
    const grounds: { noun: NounPhrase; clause: Clause }[] = []
    const reports = new Set(
      occurrences.filter((one) => this.#isWeatherWhole(one)).map((one) => one.standing.clause),
    )
    for (const { nominal, standing } of occurrences) {
      if (nominal.kind !== 'noun') continue
      const role = this.#isSunMoving(nominal, standing) ? 'time' : judge.roleOf(nominal, standing)
      this.#roles.set(nominal, role)
      if (role === 'ground') grounds.push({ noun: nominal, clause: standing.clause })
      this.#note(nominal, role)
    }
    for (const { noun, clause } of grounds) {
      const isPlace = reports.has(clause) || !notes.hasPlace
      // "By the river under a cloudy sky": no one stands in the sky.
      this.#roles.set(noun, isPlace ? 'place' : noun.head === 'sky' ? 'nothing' : 'entity')
      if (isPlace) this.#note(noun, 'place')
    }
  }

  /** "Rain falls over the hills", "it will be cloudy": a sentence about the weather, and all grounds are places. */
  #isWeatherWhole({ nominal, standing: { clause, slot } }: Occurrence): boolean {
    if (slot !== 'subject') return false
    if (nominal.kind === 'pronoun') return this.#isExpletive(nominal, clause)
    return weatherOf(nominal.lemma) !== null || weatherOf(nominal.head) !== null
  }

  /** "As the sun sets": a time, and no sun in the picture. */
  #isSunMoving({ lemma }: NounPhrase, { clause, slot }: Standing): boolean {
    if (lemma !== 'sun' || slot !== 'subject') return false
    const time = sunTime(clause)
    if (time !== null) this.#tools.notes.addTime(time)
    return time !== null && clause.isSubordinate
  }

  #note(noun: NounPhrase, role: SceneRole): void {
    const { notes, judge } = this.#tools
    const isTold = role === 'place' || role === 'time' || role === 'season' || role === 'weather'
    const { isAnimate, isBodyPart, isClothing } = judge.meaning(noun)
    if (role === 'nothing' || role === 'side' || isAnimate || isBodyPart || isClothing) {
      if (!isTold) return
    }
    for (const attribute of noun.attributes) this.#noteAdjective(attribute, noun, isTold)
    if (isTold || !this.#tools.wordnet.noun(noun.lemma))
      for (const modifier of noun.modifiers) this.#noteModifier(modifier)
    if (role === 'place') notes.addPlace(placeName(noun))
    if (role === 'time') {
      const time = noun.lemma === 'star' ? 'night' : timeWord(noun)
      if (time !== null) notes.addTime(time)
      // "Beach sunset": a place and a time.
      if (timeOf(noun.lemma) === null && noun.modifiers.length > 0) this.#noteCompound(noun)
    }
    if (role === 'season') {
      const season = seasonOf(noun.lemma) ?? seasonOf(noun.head)
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
      judge.meaning({ lemma: place, head: last, isProper: false, modifiers: [] } as unknown as NounPhrase)
        .place === 'always'
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

  #noteModifier(modifier: string): void {
    const { notes } = this.#tools
    const [time, season] = [timeOf(modifier), seasonOf(modifier)]
    if (time !== null && modifier !== 'day') notes.addTime(time)
    if (season !== null) notes.addSeason(season)
    // "A storm cloud" is no storm, "a rain forest" no rain.
  }

  #resolveOne({ nominal, standing }: Occurrence): void {
    const { cast } = this.#tools
    const { clause, slot } = standing
    const context = {
      ...this.#context(nominal, this.#roleIn(nominal, standing)),
      ...(slot === 'subject' && clause.isEmbedded ? { rank: 'object' as const } : {}),
      isDoer:
        slot === 'subject' &&
        clause.verb !== null &&
        !clause.verb.isAuxiliary &&
        clause.verb.voice === 'active',
    }
    if (nominal.kind === 'pronoun') {
      const ids = this.#isExpletive(nominal, clause) ? [] : this.#resolvePronoun(nominal, standing, context)
      this.#ids.set(nominal, ids)
      return
    }
    if (nominal.owner) this.#resolveOwner(nominal.owner, clause, nominal)
    const role = this.#roles.get(nominal)
    if (role !== 'entity') {
      const isThing = role === 'place' || (role === 'nothing' && slot === 'object')
      if (isThing && !nominal.isPlural && nominal.reference !== 'none') cast.mentionHidden(nominal, context)
      this.#ids.set(nominal, [])
      return
    }
    const isIdentity = slot === 'object' && clause.verb?.lemma === 'be' && clause.verb.isAuxiliary
    const same = isIdentity ? this.#idsOf(clause.subjects) : []
    if (same.length > 0) {
      for (const id of same) for (const attribute of nominal.attributes) cast.describe(id, attribute)
      this.#ids.set(nominal, same)
      return
    }
    const ids = cast.mention(nominal, context)
    this.#ids.set(nominal, ids)
    const coordinated = slot === 'subject' ? clause.subjects : []
    if (coordinated.length > 1 && coordinated.at(-1) === nominal)
      cast.setGroup(this.#idsOf(coordinated), this.#sentence)
  }

  #context({ start, end }: { readonly start: number; readonly end: number }, role: Role): MentionContext {
    return { sentence: this.#sentence, start, end, role }
  }

  /** What a mention is for those that follow it: in front it is what is spoken of, like a subject. */
  #roleIn(nominal: Nominal, { clause, slot, preposition }: Standing): Role {
    if (slot !== 'oblique' || preposition === null) return slot
    if (preposition === 'of') return 'part'
    const [subject] = clause.subjects
    if (nominal.kind === 'pronoun' && subject && subject.start > nominal.start) return 'subject'
    const isPatient = clause.verb !== null && addressing[preposition]?.test(clause.verb.base)
    return isPatient ? 'object' : 'oblique'
  }

  /** The "it" of "it rains" and "it is night" is nobody. */
  #isExpletive({ lower }: Pronoun, clause: Clause): boolean {
    const { verb, objects, complements } = clause
    if (lower !== 'it' || verb === null) return false
    if (weatherOfVerb(verb.base) !== null && objects.length === 0) return true
    if (verb.base === 'happen' || this.#startsWeather(clause)) return true
    const isBe = verb.isAuxiliary && verb.lemma === 'be'
    const told = objects.some((one) => one.kind === 'noun' && this.#roles.get(one) !== 'entity')
    const isWeather = complements.some(
      (word) => weatherOfAdjective(word) !== null || /^(?:dark|cold|late|early|hot|warm)$/.test(word),
    )
    return isBe && (told || isWeather)
  }

  /** "It starts to rain". */
  #startsWeather({ isContinued, subjects }: Clause): boolean {
    const next = this.#clauses.find(
      (other) =>
        other.subjects[0] === subjects[0] && other.verb !== null && weatherOfVerb(other.verb.base) !== null,
    )
    return isContinued && next !== undefined
  }

  #resolvePronoun(pronoun: Pronoun, { clause, slot }: Standing, context: MentionContext): readonly string[] {
    if (isNobody(pronoun)) return []
    const isSelf = /sel(?:f|ves)$/.test(pronoun.lower)
    const others = slot === 'subject' ? [] : clause.subjects
    const subjects = this.#idsOf(others)
    if (isSelf && subjects.length > 0) return this.#tools.cast.resolve(pronoun.lower, context, [], subjects)
    const objects = slot === 'oblique' ? this.#idsOf(clause.objects) : []
    return this.#tools.cast.resolve(pronoun.lower, context, [...subjects, ...objects])
  }

  #resolveOwner(owner: Pronoun | NounPhrase, clause: Clause, owned: NounPhrase): void {
    const { cast } = this.#tools
    const context = this.#context(owner, 'owner')
    if (owner.kind === 'noun') {
      if (owner.owner) this.#resolveOwner(owner.owner, clause, owner)
      const standing: Standing = { clause, slot: 'oblique', preposition: 'of', anchor: owner }
      const role = this.#tools.judge.roleOf(owner, standing)
      if (role === 'place' || role === 'time') this.#note(owner, role)
      if (role === 'entity') this.#ids.set(owner, cast.mention(owner, context))
      return
    }
    if (/^(?:my|our|your|whose)$/.test(owner.lower)) return
    const hasBody = this.#tools.judge.meaning(owned).isBodyPart
    this.#ids.set(owner, cast.resolve(owner.lower, { ...context, hasBody }, [], this.#idsOf(clause.subjects)))
  }

  #idsOf(nominals: readonly Nominal[]): readonly string[] {
    return [...new Set(nominals.flatMap((one) => this.#ids.get(one) ?? []))]
  }

  /** Adds what a clause says. */
  tell(clause: Clause): void {
    this.#tellComplements(clause)
    const agents = this.#tellAction(clause)
    this.#tellRelations(clause, agents)
  }

  #tellComplements({ complements, subjects, describes, isNegated, verb }: Clause): void {
    const { cast, notes } = this.#tools
    const ids = describes ? this.#idsOf([describes]) : this.#idsOf(subjects)
    for (const word of complements) {
      const weather = weatherOfAdjective(word)
      if (weather !== null) notes.addWeather(weather)
      const time = timeOf(word)
      if (time !== null) notes.addTime(time)
      const isSaid = !isNegated && (verb === null || verb.voice === 'active')
      if (weather === null && isSaid) for (const id of ids) cast.describe(id, word)
    }
  }

  /** Returns those who do it. */
  #tellAction(clause: Clause): readonly string[] {
    const { cast, notes } = this.#tools
    const { verb } = clause
    const subjects = this.#idsOf(clause.subjects)
    this.#noteAdverbs(clause)
    if (verb === null) return subjects
    const weather = weatherOfVerb(verb.base)
    const isBare = clause.subjects.every((one) => one.kind === 'pronoun' && one.lower === 'it')
    if (weather !== null && isBare && clause.objects.length === 0 && subjects.length === 0) {
      notes.addWeather(weather)
      return []
    }
    if (verb.isAuxiliary && verb.lemma === 'have') this.#tellHaving(clause, subjects)
    if (verb.isAuxiliary && verb.lemma !== 'do') return subjects
    if (!this.#isAction(clause, subjects)) return subjects
    const isPassive = verb.voice === 'passive'
    const by = isPassive
      ? this.#idsOf(
          clause.obliques.flatMap(({ preposition, nominal }) => (preposition === 'by' ? [nominal] : [])),
        )
      : []
    const patients = isPassive ? subjects : this.#patientsOf(clause)
    const agents = isPassive ? by : subjects
    this.actions.push({
      lemma: this.#lemmaOf(clause),
      agents,
      patients: [...new Set(patients)],
      direction: this.#directionOf(clause),
      manner:
        clause.adverbs.find(
          (word) =>
            /(?:[a-z]{3}ly|^fast|^together|^alone)$/.test(word) &&
            !/^(?:only|early|really|nearly|suddenly|finally|nearby)$/.test(word),
        ) ?? null,
      negated: clause.isNegated || this.#isNoOne(clause),
      sentence: this.#sentence,
    })
    for (const id of agents) if (this.#actsOfItself(id, verb)) cast.setActing(id)
    if (agents.length > 1) cast.setGroup(agents, this.#sentence)
    return isPassive ? [...subjects] : agents
  }

  /** "Are stuck": an adjective of its own. */
  #isState(said: string): boolean {
    return (this.#tools.wordnet.adjective(said)?.frequency ?? 0) >= 2
  }

  /** "Is expected", "is believed": nothing is done. */
  #isThought(verb: string): boolean {
    return this.#tools.wordnet.verb(verb)?.classes.slice(0, 1).join('') === 'g'
  }

  #isNoOne({ subjects }: Clause): boolean {
    return (
      subjects.length > 0 &&
      subjects.every((one) =>
        one.kind === 'noun' ? one.count === 0 : /^(?:nobody|nothing|none)$/.test(one.lower),
      )
    )
  }

  #isAction(clause: Clause, subjects: readonly string[]): boolean {
    const { verb, objects, obliques } = clause
    if (verb === null) return false
    if (verb.form === 'imperative' && showing.test(verb.base)) return false
    if (this.#isNoOne(clause)) return true
    const isSeen = clause.subjects.some((one) => one.kind === 'pronoun' && isNobody(one))
    if (isSeen && subjects.length === 0) return false
    // "Starts to run" is running; "it starts to rain" is weather.
    if (verb.base === 'dress' && objects.length === 0) return false
    if (aspect.test(verb.lemma) && this.#goesOn(clause)) return false
    const isPassive = verb.voice === 'passive'
    const hasAgent = obliques.some(({ preposition }) => preposition === 'by')
    if (
      isPassive &&
      !hasAgent &&
      (states.test(verb.base) || this.#isThought(verb.base) || this.#isState(verb.said))
    )
      return false
    if (subjects.length > 0) return true
    // "Rain falls", "night comes", "the city sleeps": no one does it.
    const isToldOf = clause.subjects.length > 0
    return (
      !isToldOf &&
      verb.form !== 'ing' &&
      verb.form !== 'infinitive' &&
      (objects.length > 0 || verb.form !== 'imperative')
    )
  }

  /** Whether another verb for the same subject follows right behind, without `and`. */
  #goesOn(clause: Clause): boolean {
    return clause.objects.length === 0 && clause.isContinued
  }

  #lemmaOf({ verb, adverbs, objects }: Clause): string {
    if (verb === null) return ''
    // "Knocks it over", "puts his hat on".
    const particle =
      objects.length > 0
        ? adverbs.find((word) => /^(?:up|down|off|on|out|over|away|in|back)$/.test(word))
        : undefined
    const isPhrasal =
      particle !== undefined &&
      verb.lemma === verb.base &&
      changesMeaning(verb.base, particle, this.#tools.wordnet)
    return isPhrasal ? `${verb.base} ${particle}` : verb.lemma
  }

  #patientsOf(clause: Clause): readonly string[] {
    const { verb, objects, obliques } = clause
    if (verb === null) return []
    const direct = this.#idsOf(objects)
    const told = obliques.filter(
      ({ preposition, nominal, anchorSlot }) =>
        anchorSlot !== 'subject' && this.#isAddressed(verb.base, preposition, nominal),
    )
    return [...direct, ...this.#idsOf(told.map(({ nominal }) => nominal))]
  }

  /** Whether it was told already as whom something is done to. */
  #isPatient({ verb }: Clause, { preposition, nominal, anchorSlot }: Oblique): boolean {
    if (verb === null || verb.isAuxiliary || anchorSlot === 'subject' || /^(?:over|on)$/.test(preposition))
      return false
    return this.#isAddressed(verb.base, preposition, nominal)
  }

  #isAddressed(verb: string, preposition: string, nominal: Nominal): boolean {
    if (preposition === 'toward') return true
    if (!addressed.test(preposition)) return false
    const isAnimate = this.#idsOf([nominal]).some((id) => this.#tools.cast.meaning(id)?.isAnimate ?? false)
    if (isAnimate && /^(?:at|to|after)$/.test(preposition)) return true
    // "Walks with a pole".
    if (!isAnimate && preposition === 'with' && /^(?:walk|meet|talk|chat|speak|dance)$/.test(verb))
      return false
    return addressing[preposition]?.test(verb) ?? false
  }

  #tellHaving({ objects, isNegated }: Clause, subjects: readonly string[]): void {
    if (isNegated) return
    for (const subject of subjects) {
      for (const object of this.#idsOf(objects)) this.#relate(subject, 'have', object)
    }
  }

  #noteAdverbs({ adverbs }: Clause): void {
    const { notes } = this.#tools
    for (const adverb of adverbs) {
      const time = timeOf(adverb)
      if (time !== null) notes.addTime(time)
      if (/^(?:underwater|outdoors|indoors|upstairs|downstairs)$/.test(adverb)) notes.addPlace(adverb)
    }
  }

  #directionOf({ adverbs, obliques, verb }: Clause): Direction | null {
    const side = obliques.flatMap(({ preposition, nominal }) => {
      if (nominal.kind !== 'noun' || this.#roles.get(nominal) !== 'side') return []
      return [preposition === 'from' ? oppositeOf(sideOf(nominal)) : sideOf(nominal)]
    })
    const told = adverbs.map(directionOfAdverb).filter((way) => way !== null)
    const sideways = [...side, ...told].filter((way) => way === 'left' || way === 'right')
    const last = sideways.at(-1)
    if (last !== undefined) return last
    const [first] = told
    if (first !== undefined) return first
    const isMotion =
      this.#tools.wordnet
        .verb(verb?.base ?? '')
        ?.classes.slice(0, 2)
        .includes(moving) ?? false
    for (const { preposition, anchorSlot, nominal } of obliques) {
      const isWay = this.#placeName(nominal) !== null || this.#idsOf([nominal]).length > 0
      const way = anchorSlot === 'subject' || !isWay ? null : directionOfPreposition(preposition)
      if (way !== null && (isMotion || way === 'toward' || way === 'up' || way === 'down')) return way
    }
    return null
  }

  /** Whether a thing that does this is a character: a car that drives, a kite that flies, a moon that smiles. */
  #actsOfItself(id: string, verb: { readonly base: string }): boolean {
    const { cast, wordnet } = this.#tools
    const meaning = cast.meaning(id)
    if (!meaning || still.test(verb.base)) return false
    if (meaning.isVehicle) return true
    if (meaning.isBodyPart || meaning.isSubstance || meaning.isClothing) return false
    const senses = wordnet.verb(verb.base)?.classes ?? []
    const [first = 't'] = senses
    if ('kogp'.includes(first) || /^(?:smile|laugh|dance|sing|yawn|sneeze|cry)$/.test(verb.base)) return true
    const [kind = 'd'] = wordnet.noun(cast.lemma(id))?.classes ?? []
    return first === moving && 'dyvzt'.includes(kind)
  }

  #tellRelations(clause: Clause, agents: readonly string[]): void {
    const { verb, objects } = clause
    if (verb !== null && /^(?:wear|put on|don)$/.test(this.#lemmaOf(clause)) && !clause.isNegated) {
      for (const agent of agents)
        for (const object of this.#idsOf(objects)) this.#relate(agent, 'wear', object)
    }
    for (const oblique of clause.obliques) this.#tellOblique(clause, oblique, agents)
    for (const adverb of clause.adverbs) this.#tellAdverb(adverb)
  }

  #tellAdverb(_adverb: string): void {}

  #tellOblique(clause: Clause, oblique: Oblique, agents: readonly string[]): void {
    const { preposition, nominal } = oblique
    const { cast } = this.#tools
    if (/^(?:of|without|for|as|before|after|since|until|till|during)$/.test(preposition)) return
    if (clause.verb?.voice === 'passive' && preposition === 'by' && this.#idsOf([nominal]).length > 0) return
    if (oblique.isApart && preposition === 'with') return
    if (this.#isMeans(clause, oblique)) return
    const place = this.#placeName(nominal)
    if (place === null && this.#isPatient(clause, oblique)) return
    const targets = place === null ? this.#idsOf([nominal]) : [place]
    if (targets.length === 0) return
    const isClothing = targets.some((id) => cast.meaning(id)?.isClothing ?? false)
    const isTelegraphic =
      preposition === 'with' &&
      clause.verb === null &&
      isClothing &&
      oblique.anchorSlot === 'subject' &&
      nominal.kind === 'noun' &&
      nominal.reference === 'none'
    const isWrapped = oblique.anchor?.kind === 'pronoun'
    const relation =
      (preposition === 'in' && isClothing && !isWrapped) || isTelegraphic ? 'wear' : preposition
    for (const subject of this.#subjectsOfOblique(clause, oblique, agents)) {
      for (const target of targets)
        if (place !== null || this.#isTold(clause, oblique, target)) this.#relate(subject, relation, target)
    }
  }

  #placeName(nominal: Nominal): string | null {
    return nominal.kind === 'noun' && this.#roles.get(nominal) === 'place' ? placeName(nominal) : null
  }

  /** Ways that are only passed, and tools in hand, are no places where something is. */
  #isTold(
    { verb, isNegated, objects }: Clause,
    { preposition, anchor, nominal }: Oblique,
    target: string,
  ): boolean {
    if (isNegated && anchor === null) return false
    const isTouched = objects.length > 0 && nominal.kind === 'noun' && nominal.reference === 'definite'
    const isOwnPart =
      nominal.kind === 'noun' &&
      nominal.owner !== null &&
      (this.#tools.cast.meaning(target)?.isBodyPart ?? false)
    if (preposition === 'with' && isOwnPart) return false
    const meaning = this.#tools.cast.meaning(target)
    // "Kisses her on the cheek".
    if (meaning?.isBodyPart && preposition === 'on' && isTouched) return false
    if (verb === null || anchor !== null) return true
    const isMotion = this.#tools.wordnet.verb(verb.base)?.classes[0] === moving
    if (paths.test(preposition) && isMotion && !hovering.test(verb.base)) return false
    // "Lifts it by the neck".
    if (meaning?.isBodyPart && (preposition === 'with' || preposition === 'by')) return false
    return !(/^(?:at|to)$/.test(preposition) && meaning?.isAnimate)
  }

  /** Who or what is there. */
  #subjectsOfOblique(
    clause: Clause,
    { preposition, nominal, anchor, anchorSlot }: Oblique,
    agents: readonly string[],
  ): readonly string[] {
    const { cast } = this.#tools
    const doers = agents.length > 0 ? agents : this.#idsOf(clause.subjects)
    const near = anchor ? this.#idsOf([anchor]).filter((id) => !this.#idsOf([nominal]).includes(id)) : []
    const owner =
      preposition === 'with' && nominal.kind === 'noun' && nominal.owner
        ? (this.#ids.get(nominal.owner) ?? [])
        : []
    if (owner.length > 0) return owner
    // "Puts it back into the drawer".
    if (anchor === null && this.#isPut(clause, preposition, nominal)) return this.#idsOf(clause.objects)
    const isPlace = this.#placeName(nominal) !== null
    if (anchor === null || (isPlace && clause.verb !== null && doers.length > 0)) return doers
    const { verb } = clause
    if (verb === null || anchorSlot === 'subject') return near.length > 0 ? near : doers
    const isOnWay =
      /^(?:to|toward|into|onto|through|across|along|past|from|out of|off|down|up|around|at|over|by)$/.test(
        preposition,
      )
    if (anchorSlot === 'object') {
      if (this.#isPut(clause, preposition, nominal)) return near
      const isMass = near.length === 0 || near.every((id) => cast.meaning(id)?.isAbstract ?? false)
      if (isMass) return doers
      if (
        /^(?:push|pull|carry|drag|throw|kick|roll|put|place|pour|drop|lift|lay|set|hang|stick|plant|toss|spray|sprinkle|spread|lean|load)$/.test(
          verb.base,
        )
      )
        return near
      if (isOnWay || this.#isWhereDone(preposition, verb.base)) return doers
      if (preposition === 'with' && !near.some((id) => cast.meaning(id)?.isAnimate)) {
        const isTool =
          this.#tools.wordnet.verb(verb.base)?.classes[0] === 'c' &&
          !/^(?:hold|carry|have|wear|see|watch)$/.test(verb.base)
        return isTool ? doers : near
      }
      return near
    }
    // "Sits on a bench under a tree": the one who sits; "a pot on the stove": the pot.
    const isWhole = /^(?:on|in|with|inside|of)$/.test(preposition)
    const nearIsThing = near.length > 0
    if (nearIsThing && isWhole) return near
    if (near.length === 0) return doers
    const isBesideSomeone = preposition === 'at' && near.some((id) => cast.meaning(id)?.isAnimate)
    const isStill = still.test(verb.base)
    return (isStill || isOnWay) && !isBesideSomeone ? doers : near
  }

  /** "Sprays the boys with water". */
  #isMeans({ verb }: Clause, { preposition, nominal, anchorSlot }: Oblique): boolean {
    const isSubstance = this.#idsOf([nominal]).some((id) => this.#tools.cast.meaning(id)?.isSubstance)
    return (
      preposition === 'with' &&
      anchorSlot === 'object' &&
      verb !== null &&
      isSubstance &&
      this.#tools.wordnet.verb(verb.base)?.standsAlone === false
    )
  }

  /** Whether the verb brings its object there: contact that needs one. */
  #isPut({ verb, objects, obliques }: Clause, preposition: string, nominal: Nominal): boolean {
    if (verb === null || objects.length === 0 || verb.voice === 'passive') return false
    const senses = this.#tools.wordnet.verb(verb.base)
    const isBehind = obliques.find((one) => one.nominal === nominal)?.nominal.start ?? 0
    return (
      /^(?:in|into|on|onto|under|behind|inside|between|over|around)$/.test(preposition) &&
      senses?.classes[0] === 'c' &&
      !senses.standsAlone &&
      isBehind > (objects[0]?.start ?? 0)
    )
  }

  /** "Plays the violin in front of a fountain": where the player is; but "sees a dog near the door". */
  #isWhereDone(preposition: string, verb: string): boolean {
    const [kind = 't'] = this.#tools.wordnet.verb(verb)?.classes ?? []
    return (
      /^(?:in front of|behind|near|next to|beside|outside|under)$/.test(preposition) &&
      'ofksbg'.includes(kind)
    )
  }

  #relate(subject: string, relation: string, object: string): void {
    const isSaid = this.relations.some(
      (one) => one.subject === subject && one.relation === relation && one.object === object,
    )
    if (!isSaid && subject !== object) this.relations.push({ subject, relation, object })
  }
}

function occurrencesIn(clause: Clause): Occurrence[] {
  const bare = (nominals: readonly Nominal[], slot: 'subject' | 'object'): Occurrence[] =>
    nominals.map((nominal) => ({ nominal, standing: { clause, slot, preposition: null, anchor: null } }))
  return [
    ...bare(clause.subjects, 'subject'),
    ...bare(clause.objects, 'object'),
    ...clause.obliques.map(
      ({ nominal, preposition, anchor }): Occurrence => ({
        nominal,
        standing: { clause, slot: 'oblique', preposition, anchor },
      }),
    ),
  ]
}

/** `Your own kitchen` → `kitchen`. */
function placeName({ name }: NounPhrase): string {
  return name.replace(/^own /, '')
}

function sunTime({ verb }: Clause): 'sunrise' | 'sunset' | null {
  if (verb === null) return null
  if (/^(?:rise|come up)$/.test(verb.base) || verb.lemma === 'come up') return 'sunrise'
  return /^(?:set|sink|go down)$/.test(verb.base) ? 'sunset' : null
}

function oppositeOf(side: 'left' | 'right'): 'left' | 'right' {
  return side === 'left' ? 'right' : 'left'
}

const ways: Readonly<Record<string, Direction>> = Object.assign(Object.create(null), {
  left: 'left',
  leftward: 'left',
  leftwards: 'left',
  'to left': 'left',
  'from right': 'left',
  right: 'right',
  rightward: 'right',
  rightwards: 'right',
  'to right': 'right',
  'from left': 'right',
  up: 'up',
  upward: 'up',
  upwards: 'up',
  down: 'down',
  downward: 'down',
  downwards: 'down',
  forward: 'forward',
  forwards: 'forward',
  ahead: 'forward',
  backward: 'backward',
  backwards: 'backward',
  back: 'backward',
  away: 'away',
  aside: 'away',
  around: 'around',
  round: 'around',
  in: 'in',
  out: 'out',
  across: 'across',
  along: 'along',
  through: 'through',
  over: 'over',
  past: 'past',
  by: 'past',
  off: 'off',
  closer: 'toward',
  nearer: 'toward',
  under: 'under',
})

function directionOfAdverb(adverb: string): Direction | null {
  return ways[adverb] ?? null
}

function directionOfPreposition(preposition: string): Direction | null {
  const named: Readonly<Record<string, Direction>> = {
    into: 'in',
    'out of': 'out',
    'away from': 'away',
    'up to': 'toward',
  }
  if (preposition === 'in') return null
  return named[preposition] ?? directions.find((way) => way === preposition) ?? null
}
