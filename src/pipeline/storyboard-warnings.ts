import type { Storyboard } from '../story/index.ts'
import type { Warning } from './events.ts'

/** What a storyboard's planner had to tell: it is told again when the film is made. */
export function plannerWarnings({ warnings }: Storyboard): Warning[] {
  return warnings.map(({ type, shot, message }) => ({
    type: 'story',
    about: type,
    shot,
    message: shot === null || message.includes(shot) ? message : `${shot}: ${message}`,
  }))
}

/** What a storyboard asks for and a film of toybox does not have. */
export function unmadeWarnings({ shots, style }: Storyboard): Warning[] {
  const warnings: Warning[] = []
  const tilted = shots.filter(({ camera }) => camera.move.startsWith('tilt')).map(({ id }) => id)
  if (tilted.length > 0) {
    const message = `Toybox has not learned to tilt the camera: it does as it likes in ${tilted.join(', ')}; pan or zoom instead.`
    warnings.push({ type: 'left-out', words: ['tilt'], message })
  }
  const aerial = shots.filter(({ camera }) => camera.framing === 'aerial').map(({ id }) => id)
  if (aerial.length > 0) {
    const message = `Toybox sees everything from the side: ${aerial.join(', ')} will be wide instead of aerial.`
    warnings.push({ type: 'substituted', words: ['aerial'], message })
  }
  if (style.length > 0) {
    const message = `Toybox has one style of its own: ${style.join(', ')} will not be seen.`
    warnings.push({ type: 'left-out', words: style, message })
  }
  if (shots[0]?.transition.type === 'crossfade') {
    const message = `${shots[0].id} begins with a cross-fade, but there is no shot before it: it begins at once.`
    warnings.push({ type: 'left-out', words: ['crossfade'], message })
  }
  return warnings
}
