/**
 * The first key that an object in `json` has twice, or null. `JSON.parse` keeps the last of them silently.
 * @param json text that `JSON.parse` has already accepted; keys are compared after their escapes are resolved
 */
export function findDuplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = []
  // Strings and brackets are all that matters: a string is a key if a colon follows.
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (isKey(json, index + token.length)) {
      const key: string = JSON.parse(token)
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return null
}

function isKey(json: string, end: number): boolean {
  let position = end
  while (' \t\r\n'.includes(json.charAt(position)) && position < json.length) position++
  return json.charAt(position) === ':'
}
