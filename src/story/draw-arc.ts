import type { Storyboard } from './storyboard.ts'

const blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** Lines of text that the tension is drawn over. */
const rows = 4
const levels = blocks.length - 1

/**
 * A story's arc in block characters, over time from left to right: the tension as a hill, below it the valence as a
 * line whose middle is neither sad nor happy, and where each shot begins.
 * @param columns characters of the drawing, 20 at the least
 */
export function drawArc({ shots }: Storyboard, columns = 60): string {
  const width = Math.max(20, Math.floor(columns))
  const points = shots.map(({ arc }) => arc)
  const at = (x: number, value: (arc: (typeof points)[number]) => number): number => {
    const t = (x + 0.5) / width
    const next = points.findIndex(({ position }) => position > t)
    const [before, after] = next < 0 ? [points.at(-1), null] : [points[next - 1], points[next]]
    if (!before || !after)
      return value(before ?? after ?? { position: 0, tension: 0, valence: 0, beat: 'rising' })
    const share = (t - before.position) / (after.position - before.position)
    return value(before) * (1 - share) + value(after) * share
  }
  const xs = Array.from({ length: width }, (_, x) => x)
  const hill = Array.from({ length: rows }, (_, row) =>
    xs.map((x) => block(at(x, ({ tension }) => tension) * rows - (rows - 1 - row))).join(''),
  )
  const mood = xs.map((x) => block((at(x, ({ valence }) => valence) + 1) / 2)).join('')
  const total = shots.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
  const axis = new Array<string>(width).fill('─')
  let elapsed = 0
  for (const { durationSeconds } of shots) {
    axis[Math.min(width - 1, Math.floor((elapsed / total) * width))] = '┬'
    elapsed += durationSeconds
  }
  const title = (text: string): string => text.padEnd(9)
  return [
    ...hill.map((line, row) => `${title(row === 0 ? 'tension' : '')}${line}`.trimEnd()),
    `${title('')}${axis.join('')}`,
    `${title('valence')}${mood}`,
  ].join('\n')
}

/** @param height 0 to 1; above is full, below is empty */
function block(height: number): string {
  return blocks[Math.min(levels, Math.max(0, Math.round(height * levels)))] ?? ' '
}
