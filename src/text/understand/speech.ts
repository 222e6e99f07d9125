import type { Action, Mention, Relation } from '../scene-graph.ts'
import type { Cast } from './cast.ts'
import { saying } from './phrases-around.ts'

interface Quote {
  /** Of the first character behind the opening mark, and of the closing mark. */
  readonly start: number
  readonly end: number
}

/** A verb outside quotations, who does it, and to whom. */
interface Deed {
  readonly start: number
  readonly agents: readonly string[]
  readonly patients: readonly string[]
  readonly isSaying: boolean
}

interface Turn {
  readonly speaker: string | null
  readonly listener: string | null
}

/** As far as a verb of saying may stand from what is said. */
const reach = 60

/**
 * Who says what stands within quotation marks, and to whom: whom `I` and `you` mean there. That is known only when all
 * is read (`"I am tired," he said`), so until then a name that no entity has stands for them.
 */
export class Speech {
  readonly #text: string
  readonly #quotes: readonly Quote[]
  readonly #deeds: Deed[] = []
  readonly #mentions: { readonly name: string; readonly mention: Mention }[] = []

  /** @param text the normalised text that offsets count in */
  constructor(text: string) {
    this.#text = text
    this.#quotes = [...text.matchAll(/["“]([^"“”]*)["”]/g)].map(({ index, 0: whole }) => ({
      start: index + 1,
      end: index + whole.length - 1,
    }))
  }

  /** A name for whom `I` or `you` means; null outside quotations, and for other pronouns. */
  nameFor(pronoun: string, { sentence, start, end }: Mention): string | null {
    const role = /^(?:i|me|my|mine|myself)$/.test(pronoun)
      ? 'speaker'
      : /^(?:you|your|yours|yourself)$/.test(pronoun)
        ? 'listener'
        : null
    if (role === null) return null
    const at = this.#quotes.findIndex((quote) => quote.start <= start && end <= quote.end)
    if (at < 0) return null
    const name = `${role}@${at}`
    this.#mentions.push({ name, mention: { sentence, start, end } })
    return name
  }

  /** Takes note of what somebody does, which may be that they say something. */
  noteDeed(
    verb: { readonly base: string; readonly start: number },
    agents: readonly string[],
    patients: readonly string[],
  ): void {
    const isQuoted = this.#quotes.some(({ start, end }) => start <= verb.start && verb.start < end)
    if (!isQuoted && agents.length === 1)
      this.#deeds.push({ start: verb.start, agents, patients, isSaying: saying.test(verb.base) })
  }

  /** Puts those who are meant where their stand-ins are; what nobody is known to do is left out. */
  settle(
    actions: readonly Action[],
    relations: readonly Relation[],
    cast: Cast,
  ): { readonly actions: Action[]; readonly relations: Relation[] } {
    const turns: Turn[] = []
    for (const [at, quote] of this.#quotes.entries()) turns.push(this.#turnOf(at, quote, turns, cast))
    const meant = new Map<string, string | null>(
      turns.flatMap(({ speaker, listener }, at) => [
        [`speaker@${at}`, speaker],
        [`listener@${at}`, listener],
      ]),
    )
    for (const { name, mention } of this.#mentions) {
      const id = meant.get(name)
      if (id != null) cast.addMention(id, mention)
    }
    const known = (id: string): string | null => (meant.has(id) ? (meant.get(id) ?? null) : id)
    const all = (ids: readonly string[]): string[] => [...new Set(ids.flatMap((id) => known(id) ?? []))]
    return {
      actions: actions
        .map((action) => ({ ...action, agents: all(action.agents), patients: all(action.patients) }))
        .filter(({ agents }, index) => agents.length > 0 || actions[index]?.agents.length === 0),
      relations: relations.flatMap(({ subject, relation, object }) => {
        const [from, to] = [known(subject), known(object)]
        // "Do you have any honey?"
        const isSeen = from === subject || relation !== 'have'
        return isSeen && from !== null && to !== null && from !== to
          ? [{ subject: from, relation, object: to }]
          : []
      }),
    }
  }

  #turnOf(at: number, quote: Quote, earlier: readonly Turn[], cast: Cast): Turn {
    const before = earlier.at(-1)
    const deed = this.#deedAround(quote)
    const previous = this.#quotes[at - 1]
    const between = previous ? this.#text.slice(previous.end + 1, quote.start - 1) : ''
    // '"Did it move?" "No."'
    if (deed === null && before && between.trim() === '')
      return { speaker: before.listener, listener: before.speaker }
    // '"I can't," it says. "I am holding the mast."'
    const goesOn = deed === null && before && /^[^.!?]*[.,!?]\s*$/.test(between)
    const told = goesOn ? before.speaker : (deed?.agents[0] ?? this.#lastDoer(quote))
    const speaker = told?.includes('@') ? null : told
    if (speaker === null || speaker === undefined) return { speaker: null, listener: null }
    if (goesOn) return { speaker, listener: before.listener }
    const listened = deed?.patients.find((id) => id !== speaker && cast.isCharacter(id))
    const isAnswer = before?.speaker != null && before.speaker !== speaker
    const listener =
      listened ?? (isAnswer ? before.speaker : cast.characterAround(quote.start, quote.end, speaker))
    return { speaker, listener }
  }

  /** The verb of saying right behind or right before a quotation. */
  #deedAround({ start, end }: Quote): Deed | null {
    const told = this.#deeds.filter(({ isSaying }) => isSaying)
    const isNear = (from: number, to: number): boolean =>
      from <= to && to - from < reach && !/[.!?"“”]/.test(this.#text.slice(from, to))
    return (
      told.find((deed) => isNear(end + 1, deed.start)) ??
      this.#deeds.findLast(
        (deed) => isNear(deed.start, start - 1) && /[:,]\s*$/.test(this.#text.slice(0, start - 1)),
      ) ??
      null
    )
  }

  /** Who did something last before a quotation that nobody is said to say. */
  #lastDoer({ start }: Quote): string | null {
    return this.#deeds.findLast((deed) => deed.start < start)?.agents[0] ?? null
  }
}
