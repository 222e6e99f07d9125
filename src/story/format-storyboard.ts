import { shapeOf } from './arc.ts'
import { drawArc } from './draw-arc.ts'
import type { CastEntry, Shot, Storyboard } from './storyboard.ts'

/** A storyboard as text for people: cast, shots with their times, the arc, and what the planner noticed. */
export function formatStoryboard(storyboard: Storyboard): string {
  const { title, style, cast, shots, warnings } = storyboard
  const sections = [
    title,
    ...(style.length > 0 ? [`style: ${style.join(', ')}`] : []),
    ['cast', ...castLines(cast)].join('\n'),
    ['shots', ...shotLines(shots)].join('\n'),
    `${shapeLine(storyboard)}\n${drawArc(storyboard)}`,
    ...(warnings.length > 0
      ? [warnings.map(({ shot, message }) => `! ${shot === null ? '' : `${shot}: `}${message}`).join('\n')]
      : []),
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}

function castLines(cast: readonly CastEntry[]): string[] {
  const width = Math.max(...cast.map(({ id }) => id.length))
  return cast.flatMap(({ id, description, count, changes }) => [
    `  ${id.padEnd(width)}  ${description}${count > 1 ? ` (${count})` : ''}`,
    ...changes.map((change) => `  ${''.padEnd(width)}  from ${change.fromShot} on: ${change.description}`),
  ])
}

function shotLines(shots: readonly Shot[]): string[] {
  let elapsed = 0
  return shots.flatMap((shot) => {
    const { id, prompt, camera, transition, origin, arc, durationSeconds } = shot
    const from = elapsed
    elapsed += durationSeconds
    const facts = [
      `${from.toFixed(2)}–${elapsed.toFixed(2)} s`,
      arc.beat,
      camera.move === 'still' ? camera.framing : `${camera.framing}, ${camera.move}`,
      ...(transition.type === 'crossfade' ? [`cross-fade ${transition.seconds} s`] : []),
      ...(origin === 'added' ? ['added'] : []),
    ]
    return [`  ${id}  ${facts.join(' · ')}`, `    ${prompt}`]
  })
}

function shapeLine({ shape, shots }: Storyboard): string {
  const match = shapeOf(shots.map(({ arc }) => arc.valence))
  if (shape === 'flat') return `arc: flat${match.reason === null ? '' : `, ${match.reason}`}`
  return match.shape === shape
    ? `arc: ${shape} (correlation ${match.correlation.toFixed(2)})`
    : `arc: ${shape}`
}
