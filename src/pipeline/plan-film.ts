import { countEvents, direct, plan, type Storyboard } from '../story/index.ts'
import type { SceneGraph } from '../text/index.ts'
import type { Work } from './line.ts'
import { toyboxRepertoire } from './repertoire.ts'
import { checkShots } from './validate.ts'

/**
 * The storyboard of a prompt, by the built-in planner or by the user's director; null for a prompt that is one shot: it
 * tells one event, or `shots` is 1, and there is no director.
 * @throws FramewrightError E_OPTION when the shots do not fit into the seconds asked for
 */
export async function planFilm(
  { options, toybox, run, signal, emit }: Work,
  graph: SceneGraph,
): Promise<Storyboard | null> {
  const { shots, seconds, director, fps } = options
  const isOneShot = shots === undefined ? countEvents(graph) < 2 : shots === 1
  if (isOneShot && director === undefined) return null
  const wishes = { ...(shots === undefined ? {} : { shots }), ...(seconds === undefined ? {} : { seconds }) }
  const planned = (): Promise<Storyboard> => plan(graph, { ...wishes, arc: toybox.arc })
  const directed = (): Promise<Storyboard> =>
    director === undefined
      ? planned()
      : direct(graph.text, { ...wishes, director, plan: planned, repertoire: toyboxRepertoire(), signal })
  // What a run has planned stays: a language model would not plan the same again.
  const kept = await run?.storyboard()
  const storyboard = kept ?? (await directed())
  if (!kept) await run?.keepStoryboard(storyboard)
  checkShots(storyboard, fps)
  emit({ type: 'story-planned', storyboard })
  return storyboard
}
