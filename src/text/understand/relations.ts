import type { Relation } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import type { ActionTeller } from './actions.ts'
import type { Cast } from './cast.ts'
import type { Clause, Oblique } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'
import type { Referents } from './referents.ts'
import { isMeans, subjectsOf } from './relation-subjects.ts'
import { sideOf } from './roles.ts'
import { isMotion } from './verb-kinds.ts'
import { lemmaOf } from './verb-lemma.ts'

const paths = /^(?:over|around|past|across|through|along|up|down|off|by)$/
const hovering = /^(?:fly|hover|soar|float|glide|drift|hang|circle|orbit|swim|loom)$/
/** Ways of moving that stay around one thing. */
const whirling = /^(?:spin|whirl|twirl|dance|revolve|rotate|gather|huddle|skip)$/
/** What one is held by. */
const handles = /^(?:collar|handle|leash|rope|scruff|sleeve|string|rein|lapel|strap|hem)$/

/** Parts that things are done with. */
const limbs = /^(?:hand|arm|finger|foot|paw|claw|tooth|fist|elbow|knee)$/

const covering = /^(?:cover|coat|drench|soak|bathe|smother|drape|wrap|dress|plaster|caked?)$/

interface Tools {
  readonly cast: Cast
  readonly wordnet: WordNet
}

/** Tells who or what is where, wears what and has what. */
export class RelationTeller {
  readonly relations: Relation[] = []
  readonly #actions: ActionTeller
  readonly #referents: Referents
  readonly #tools: Tools

  constructor(actions: ActionTeller, referents: Referents, tools: Tools) {
    this.#actions = actions
    this.#referents = referents
    this.#tools = tools
  }

  /**
   * Adds the relations that a clause tells.
   * @param agents those who do what it says
   */
  tell(clause: Clause, agents: readonly string[]): void {
    const { verb, objects } = clause
    if (verb?.isAuxiliary && verb.lemma === 'have') this.#tellHaving(clause)
    if (
      verb !== null &&
      /^(?:wear|put on|don)$/.test(lemmaOf(clause, this.#tools.wordnet)) &&
      !clause.isNegated
    ) {
      for (const agent of agents)
        for (const object of this.#referents.idsOf(objects)) this.#relate(agent, 'wear', object)
    }
    for (const oblique of clause.obliques) this.#tellOblique(clause, oblique, agents)
  }

  #tellHaving({ subjects, objects, isNegated }: Clause): void {
    if (isNegated) return
    for (const subject of this.#referents.idsOf(subjects)) {
      for (const object of this.#referents.idsOf(objects)) this.#relate(subject, 'have', object)
    }
  }

  #tellOblique(clause: Clause, oblique: Oblique, agents: readonly string[]): void {
    const { preposition, nominal } = oblique
    const { cast } = this.#tools
    if (/^(?:of|than|without|for|as|before|after|since|until|till|during)$/.test(preposition)) return
    if (
      clause.verb?.voice === 'passive' &&
      preposition === 'by' &&
      this.#referents.idsOf([nominal]).length > 0
    )
      return
    if (oblique.isApart && preposition === 'with') return
    if (isMeans(clause, oblique, this.#referents, this.#tools)) return
    if (nominal.kind === 'noun' && this.#referents.roleOf(nominal) === 'side') {
      this.#tellSide(clause, oblique, nominal, agents)
      return
    }
    const place = this.#referents.placeName(nominal)
    if (place === null && this.#actions.isPatient(clause, oblique)) return
    const targets = place === null ? this.#referents.idsOf([nominal]) : [place]
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
    // "Covered in vines".
    const isCovered =
      preposition === 'in' && clause.verb?.voice === 'passive' && covering.test(clause.verb.base)
    const relation =
      (preposition === 'in' && isClothing && !isWrapped) || isTelegraphic
        ? 'wear'
        : isCovered
          ? 'with'
          : preposition
    for (const subject of subjectsOf(clause, oblique, agents, this.#referents, this.#tools)) {
      // "With a smile on his face": nobody is on his own face.
      if (nominal.kind === 'noun' && this.#isOwnPart(nominal, subject)) continue
      for (const target of targets)
        if (place !== null || this.#isTold(clause, oblique, target)) this.#relate(subject, relation, target)
    }
  }

  /** "A plant to its right". */
  #tellSide(clause: Clause, oblique: Oblique, side: NounPhrase, agents: readonly string[]): void {
    if (side.owner === null || !/^(?:to|on|at)$/.test(oblique.preposition)) return
    for (const subject of subjectsOf(clause, oblique, agents, this.#referents, this.#tools)) {
      for (const owner of this.#referents.idsOf([side.owner]))
        this.#relate(subject, `${sideOf(side)} of`, owner)
    }
  }

  #isOwnPart(nominal: NounPhrase, subject: string): boolean {
    if (nominal.owner === null || !this.#referents.idsOf([nominal.owner]).includes(subject)) return false
    return this.#referents.idsOf([nominal]).some((id) => this.#tools.cast.meaning(id)?.isBodyPart)
  }

  /** Ways that are only passed, and tools in hand, are no places where something is. */
  #isTold(
    { verb, isNegated, objects }: Clause,
    { preposition, anchor, anchorSlot, nominal }: Oblique,
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
    // "Carries her cub by the neck".
    if (meaning?.isBodyPart && preposition === 'by') return false
    const isHandle = nominal.kind === 'noun' && handles.test(nominal.head)
    if (preposition === 'by' && objects.length > 0 && (isHandle || meaning?.isClothing)) return false
    const [kind = 't'] = this.#tools.wordnet.verb(verb?.base ?? '')?.classes ?? []
    // "Fight over a ball": what it is about.
    if (preposition === 'over' && 'fke'.includes(kind)) return false
    // "Builds a raft from barrels".
    if (/^(?:from|out of)$/.test(preposition) && kind === 'r') return false
    // "Kisses her on the cheek".
    if (meaning?.isBodyPart && preposition === 'on' && isTouched) return false
    // "Pulls the net into the boat with both hands".
    if (meaning?.isBodyPart && preposition === 'with' && anchorSlot === 'oblique') return false
    // "Folds it with one hand", but "sees a statue with one arm".
    const isLimb =
      nominal.kind === 'noun' &&
      (nominal.count === 1 || nominal.reference === 'possessive' || limbs.test(nominal.head))
    const isOfSomeone = this.#referents.idsOf(anchor === null ? [] : [anchor]).some((id) => this.#isAlive(id))
    const isHandled = isLimb && anchorSlot === 'object' && kind !== 'p' && verb?.voice === 'active'
    if (
      meaning?.isBodyPart &&
      preposition === 'with' &&
      isHandled &&
      (!isOfSomeone || anchor?.kind === 'pronoun')
    )
      return false
    if (verb === null || anchor !== null) return true
    const isAround = preposition === 'around' && whirling.test(verb.base)
    const isMoving = isMotion(verb.base, this.#tools.wordnet) && !isAround
    if (paths.test(preposition) && isMoving && !hovering.test(verb.base)) return false
    if (meaning?.isBodyPart && preposition === 'with') return false
    return !(/^(?:at|to)$/.test(preposition) && meaning?.isAnimate)
  }

  #isAlive(id: string): boolean {
    return this.#tools.cast.meaning(id)?.isAnimate ?? false
  }

  #relate(subject: string, relation: string, object: string): void {
    const isSaid = this.relations.some(
      (one) => one.subject === subject && one.relation === relation && one.object === object,
    )
    if (!isSaid && subject !== object) this.relations.push({ subject, relation, object })
  }
}
