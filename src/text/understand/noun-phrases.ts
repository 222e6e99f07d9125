import type { WordNet } from '../wordnet/wordnet.ts'
import { countOf } from './closed-words.ts'
import { isMaterial, isNameWith, nameOf, singularOf } from './compound-names.ts'
import { isModifier, isOneWith, leadsToNoun } from './modifiers.ts'
import { isNoun, type Word } from './tags.ts'

export type Reference = 'definite' | 'indefinite' | 'another' | 'possessive' | 'none'

/** A noun with what belongs to it: `her two small dogs`. */
export interface NounPhrase {
  readonly kind: 'noun'
  /** Head with its compound, in the singular: `fire truck`. */
  readonly lemma: string
  /** The head's last word: `truck`. */
  readonly head: string
  /** As said, without article, possessive and number: `small dogs`. */
  readonly name: string
  /** Null where nothing tells how many; 0 for `no`. */
  readonly count: number | null
  readonly isPlural: boolean
  readonly isProper: boolean
  readonly attributes: readonly string[]
  /** Nouns before the head that are not part of its name: `autumn` leaves. */
  readonly modifiers: readonly string[]
  readonly reference: Reference
  /** `her` dog, `Anna's` dog. */
  readonly owner: Pronoun | NounPhrase | null
  readonly start: number
  readonly end: number
}

export interface Pronoun {
  readonly kind: 'pronoun'
  readonly lower: string
  readonly start: number
  readonly end: number
}

/** What a phrase took of the words. */
export type Read<T> = readonly [phrase: T, length: number]

const possessives = /^(?:his|her|its|their|my|our|your|whose)$/
const quantities = /^(?:few|couple|lot|lots|bit|little)$/

/** Reads the noun phrase that starts the words; null if none does. */
export function readNounPhrase(
  text: string,
  words: readonly Word[],
  wordnet: WordNet,
): Read<NounPhrase> | null {
  return new PhraseReader(text, words, wordnet).read(null)
}

class PhraseReader {
  readonly #text: string
  readonly #words: readonly Word[]
  readonly #wordnet: WordNet
  #at = 0
  #reference: Reference = 'none'
  /** It started with `a`. */
  #isOne = false
  #owner: Pronoun | NounPhrase | null = null
  #count: number | null = null
  #nameStart: number | null = null
  #attributes: string[] = []

  constructor(text: string, words: readonly Word[], wordnet: WordNet) {
    this.#text = text
    this.#words = words
    this.#wordnet = wordnet
  }

