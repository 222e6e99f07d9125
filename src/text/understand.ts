import { Cast } from './cast.ts'
import { findFilmTerms } from './film-terms.ts'
import type { Language } from './language.ts'
import { commonWords, type Lexicon } from './lexicon.ts'
import { normaliseText } from './normalise.ts'
import { findPhrases, type NounPhrase, type Phrase, type VerbPhrase } from './phrases.ts'
import { retag } from './retag.ts'
import {
  type Action,
  directions,
  type Relation,
  type SceneGraph,
  type Setting,
  seasons,
  timesOfDay,
  weathers,
} from './scene-graph.ts'

/**
 * Reads who does what to whom, where and when, from the grammar of English text: noun phrases, verbs, prepositions.
 * Any noun can be a character or an object; the lexicon only tells places, times and weather from things.
 * @throws FramewrightError `E_PROMPT` if the text is empty or too long
 */
export function understand(text: string, language: Language, lexicon: Lexicon = commonWords): SceneGraph {
  const normalised = normaliseText(text)
  const sentences = language.readSentences(normalised)
  const cast = new Cast(lexicon)
  const camera: { move: string; sentence: number }[] = []
  const style: string[] = []
  const readers = sentences.map(({ tokens }, index) => {
    const terms = findFilmTerms(normalised, tokens)
    for (const move of terms.camera) camera.push({ move, sentence: index })
    style.push(...terms.style)
    const reader = new SentenceReader(index, cast, lexicon)
    reader.read(findPhrases(normalised, retag(terms.rest, lexicon), lexicon))
    return reader
  })
  return {
    text: normalised,
    sentences,
    ...cast.entities(),
    actions: readers.flatMap(({ actions }) =>
      actions.map((action) => ({ ...action, direction: memberOf(directions, action.direction) })),
    ),
    settings: readers.flatMap(({ setting }) => (hasContent(setting) ? [checkSetting(setting)] : [])),
    relations: readers.flatMap(({ relations }) => relations),
    camera,
    style,
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type DraftAction = Mutable<Omit<Action, 'direction'>> & {
  direction: string | null
  readonly voice: VerbPhrase['voice']
}
type DraftSetting = { -readonly [K in keyof Setting]: K extends 'sentence' ? number : string | null }

/** The member of a closed vocabulary that a word names. */
function memberOf<const T extends string>(members: readonly T[], word: string | null): T | null {
  return members.find((member) => member === word) ?? null
}

function checkSetting({ time, weather, season, ...rest }: DraftSetting): Setting {
  return {
    ...rest,
    time: memberOf(timesOfDay, time),
    weather: memberOf(weathers, weather),
    season: memberOf(seasons, season === 'fall' ? 'autumn' : season),
  }
}

// These are done to someone with a preposition: to wave at a robot.
const addressed = new Set(['at', 'to'])
const addressing = new Set([
  'wave',
  'bark',
  'growl',
  'smile',
  'laugh',
  'shout',
  'talk',
  'roar',
  'wink',
  'grin',
  'stare',
  'point',
  'sing',
  'look',
  'bow',
])
const sides = /^(?:left|right)$/
const vertical = /^(?:up|down)(?:wards?)?$/

/** Reads one sentence's phrases in order; what was read of the clause so far is its state. */
class SentenceReader {
  readonly actions: DraftAction[] = []
  readonly relations: Relation[] = []
  readonly setting: DraftSetting
  readonly #cast: Cast
  readonly #lexicon: Lexicon
  #subject: readonly string[] = []
  /** "No people": what is said of them is denied. */
  #isNobody = false
  #action: DraftAction | null = null
  #preposition: string | null = null
  /** Of the noun just read: a noun behind "and" shares it, "by a dog and a cat". */
  #sharedPreposition: string | null = null
  #lastNoun: readonly string[] = []
  #manner: string | null = null

  constructor(sentence: number, cast: Cast, lexicon: Lexicon) {
    this.setting = { place: null, time: null, weather: null, season: null, sentence }
    this.#cast = cast
    this.#lexicon = lexicon
  }

  read(phrases: readonly Phrase[]): void {
    for (const [index, phrase] of phrases.entries()) {
      const previous = phrases[index - 1]
      if (phrase.kind !== 'noun' && phrase.kind !== 'pronoun') this.#dropPreposition(phrase)
      if (phrase.kind === 'pronoun' && this.#isExpletive(phrase.text, phrases[index + 1])) this.#endClause()
      else if (phrase.kind === 'noun' || phrase.kind === 'pronoun') {
        const isJoined = previous?.kind === 'and' || previous?.kind === 'comma'
        if (isJoined && this.#startsClause(phrases.slice(index))) this.#endClause()
        else if (previous?.kind === 'and' && this.#action) this.#preposition ??= this.#sharedPreposition
        this.#sharedPreposition = this.#preposition
        if (phrase.kind === 'noun') this.#readNoun(phrase)
        else this.#readPronoun(phrase)
      } else if (phrase.kind === 'verb') this.#readVerb(phrase, previous)
      else if (phrase.kind === 'attribute') this.#readAttribute(phrase.text)
      else if (phrase.kind === 'preposition') this.#preposition = phrase.text
      else if (phrase.kind === 'adverb') this.#readAdverb(phrase.text)
      else if (phrase.kind === 'break') this.#endClause()
    }
  }

  get #sentence(): number {
    return this.setting.sentence
  }

  /** Whether a noun after "and" or a comma is the subject of a new clause: a verb follows, and there was one before. */
  #startsClause(phrases: readonly Phrase[]): boolean {
    const verb = phrases.slice(1).find(({ kind }) => kind !== 'adverb')
    return this.#action !== null && (verb?.kind === 'verb' || verb?.kind === 'attribute')
  }

  /** The "it" of "it rains" is nobody. */
  #isExpletive(pronoun: string, next: Phrase | undefined): boolean {
    return pronoun === 'it' && next?.kind === 'verb' && this.#lexicon.isWeather(next.lemma)
  }

  #endClause(): void {
    this.#subject = []
    this.#isNobody = false
    this.#action = null
    this.#preposition = null
    this.#lastNoun = []
  }

  #readNoun(noun: NounPhrase): void {
    const preposition = this.#preposition
    this.#preposition = null
    for (const attribute of noun.attributes) this.setting.weather ??= this.#lexicon.weatherOf(attribute)
    if (this.#readCircumstance(noun, preposition)) return
    const isPlace =
      this.#lexicon.isPlace(noun.lemma) || (preposition !== null && this.#lexicon.isRoom(noun.lemma))
    if (isPlace) this.#readPlace(noun, preposition)
    else if (noun.count === 0) this.#isNobody ||= this.#action === null
    else {
      const id = this.#cast.mention(noun, this.#sentence)
      if (preposition === null) this.#addArgument([id])
      else this.#readPrepositional(preposition, id, noun)
      this.#lastNoun = [id]
    }
  }

  /** Times, seasons, weather and sides; true if the noun was one of them. */
  #readCircumstance({ lemma }: NounPhrase, preposition: string | null): boolean {
    const time = this.#lexicon.timeOf(lemma)
    if (sides.test(lemma) && preposition !== null) {
      if (this.#action) this.#action.direction = lemma
    } else if (time !== null) this.setting.time ??= time
    else if (this.#lexicon.isSeason(lemma)) this.setting.season ??= lemma
    else if (this.#lexicon.isWeather(lemma)) this.setting.weather = lemma
    else return false
    return true
  }

  #readPlace({ name }: NounPhrase, preposition: string | null): void {
    const action = this.#action
    const isLookedAt = preposition === 'at' && addressing.has(action?.lemma ?? '')
    if (!isLookedAt) this.setting.place ??= name
    const subjects = action ? action.agents : this.#lastNoun
    if (preposition === null && !action) return
    if (action && preposition !== null && vertical.test(preposition)) action.direction = preposition
    for (const subject of subjects) {
      this.relations.push({ subject, relation: preposition ?? action?.lemma ?? '', object: name })
    }
  }

  #readPronoun({ text, start, end }: Extract<Phrase, { kind: 'pronoun' }>): void {
    const mention = { sentence: this.#sentence, start, end }
    const preposition = this.#preposition
    this.#preposition = null
    const ids = this.#cast.resolve(text, mention, this.#action ? this.#action.agents : [])
    if (preposition === null) this.#addArgument(ids)
    else for (const id of ids) this.#readPrepositional(preposition, id, null)
    this.#lastNoun = ids
  }

  /** A noun without a preposition: the subject before the verb, what it is done to behind. */
  #addArgument(ids: readonly string[]): void {
    const action = this.#action
    if (!action) this.#subject = [...this.#subject, ...ids]
    else action.patients = [...action.patients, ...ids]
  }

  #readPrepositional(preposition: string, id: string, noun: NounPhrase | null): void {
    const action = this.#action
    if (action?.voice === 'passive' && preposition === 'by') {
      action.agents = [...action.agents, id]
      this.#cast.setActing([id])
      return
    }
    const isAddressed =
      addressed.has(preposition) && (addressing.has(action?.lemma ?? '') || this.#cast.isAnimate(id))
    if (action && (isAddressed || /^towards?$/.test(preposition))) {
      action.patients = [...action.patients, id]
      if (!addressing.has(action.lemma)) action.direction = 'toward'
      return
    }
    const isClothing = noun !== null && this.#lexicon.isClothing(noun.lemma)
    const dressing = `${action?.lemma} ${preposition}`
    if (action && isClothing && (dressing === 'put on' || dressing === 'take off')) {
      action.lemma = dressing
      action.patients = [...action.patients, id]
      return
    }
    const isWorn = preposition === 'in' && isClothing
    // "Barks at a squirrel in a tree": what is in, on or with something stands right before it.
    const ofNoun =
      this.#lastNoun.length > 0 && /^(?:with|in|on|under|behind|beside|near|inside)$/.test(preposition)
    const afterVerb = action !== null && !ofNoun
    for (const subject of afterVerb ? action.agents : this.#lastNoun) {
      if (subject !== id)
        this.relations.push({ subject, relation: isWorn ? 'wear' : preposition, object: id })
    }
  }

  #readVerb(verb: VerbPhrase, previous: Phrase | undefined): void {
    // "It is raining": weather, and nobody does it.
    const weather = this.#lexicon.isWeather(verb.lemma) && this.#subject.length === 0
    if (weather) {
      this.setting.weather = verb.lemma
      return
    }
    const ofNoun =
      verb.isParticiple &&
      this.#action !== null &&
      (previous?.kind === 'noun' || previous?.kind === 'pronoun')
    const doers = ofNoun ? this.#lastNoun : this.#subject
    const isPassive = verb.voice === 'passive'
    if (doers.length === 0 && !this.#isNobody) {
      // "Rain falls", "the city sleeps": no one acts. What follows still belongs to no one.
      this.#lastNoun = []
      return
    }
    this.#action = {
      lemma: verb.lemma,
      agents: isPassive ? [] : doers,
      patients: isPassive ? doers : [],
      direction: null,
      manner: this.#manner,
      negated: verb.isNegated || this.#isNobody,
      sentence: this.#sentence,
      voice: verb.voice,
    }
    this.#manner = null
    this.#lastNoun = []
    this.actions.push(this.#action)
    if (!isPassive) this.#cast.setActing(doers)
    this.#cast.setGroup(doers)
  }

  #readAttribute(text: string): void {
    const weather = this.#lexicon.weatherOf(text)
    if (weather !== null) this.setting.weather ??= weather
    else this.#cast.describe(this.#subject, text)
  }

  #readAdverb(text: string): void {
    const action = this.#action
    const time = this.#lexicon.timeOf(text)
    if (time !== null) this.setting.time ??= time
    else if (action && (sides.test(text) || vertical.test(text)))
      action.direction = text.replace(/wards?$/, '')
    else if (/ly$|^(?:fast|together|alone)$/.test(text)) {
      if (action) action.manner = text
      else this.#manner = text
    }
  }

  /** A preposition that no noun follows belongs to the verb: "jumps up". */
  #dropPreposition(next: Phrase): void {
    const preposition = this.#preposition
    if (preposition === null || next.kind === 'adverb') return
    this.#preposition = null
    if (this.#action && vertical.test(preposition)) this.#action.direction = preposition
  }
}

function hasContent({ place, time, weather, season }: DraftSetting): boolean {
  return place !== null || time !== null || weather !== null || season !== null
}
