import { expect, test } from 'vitest'
import { cleanPrompt } from './clean-prompt.ts'

test('names of characters and white space are read as diffusers reads them', () => {
  // By diffusers.pipelines.wan.pipeline_wan.prompt_clean, 0.42.1, without ftfy.
  const cleaned = [
    ['  a cat &amp;amp; a dog ', 'a cat & a dog'],
    ['Tom &amp;lt;3\n\tthe caf&eacute;', 'Tom <3 the café'],
    ['a&nbsp;&emsp;b &#x1F98A;', 'a b 🦊'],
    ['&amp;amp;amp;', '&amp;'],
  ] as const
  for (const [given, expected] of cleaned) expect(cleanPrompt(given)).toBe(expected)
})

test('a text of which nothing is left is refused', () => {
  expect(() => cleanPrompt(' &nbsp; ')).toThrow(expect.objectContaining({ code: 'E_PROMPT' }))
})
