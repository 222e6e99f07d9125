import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unescapeHtml } from './html-entities.ts'

const lines = JSON.parse(
  readFileSync(new URL('../../reference/golden/html-unescape.json', import.meta.url), 'utf8'),
) as readonly (readonly [string, string])[]

test('every line is read as Python’s html.unescape reads it', () => {
  expect(lines.length).toBeGreaterThan(150)
  const wrong = lines.filter(([line, expected]) => unescapeHtml(line) !== expected)
  expect(wrong.map(([line, expected]) => ({ line, expected, got: unescapeHtml(line) }))).toEqual([])
})
