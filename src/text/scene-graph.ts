/**
 * What a text says: who, what, does what to whom, where and when.
 * Offsets are UTF-16 code units of the normalised text; starts are inclusive, ends exclusive.
 */
export interface SceneGraph {
  readonly text: string
  readonly sentences: readonly Sentence[]
  readonly characters: readonly Entity[]
  readonly objects: readonly Entity[]
  readonly actions: readonly Action[]
  readonly settings: readonly Setting[]
  readonly relations: readonly Relation[]
  readonly camera: readonly { readonly move: string; readonly sentence: number }[]
  readonly style: readonly string[]
}

export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly tokens: readonly Token[]
}

export interface Token {
  readonly text: string
  readonly lemma: string
  /** Universal part-of-speech tag. */
  readonly pos: string
  readonly start: number
  readonly end: number
}

export interface Entity {
  /** Unique in the graph, for instance `dog-1`. */
  readonly id: string
  /** The words as first said, without an article: `small red dog`. */
  readonly name: string
  /** The head noun's lemma: `dog`. */
  readonly lemma: string
  readonly count: number
  readonly attributes: readonly string[]
  readonly mentions: readonly Mention[]
}

export interface Mention {
  readonly sentence: number
  readonly start: number
  readonly end: number
}

export interface Action {
  readonly lemma: string
  readonly agents: readonly string[]
  readonly patients: readonly string[]
  readonly direction: string | null
  readonly manner: string | null
  readonly negated: boolean
  readonly sentence: number
}

export interface Setting {
  readonly place: string | null
  readonly time: string | null
  readonly weather: string | null
  readonly season: string | null
  readonly sentence: number
}

export interface Relation {
  readonly subject: string
  readonly relation: string
  /** An entity's id, or the name of a place. */
  readonly object: string
}
