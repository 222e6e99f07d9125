import type { Action } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { isAddressee } from './addressing.ts'
import type { Cast } from './cast.ts'
import type { Clause, Nominal, Oblique } from './clause.ts'
import { isAction, isDoneByNoOne, isPersonsDeed } from './deeds.ts'
import { directionOf } from './directions.ts'
import type { Referents } from './referents.ts'
import { weatherOfVerb } from './scene-words.ts'
import type { SettingNotes } from './settings.ts'
import type { Speech } from './speech.ts'
import { drifting, ofThings, still } from './verb-kinds.ts'
import { lemmaOf } from './verb-lemma.ts'

interface Tools {
  readonly cast: Cast
  readonly wordnet: WordNet
  readonly notes: SettingNotes
  readonly speech: Speech
}

/** Tells who does what to whom. */
export class ActionTeller {
  readonly actions: Action[] = []
  readonly #sentence: number
  readonly #referents: Referents
  readonly #tools: Tools

  constructor(sentence: number, referents: Referents, tools: Tools) {
    this.#sentence = sentence
    this.#referents = referents
    this.#tools = tools
  }

  /** Adds what a clause says is done; returns those who do it. */
  tell(clause: Clause): readonly string[] {
    const { cast, notes } = this.#tools
    const { verb } = clause
    const subjects = this.#referents.idsOf(clause.subjects)
    if (verb === null) return subjects
    const weather = weatherOfVerb(verb.base)
    const isBare = clause.subjects.every((one) => one.kind === 'pronoun' && one.lower === 'it')
    if (
      weather !== null &&
      isBare &&
      this.#referents.idsOf(clause.objects).length === 0 &&
      subjects.length === 0
    ) {
      notes.addWeather(weather)
      return []
    }
    if (verb.isAuxiliary && verb.lemma !== 'do') return subjects
    if (!isAction(clause, subjects, this.#tools.wordnet)) return subjects
    const isPassive = verb.voice === 'passive'
    const by = isPassive
      ? this.#referents.idsOf(
          clause.obliques.flatMap(({ preposition, nominal }) => (preposition === 'by' ? [nominal] : [])),
        )
      : []
    // "Children are given sweets".
    const patients = isPassive
      ? [...subjects, ...this.#referents.idsOf(clause.objects)]
      : this.#patientsOf(clause)
    const agents = isPassive ? by : subjects
    this.actions.push({
      lemma: lemmaOf(clause, this.#tools.wordnet),
      agents,
      patients: [...new Set(patients)],
      direction: directionOf(clause, this.#referents, this.#tools.wordnet),
      manner:
        clause.adverbs.find(
          (word) =>
            /(?:[a-z]{3}ly|^fast|^together|^alone)$/.test(word) &&
            !/^(?:only|early|really|nearly|suddenly|finally|nearby)$/.test(word),
        ) ?? null,
      negated: clause.isNegated || isDoneByNoOne(clause),
      sentence: this.#sentence,
    })
    this.#tools.speech.noteDeed(verb, agents, patients)
    for (const id of agents) if (this.#actsOfItself(id, verb)) cast.setActing(id)
    if (this.#turnsInto(clause)) for (const id of agents) cast.setGone(id)
    if (agents.length > 1) cast.setGroup(agents, this.#sentence, 'subject')
    return isPassive ? [...subjects] : agents
  }

  /** "It turned into a prince". */
  #turnsInto({ verb, objects, obliques }: Clause): boolean {
    if (!/^(?:turn|change|transform|morph)$/.test(verb?.base ?? '') || objects.length > 0) return false
    return obliques.some(
      ({ preposition, nominal }) => preposition === 'into' && this.#referents.idsOf([nominal]).length > 0,
    )
  }

  /** Whether a thing that does this is a character: a car that drives, a kite that flies, a moon that smiles. */
  #actsOfItself(id: string, verb: { readonly base: string }): boolean {
    const { cast, wordnet } = this.#tools
    const meaning = cast.meaning(id)
    if (!meaning || still.test(verb.base)) return false
    if (meaning.isVehicle || meaning.isLikeness) return true
    if (/^(?:show|display|depict|reveal|feature|include|present)$/.test(verb.base)) return false
    if (ofThings.test(verb.base) || (drifting.test(verb.base) && !meaning.isCelestial)) return false
    if (meaning.isBodyPart || meaning.isSubstance || meaning.isClothing) return false
    // "The police have blocked the road".
    const isCrowd =
      wordnet.noun(cast.lemma(id))?.classes.every((letter) => letter === 'g' || letter === 'p') ?? false
    if (isCrowd && !/[tx]/.test(wordnet.verb(verb.base)?.classes[0] ?? 't')) return true
    if (isPersonsDeed(cast.lemma(id), verb.base, wordnet)) return true
    const senses = wordnet.verb(verb.base)?.classes ?? []
    const [first = 't'] = senses
    if ('kogpe'.includes(first) || /^(?:smile|laugh|dance|sing|yawn|sneeze|cry)$/.test(verb.base)) return true
    const [kind = 'd'] = wordnet.noun(cast.lemma(id))?.classes ?? []
    return first === 'm' && 'dyvzt'.includes(kind)
  }

  #patientsOf(clause: Clause): readonly string[] {
    const { verb, objects, obliques } = clause
    if (verb === null) return []
    const direct = this.#referents.idsOf(objects)
    const told = obliques.filter(
      ({ preposition, nominal, anchorSlot }) =>
        anchorSlot !== 'subject' &&
        !(preposition === 'on' && anchorSlot === 'object') &&
        // "With a sack over his shoulder".
        !(anchorSlot === 'oblique' && /^(?:over|past|behind)$/.test(preposition)) &&
        this.#isAddressed(verb.base, preposition, nominal),
    )
    return [...direct, ...this.#referents.idsOf(told.map(({ nominal }) => nominal))]
  }

  /** Whether it was told already as whom something is done to. */
  isPatient({ verb }: Clause, { preposition, nominal, anchorSlot }: Oblique): boolean {
    if (verb === null || verb.isAuxiliary || anchorSlot === 'subject' || /^(?:over|on)$/.test(preposition))
      return false
    return this.#isAddressed(verb.base, preposition, nominal)
  }

  #isAddressed(verb: string, preposition: string, nominal: Nominal): boolean {
    const { cast } = this.#tools
    const isAnimate = this.#referents.idsOf([nominal]).some((id) => cast.meaning(id)?.isAnimate ?? false)
    // "Honks at a carriage".
    const isSounding = /^[kp]/.test(this.#tools.wordnet.verb(verb)?.classes[0] ?? 't')
    const isVehicle = this.#referents.idsOf([nominal]).some((id) => cast.meaning(id)?.isVehicle ?? false)
    if (preposition === 'at' && isVehicle && isSounding) return true
    return isAddressee(verb, preposition, isAnimate)
  }
}
