import { expect, test } from 'vitest'
import { createProgress, formatDuration, formatSeconds } from './progress.ts'

function stage(isTTY: boolean): string {
  let text = ''
  let now = 0
  const write = (part: string): void => {
    text += part
  }
  const progress = createProgress({ isTTY, columns: 60, write }, () => now)
  progress.start('paint')
  for (let step = 1; step <= 4; step++) {
    now += 1000
    progress.step(step, 4)
  }
  progress.end('4.0 s')
  return text
}

test('a terminal gets a bar with the time left', () => {
  const drawings = stage(true).split('\r\u001b[2K')
  expect(drawings[2]).toBe('paint      ██████░░░░░░░░░░░░░░░░░░ 1/4  3 s left')
  expect(drawings.at(-1)).toBe('paint      4.0 s\n')
})

test('a file gets a line a stage, and no control characters', () => {
  expect(stage(false)).toBe('paint      4.0 s\n')
})

test('no line is longer than the terminal is wide', () => {
  let text = ''
  const write = (part: string): void => {
    text += part
  }
  const progress = createProgress({ isTTY: true, columns: 20, write }, () => 0)
  progress.start('paint')
  progress.step(1, 2)
  for (const drawing of text.split('\r\u001b[2K')) expect(drawing.length).toBeLessThan(20)
})

test('times are read at a glance', () => {
  expect([0, 59.6, 200, 7500].map(formatSeconds)).toEqual(['0 s', '1 min 0 s', '3 min 20 s', '2 h 5 min'])
})

test('short durations have tenths of a second', () => {
  expect([0, 149, 9_999, 10_000, 61_000].map(formatDuration)).toEqual([
    '0.0 s',
    '0.1 s',
    '10 s',
    '10 s',
    '1 min 1 s',
  ])
})
