import type { WordNet } from '../wordnet/wordnet.ts'
import { timeOf } from './scene-words.ts'
import type { Tag } from './tags.ts'
import type { Reading } from './word-forms.ts'

/** A verb so much rarer than the noun (`to mountain`, `to cat`) is none. */
const farLess = 4

export function verbReadings(lower: string, wordnet: WordNet): Reading[] {
  const readings: Reading[] = []
  // "One summer evening": a time, and nobody evens.
  if (timeOf(lower) !== null && wordnet.noun(lower) !== null) return []
  const add = (tag: Tag, lemma: string): boolean => {
    const senses = wordnet.verb(lemma)
    const least = (wordnet.noun(lemma)?.frequency ?? 0) - farLess - (tag === 'verbs' ? 2 : 0)
    const looksLikeNoun = tag === 'base' || tag === 'verbs'
    if (!senses || (looksLikeNoun && senses.frequency < least)) return false
    readings.push({ tag, lemma, frequency: senses.frequency })
    return true
  }
  add('base', lower)
  const irregular = wordnet.irregularVerb(lower)
  if (irregular !== null && irregular !== lower) {
    if (/ing$/.test(lower)) add('ing', irregular)
    else if (/s$/.test(lower)) add('verbs', irregular)
    else {
      if (!onlyParticiples.has(lower)) add('past', irregular)
      if (!onlyPasts.has(lower)) add('participle', irregular)
    }
    return readings
  }
  if (/^(?:be)?come$|^(?:over)?run$|^overcome$/.test(lower))
    readings.push({ tag: 'participle', lemma: lower, frequency: 4 })
  if (unchangedPasts.has(lower)) {
    add('past', lower)
    add('participle', lower)
  }
  if (/s$/.test(lower)) {
    const bases = [
      lower.slice(0, -1),
      ...(/es$/.test(lower) ? [lower.slice(0, -2)] : []),
      lower.replace(/ies$/, 'y'),
    ]
    for (const base of new Set(bases)) if (base !== lower && add('verbs', base)) break
  }
  if (/ed$/.test(lower)) {
    for (const base of regularBases(lower.slice(0, -2))) {
      if (add('past', base)) {
        add('participle', base)
        break
      }
    }
  }
  if (/ing$/.test(lower)) for (const base of regularBases(lower.slice(0, -3))) if (add('ing', base)) break
  return readings
}

/** `chas` → `chase`, `hopp` → `hop`, `carri` → `carry`, `walk` → `walk`. */
function regularBases(stem: string): string[] {
  const bases: string[] = []
  // "Staring" is no starring: a short verb doubles its last letter.
  if (/^[^aeiou]*[aeiou][bdgklmnprt]$/.test(stem)) bases.push(`${stem}e`)
  if (/([bdfgklmnprtvz])\1$/.test(stem) && !/[aeiou](?:ll|zz|ss|ff)$/.test(stem))
    bases.push(stem.slice(0, -1))
  if (/i$/.test(stem)) bases.push(stem.replace(/i$/, 'y'))
  if (/y$/.test(stem)) bases.push(stem, stem.replace(/y$/, 'ie'))
  if (/(?:[^aeiou][aeiou]|[aeiou]{2})(?:[rlnt])$/.test(stem)) bases.push(stem, `${stem}e`)
  bases.push(
    ...(/[^aeiou][aeiou][bcdgkmpstuvz]$|[csvzug]$|[aeiou]l$/.test(stem)
      ? [`${stem}e`, stem]
      : [stem, `${stem}e`]),
  )
  if (/([lzsf])\1$/.test(stem)) bases.push(stem, stem.slice(0, -1))
  return bases
}

const onlyParticiples = new Set(
  'known seen gone done given taken eaten fallen flown ridden driven written broken frozen worn torn sworn drawn grown thrown blown shown begun sung rung drunk swum sunk sprung stolen spoken woken chosen hidden bitten beaten forgotten shaken risen swollen woven'.split(
    ' ',
  ),
)

const onlyPasts = new Set(
  'knew saw went did gave took ate fell flew rode drove wrote broke froze wore tore swore drew grew threw blew began sang rang drank swam sank sprang stole spoke woke chose bit forgot shook rose wove ran came became'.split(
    ' ',
  ),
)

const unchangedPasts = new Set('put set cut hit let shut hurt burst cast spread split read quit'.split(' '))
