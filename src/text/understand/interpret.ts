import type { Action, Relation } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { ActionTeller } from './actions.ts'
import type { Cast } from './cast.ts'
import type { Clause } from './clause.ts'
import { Referents } from './referents.ts'
import { RelationTeller } from './relations.ts'
import type { RoleJudge } from './roles.ts'
import { timeOf, weatherOfAdjective } from './scene-words.ts'
import { readSettings } from './setting-reader.ts'
import type { SettingNotes } from './settings.ts'
import type { Speech } from './speech.ts'
import { inOrder } from './standing.ts'

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
  readonly speech: Speech
}

/**
 * Tells who does what to whom, and what is where, from a sentence's clauses: what every noun is for the scene, who is
 * meant by it, then what is done and how all stand to each other.
 * @param sentence its index
 */
export function interpret(clauses: readonly Clause[], sentence: number, tools: Tools): Meanings {
  const occurrences = inOrder(clauses)
  const roles = readSettings(occurrences, clauses, tools)
  const referents = new Referents(sentence, clauses, occurrences, roles, tools)
  const actions = new ActionTeller(sentence, referents, tools)
  const relations = new RelationTeller(actions, referents, tools)
  for (const clause of clauses) {
    tellComplements(clause, referents, tools)
    noteAdverbs(clause, tools.notes)
    relations.tell(clause, actions.tell(clause))
  }
  return { actions: actions.actions, relations: relations.relations }
}

/** What only someone is: a tugboat that is afraid is a character. */
const feelings =
  /^(?:afraid|scared|frightened|happy|unhappy|sad|shy|brave|curious|lonely|proud|jealous|angry|hungry|thirsty|tired|sleepy|grumpy|bored|nervous|excited|worried|ashamed|glad|cheerful|greedy)$/

/** Adjectives that are said of somebody are attributes, those of weather and time settings. */
function tellComplements(
  { complements, subjects, describes, isNegated, verb }: Clause,
  referents: Referents,
  { cast, notes }: Tools,
): void {
  const ids = describes ? referents.idsOf([describes]) : referents.idsOf(subjects)
  for (const word of complements) {
    const weather = weatherOfAdjective(word)
    if (weather !== null) notes.addWeather(weather)
    const time = timeOf(word)
    if (time !== null) notes.addTime(time)
    const isSaid = !isNegated && (verb === null || verb.voice === 'active')
    if (weather !== null || !isSaid) continue
    for (const id of ids) {
      cast.describe(id, word)
      if (feelings.test(word)) cast.setActing(id)
    }
  }
}

function noteAdverbs({ adverbs }: Clause, notes: SettingNotes): void {
  for (const adverb of adverbs) {
    const time = timeOf(adverb)
    if (time !== null) notes.addTime(time)
    if (/^(?:underwater|outdoors|indoors|upstairs|downstairs)$/.test(adverb)) notes.addPlace(adverb)
  }
}
