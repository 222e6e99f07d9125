import { actorOf } from '../world/actors.ts'
import { vehicleOf } from '../world/caption-deeds.ts'
import type { ClipScript, ScriptActor } from '../world/clip-script.ts'
import { classifierLabels } from '../world/labels.ts'
import { hasPlural, pluralOf } from '../world/plural.ts'
import { settings } from '../world/settings.ts'
import { conjugate, verbsOf } from '../world/verbs.ts'
import type { Expected } from './suite.ts'
import { says } from './suite-scripts.ts'

/** What a clip's caption tells, and no more: a video cannot be blamed for what nobody said. */
export function expectedOf(script: ClipScript): Expected {
  const { caption, actors, relation } = script
  const isGroup = actors.length > 1 && actors.every(({ actorId }) => actorId === actors[0]?.actorId)
  const asked = isGroup ? actors.slice(0, 1) : actors
  const { saysTime } = settings[script.setting]
  return {
    subjects: asked.map((actor, i) => {
      const { phrase = '', action = null } = caption.actors[i] ?? {}
      const said = action && caption.text.slice(action.start, action.end)
      return {
        ids: whoIs(actor.actorId, phrase),
        actions: said === null || said === '' ? null : actionsSaid(actor, said),
        direction: saidDirection(script, i),
        colour: says(phrase, actor.looks.coat) ? actor.looks.coat : null,
      }
    }),
    settings:
      caption.setting && settingsSaid(script, caption.text.slice(caption.setting.start, caption.setting.end)),
    time: caption.time && saysTime ? script.time : null,
    weather: caption.weather ? script.weather : null,
    count: isGroup ? actors.length : null,
    relation: caption.relation ? relation : null,
  }
}

/** Whoever has the noun that is said: `a man` may be any of four. */
function whoIs(actorId: string, phrase: string): string[] {
  const saidOf = (id: string): number => {
    const { noun, synonyms } = actorOf(id)
    const forms = [noun, ...synonyms].flatMap((word) => (hasPlural(word) ? [word, pluralOf(word)] : [word]))
    return Math.max(0, ...forms.filter((word) => says(phrase, word)).map(({ length }) => length))
  }
  const own = saidOf(actorId)
  return [
    actorId,
    ...classifierLabels.subjects.filter((id) => id !== actorId && own > 0 && saidOf(id) === own),
  ]
}

/** Every action that the words may mean: some verbs are said of two. */
function actionsSaid(actor: ScriptActor, said: string): string[] {
  const others = classifierLabels.actions.filter(
    (action) =>
      action !== actor.action &&
      verbsOf(action, actor.medium, vehicleOf(actor)).some(({ base, rest }) =>
        (['third', 'past', 'participle', 'base'] as const).some((form) => {
          const words = [conjugate(base, form), rest].filter((word) => word !== '').join(' ')
          return said === words || said === `is ${words}` || said === `are ${words}`
        }),
      ),
  )
  return [actor.action, ...others]
}

/** The side that is told; null where the words may be about another actor, or the camera. */
function saidDirection({ caption, actors }: ClipScript, i: number): 'left' | 'right' | null {
  const direction = actors[i]?.direction ?? null
  const sides = new Set(actors.map((actor) => actor.direction).filter((side) => side !== null))
  if (direction === null || sides.size > 1 || caption.relation !== null) return null
  const { camera, text } = caption
  const words = camera ? text.slice(0, camera.start) + text.slice(camera.end) : text
  const tells = (actor: ScriptActor): boolean => actor.direction !== null
  const isOnlyOne = actors.filter(tells).length === 1 || actors[0]?.action === actors[1]?.action
  return isOnlyOne && /\b(left|right)(wards)?\b/.test(words) ? direction : null
}

/** Every setting that the words may mean. */
function settingsSaid({ setting }: ClipScript, said: string): string[] {
  const others = classifierLabels.settings.filter(
    (name) => name !== setting && settings[name].phrases.some((phrase) => said.includes(phrase)),
  )
  return [setting, ...others]
}