  read(owner: NounPhrase | null): Read<NounPhrase> | null {
    this.#owner = owner
    this.#readDeterminers()
    this.#readModifiers()
    const nouns = this.#readNouns()
    const phrase = nouns.length > 0 ? this.#phraseOf(nouns) : this.#headless()
    if (!phrase) return null
    if (this.#word()?.tag === 'of' && this.#startsOwned()) {
      const rest = new PhraseReader(this.#text, this.#words.slice(this.#at + 1), this.#wordnet).read(phrase)
      if (rest) return [{ ...rest[0], start: phrase.start, reference: 'possessive' }, this.#at + 1 + rest[1]]
    }
    return [phrase, this.#at]
  }

  #word(ahead = 0): Word | undefined {
    return this.#words[this.#at + ahead]
  }

  #readDeterminers(): void {
    for (;;) {
      const [word, next] = [this.#word(), this.#word(1)]
      if (!word) return
      const { lower, tag } = word
      if (lower === 'half' && next?.lower === 'a' && this.#word(2)?.lower === 'dozen') {
        this.#count = 6
        this.#at += 3
        return
      }
      if (tag === 'det' && possessives.test(lower)) {
        this.#reference = 'possessive'
        this.#owner = { kind: 'pronoun', lower, start: word.start, end: word.end }
      } else if (tag === 'det') {
        this.#reference = referenceOf(lower)
        this.#isOne = /^an?$/.test(lower)
        if (lower === 'no') this.#count = 0
        // "A few birds", "a couple of birds", "a lot of birds".
        if (/^an?$/.test(lower) && next && quantities.test(next.lower) && this.#isCounted(2)) {
          this.#count = countOf(next.lower === 'lot' ? 'many' : next.lower)
          this.#at += this.#word(2)?.lower === 'of' ? 2 : 1
        }
      } else if (tag === 'num' || (/^lots$/.test(lower) && next?.lower === 'of')) {
        const count = countOf(lower)
        // "One of them".
        const isOfPronoun = next?.lower === 'of' && /^prons?$/.test(this.#word(2)?.tag ?? '')
        if (isOfPronoun && count !== null) {
          this.#count = count
          this.#at++
          return
        }
        if (
          next?.lower === 'of' &&
          !['nouns', 'noun', 'adj', 'num', 'det'].includes(this.#word(2)?.tag ?? '')
        )
          return
        if (count !== null) this.#count = this.#count === null || count < 20 ? count : this.#count * count
        if (next?.lower === 'of') this.#at++
      } else return
      this.#at++
    }
  }

  /** Whether a plural follows behind a quantity word and `of`. */
  #isCounted(ahead: number): boolean {
    const at = this.#word(ahead)?.lower === 'of' ? ahead + 1 : ahead
    const rest = this.#words.slice(this.#at + at)
    const noun = rest.find(({ tag }) => !['adj', 'det', 'participle', 'ing', 'adverb'].includes(tag))
    return noun?.tag === 'nouns' || this.#word(ahead)?.lower === 'of'
  }

  #readModifiers(): void {
    const article = { isOne: this.#isOne, isNone: this.#reference === 'none' }
    for (;;) {
      const [word, next] = [this.#word(), this.#word(1)]
      if (!word) return
      const isJoint = this.#attributes.length > 0 && (word.tag === 'and' || word.tag === 'comma')
      if (isModifier(this.#words, this.#at, article, this.#wordnet)) {
        this.#nameStart ??= word.start
        if (word.tag !== 'adverb' && word.tag !== 'num') this.#attributes.push(word.lower)
      } else if (isJoint && next && leadsToNoun(this.#words, this.#at + 1, this.#wordnet)) {
        // "Black and white", "long, red".
      } else return
      this.#at++
    }
  }

  #readNouns(): Word[] {
    const nouns: Word[] = []
    for (;;) {
      const [word, previous] = [this.#word(), nouns.at(-1)]
      // "A star struck face": a participle inside a phrase that asks for one.
      const isInside = word?.tag === 'participle' && this.#isOne && previous && this.#word(1)?.tag === 'noun'
      if (isInside && !this.#wordnet.adjective(this.#word(1)?.lower ?? '')?.isColour) {
        this.#at++
        continue
      }
      // "The Vortex 9 blender": a number that belongs to a name.
      if (word?.tag === 'num' && previous?.tag === 'name' && isNoun(this.#word(1))) {
        this.#at++
        continue
      }
      // "A mother polar bear".
      const next = this.#word(1)
      if (word && !previous && isNoun(next) && isOneWith(word, next, this.#wordnet)) {
        nouns.push({ ...word, tag: 'noun' })
        this.#at++
        continue
      }
      if (word?.tag === 'adj' && previous && next && this.#wordnet.noun(`${word.lower} ${next.lemma}`)) {
        nouns.push({ ...word, tag: 'noun' })
        this.#at++
        continue
      }
      if (!word || !isNoun(word)) return nouns
      // "Paints his barn red".
      const isColour = this.#wordnet.adjective(word.lower)?.isColour ?? false
      if (previous && isColour && this.#reference !== 'none' && !isNoun(next)) return nouns
      // "A heart eyes face": the article asks for one, and eyes are many.
      const isOpen = previous?.tag === 'nouns' && word.tag === 'noun' && this.#isOne
      // "Trees mountains": a plural starts no compound, unless the dictionary knows it (sports car).
      const isCompound =
        previous?.tag !== 'nouns' || this.#wordnet.noun(`${previous.lower} ${word.lemma}`) !== null
      if (
        !isCompound &&
        !isOpen &&
        word.tag !== 'nouns' &&
        previous?.lower !== 'police' &&
        !isShortName(word)
      )
        return nouns
      nouns.push(word)
      this.#at++
    }
  }

  #phraseOf(nouns: readonly Word[]): NounPhrase {
    const head = nouns.at(-1)
    const first = nouns[0]
    if (!head || !first) throw new Error('a noun phrase needs a noun')
    const attributes = [...this.#attributes]
    const before = nouns.slice(0, -1)
    const single = singularOf(head, this.#word()?.lower === 'of' || this.#count !== null)
    let lemma = nameOf(before, single, this.#wordnet)
    // "Polar bear", "hot air balloon": adjectives that the dictionary takes for part of the name.
    const adjective = attributes.at(-1)
    if (adjective !== undefined && isNameWith(adjective, lemma, this.#wordnet)) {
      lemma = `${adjective} ${lemma}`
      attributes.pop()
    }
    const made = before.filter(({ lower }) => isMaterial(lower) && !lemma.includes(lower))
    attributes.push(...made.map(({ lower }) => lower))
    const isOther = /^others?$/.test(single) && nouns.length === 1
    if (isOther) lemma = 'one'
    return {
      kind: 'noun',
      lemma,
      head: isOther ? 'one' : single,
      name: this.#text.slice(this.#nameStart ?? first.start, head.end),
      count: this.#count,
      isPlural: head.tag === 'nouns',
      isProper: head.tag === 'name' || nouns.every(({ tag }) => tag === 'name'),
      attributes,
      modifiers: before.map(({ lower }) => lower),
      reference: this.#reference,
      owner: this.#owner,
      start: this.#words[0]?.start ?? first.start,
      end: head.end,
    }
  }

  /** "The other", "the younger one", "the tall": an article and an adjective without a noun. */
  #headless(): NounPhrase | null {
    const last = this.#words[this.#at - 1]
    const isNumber = this.#attributes.length === 0 && this.#count !== null && this.#count > 0
    const isAdjective = this.#reference === 'definite' && this.#attributes.length > 0 && last?.tag === 'adj'
    if (!last || (!isNumber && !isAdjective)) return null
    return {
      kind: 'noun',
      lemma: 'one',
      head: 'one',
      name: this.#text.slice(this.#nameStart ?? last.start, last.end),
      count: this.#count ?? 1,
      isPlural: isNumber && this.#count !== 1,
      isProper: false,
      attributes: isNumber ? [] : this.#attributes,
      modifiers: [],
      reference: 'definite',
      owner: this.#owner,
      start: this.#words[0]?.start ?? last.start,
      end: last.end,
    }
  }

  /** Whether something that can be owned follows `'s`. */
  #startsOwned(): boolean {
    const next = this.#words.slice(this.#at + 1).find(({ tag }) => tag !== 'adj' && tag !== 'num')
    return isNoun(next)
  }
}

function isShortName(word: Word): boolean {
  return word.tag === 'name'
}

function referenceOf(determiner: string): Reference {
  if (/^(?:another|other)$/.test(determiner)) return 'another'
  // "Below each vase" is of the vases that were named.
  if (/^(?:each|every)$/.test(determiner)) return 'definite'
  return /^(?:an?|some|no|any|half)$/.test(determiner) ? 'indefinite' : 'definite'
}
