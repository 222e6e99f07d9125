import { bareHtmlNames, htmlNames } from './html-names.ts'

/**
 * Characters in place of HTML's names and numbers for them (`&amp;`, `&#x41;`), as a browser reads them: the rules of the
 * HTML standard, 13.2.5.72 on, as Python's `html.unescape` has them. What is no character stays as it is.
 */
export function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (_whole, found: string) =>
    found.startsWith('#') ? numbered(found) : named(found),
  )
}

/** Names are 32 characters long at most. */
const reference = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/gu

const replacement = '\ufffd'

function numbered(found: string): string {
  const digits = found.slice(1).replace(/;$/, '')
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits)
  if (code >= 0x80 && code <= 0x9f) return windows1252[code - 0x80] ?? ''
  if (code === 0 || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return replacement
  return isNoCharacter(code) ? '' : String.fromCodePoint(code)
}

/** Numbers from 128 to 159 are read as bytes of that encoding, which pages meant by them. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const isNoCharacter = (code: number): boolean =>
  (code < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(code)) ||
  code === 0x7f ||
  (code >= 0xfdd0 && code <= 0xfdef) ||
  (code & 0xfffe) === 0xfffe

let known: ReadonlyMap<string, string> | null = null

/** Names with their semicolon, and those that need none. */
function names(): ReadonlyMap<string, string> {
  if (known) return known
  const bare = new Set(bareHtmlNames.split(' '))
  const all = new Map<string, string>()
  for (const entry of htmlNames.split(' ')) {
    const [name = '', codes = ''] = entry.split('=')
    const value = String.fromCodePoint(...codes.split('+').map((code) => Number.parseInt(code, 16)))
    all.set(`${name};`, value)
    if (bare.has(name)) all.set(name, value)
  }
  known = all
  return all
}

/** A name, or the longest beginning that is one; of two letters at least. */
function named(found: string): string {
  for (let end = found.length; end > 1; end--) {
    const value = names().get(found.slice(0, end))
    if (value !== undefined) return value + found.slice(end)
  }
  return `&${found}`
}
