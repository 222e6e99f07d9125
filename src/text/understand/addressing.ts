const addressed = /^(?:at|to|for|with|on|of|after|about|from|upon|over|past|by|up to|behind|toward)$/
/** Verbs that are done to someone with a preposition. */
const addressing: Readonly<Record<string, RegExp>> = Object.assign(Object.create(null), {
  at: /^(?:wave|bark|growl|smile|laugh|shout|roar|wink|grin|stare|point|look|gaze|glance|hiss|meow|howl|aim|shoot|throw|yell|scream|swing|peck|snap|nod|frown|peer|glare|sniff|nibble|bark|chirp|jump|knock|gnaw)$/,
  to: /^(?:give|show|talk|speak|listen|sing|wave|bow|whisper|read|say|tell|hand|bring|offer|throw|send|pass|point|toss|call|shout|nod|introduce|belong|attach|tie|feed)$/,
  for: /^(?:reach|wait|look|search|hunt|beg|ask|grab|dive|cook|care|sing|call|head|aim)$/,
  with: /^(?:play|dance|talk|fight|wrestle|dock|speak|chat|walk|meet|collide|argue|compete|race|spar|struggle|joke|shake|duel)$/,
  on: /^(?:come|stumble|chance|feed|step|knock|tap|bang|jump|pounce|spy|lean|nibble|chew|snack|feast|munch|call|land)$/,
  after: /^(?:run|go|chase|look|hurry|follow|rush|race|dash|sprint|swim|fly|crawl|come|trot)$/,
  from: /^(?:run|flee|escape|hide|drink|eat|steal)$/,
  over: /^(?:jump|leap|hop|step|trip|stumble|vault|watch|climb|bound)$/,
  past: /^(?:go|move|run|walk|drive|speed|fly|swim|pass|race|rush|drift|sail|float|march)$/,
  by: /^(?:pass|go)$/,
  'up to': /^(?:come|walk|go|run|swim|fly|drive|march|trot)$/,
  behind: /^(?:trail|follow|walk|run|lag)$/,
})

/** Whether a verb and a preposition together are done to who follows: `waves at`, `waits for`. */
export function isDoneTo(verb: string, preposition: string): boolean {
  return addressing[preposition]?.test(verb) ?? false
}

/**
 * Whether who or what stands behind the preposition is one to whom it is done.
 * @param isAnimate whether it is someone
 */
export function isAddressee(verb: string, preposition: string, isAnimate: boolean): boolean {
  if (preposition === 'toward') return true
  if (!addressed.test(preposition)) return false
  if (isAnimate && /^(?:at|to|after)$/.test(preposition)) return true
  // "Walks with a pole".
  if (!isAnimate && preposition === 'with' && /^(?:walk|meet|talk|chat|speak|dance)$/.test(verb)) return false
  return isDoneTo(verb, preposition)
}
