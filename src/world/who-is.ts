import type { Actor } from './actor.ts'

/**
 * Who of a cast a noun phrase's picture shows: the noun that it names first, and of several the longest (`police car`).
 * Where actors share it, the one who does what is said, then the one who looks as is said: `a woman waving`, `a black
 * cat`. Null for nobody.
 */
export function whoIs(phrase: string, cast: readonly Actor[]): Actor | null {
  const text = phrase.toLowerCase()
  const named = cast
    .flatMap((actor) => [actor.noun, ...actor.synonyms].map((noun) => ({ actor, noun: noun.toLowerCase() })))
    .map((one) => ({ ...one, at: placeOf(one.noun, text) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.noun.length - a.noun.length)
  const [first] = named
  const alike = named.filter(({ at, noun }) => at === first?.at && noun === first.noun)
  const best = alike.sort((a, b) => likeness(b.actor, b.noun, text) - likeness(a.actor, a.noun, text))[0]
  return best?.actor ?? null
}

/** Where a phrase names a noun that is its head: nothing follows but what one does, or wears, or where. Else below 0. */
function placeOf(noun: string, text: string): number {
  const follows = String.raw`(?:$| (?:in|with|wearing|on|of|who|at|by|from|without|and|\w+ing)\b)`
  return text.search(
    new RegExp(String.raw`(?<=^|\s)${noun.replace(/[^\w\s]/g, String.raw`\$&`)}(?=${follows})`),
  )
}

function likeness({ id, looks }: Actor, noun: string, text: string): number {
  const pose = poseIn(id)
  const does = pose === undefined ? 0 : text.includes(pose) ? 4 : -4
  const isSo = looks.some((word) => text.includes(word)) ? 2 : 0
  return does + isSo + (id === noun.replaceAll(' ', '-') ? 1 : 0)
}

/** `running` of `man-running`; undefined where what one does is no part of who one is. */
export function poseIn(actorId: string): string | undefined {
  return /-(\w+ing)$/.exec(actorId)?.[1]
}
