import type { Token } from '../scene-graph.ts'

/** No word of English has more parts. */
const mostParts = 6

/** Words that are spelt with hyphens and no spaces as one token each: `snow`, `-`, `covered` → `snow-covered`. */
export function joinHyphens(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (let index = 0; index < tokens.length; index++) {
    let token = tokens[index]
    if (!token) continue
    for (let parts = 1; parts < mostParts; parts++) {
      const [hyphen, next] = [tokens[index + 1], tokens[index + 2]]
      const isJoint = hyphen && next && /^[-‐‑]$/.test(hyphen.text) && /^[\p{L}\p{N}]/u.test(next.text)
      if (!isJoint || hyphen.start !== token.end || next.start !== hyphen.end) break
      token = {
        text: `${token.text}-${next.text}`,
        lemma: `${token.lemma}-${next.lemma}`.toLowerCase(),
        pos: /(?:ed|ing|en|free|like|sized|high|deep|long|old|tall)$/.test(next.text) ? 'ADJ' : next.pos,
        start: token.start,
        end: next.end,
      }
      index += 2
    }
    joined.push(token)
  }
  return joined
}
