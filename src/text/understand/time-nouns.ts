import type { NounPhrase } from './noun-phrases.ts'
import { seasonOf, timeOf } from './scene-words.ts'

/** The time of day that a noun phrase names: `late afternoon`, `golden hour`. */
export function timeWord({ lemma, head, attributes }: NounPhrase): ReturnType<typeof timeOf> {
  // "In the dark".
  if (lemma === 'dark' || (lemma === 'one' && attributes.length === 1 && attributes[0] === 'dark'))
    return 'night'
  if (lemma === 'one') return null
  const described = attributes.length > 0 ? timeOf(`${attributes.at(-1)} ${head}`) : null
  return described ?? timeOf(lemma) ?? timeOf(head)
}

/** "One day" and "every day" tell no time of day. */
export function isTime(
  { head, lemma, count, attributes, modifiers, isPlural }: NounPhrase,
  preposition: string | null,
): boolean {
  if (head !== 'day' || lemma === 'daytime') return true
  if (count !== null || isPlural) return false
  if (/^(?:by|during)$/.test(preposition ?? '')) return true
  return (
    attributes.some((word) =>
      /^(?:sunny|rainy|cloudy|foggy|snowy|windy|stormy|bright|clear|hot|cold|beautiful|warm|misty|hazy|grey|gray|gloomy|breezy|overcast|sunlit|lovely|fine|nice)$/.test(
        word,
      ),
    ) || modifiers.some((word) => seasonOf(word) !== null)
  )
}

/** "In the fall", "among autumn leaves". */
export function isSeasonTold(
  { head, reference, isPlural, modifiers }: NounPhrase,
  preposition: string | null,
): boolean {
  if (head === 'fall')
    return reference === 'definite' && !isPlural && /^(?:in|during)$/.test(preposition ?? '')
  const isAround = reference === 'none' && /^(?:in|among|amid)$/.test(preposition ?? '')
  return isAround && modifiers.some((word) => seasonOf(word) !== null)
}
