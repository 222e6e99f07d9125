import { type Description, withoutArticle } from './cast-descriptions.ts'
import { headOf, skyNouns } from './word-lists.ts'

/** Names members of the cast: whole at first, "the …" after that. */
export class Namer {
  readonly ids: string[] = []
  readonly #descriptions: ReadonlyMap<string, Description>

  constructor(descriptions: ReadonlyMap<string, Description>) {
    this.#descriptions = descriptions
  }

  name(id: string): string {
    const phrase = this.#descriptions.get(id)?.phrase ?? ''
    if (this.ids.includes(id)) return /^\p{Lu}/u.test(phrase) ? phrase : `the ${withoutArticle(phrase)}`
    this.ids.push(id)
    return phrase
  }

  /** Whether all that was named is in the sky. */
  get isSky(): boolean {
    return this.ids.every((id) => skyNouns.has(headOf(this.#descriptions.get(id)?.phrase ?? '')))
  }

  list(ids: readonly string[]): string {
    return joined(ids.map((id) => this.name(id)))
  }

  isPlural(ids: readonly string[]): boolean {
    return ids.length > 1 || ids.some((id) => this.#descriptions.get(id)?.isPlural === true)
  }
}

function joined(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
