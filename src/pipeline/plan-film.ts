import { countEvents, type DirectorSdk, direct, plan, type Storyboard } from '../story/index.ts'
import type { SceneGraph } from '../text/index.ts'
import { checkShots } from './film-length.ts'
import type { Work } from './line.ts'
import { toyboxRepertoire } from './repertoire.ts'
import type { Toybox } from './toybox.ts'

/** What planning needs of the work. */
export interface PlanningWork extends Pick<Work, 'options' | 'run' | 'signal' | 'emit'> {
  readonly toybox: Pick<Toybox, 'arc'>
}

/**
 * The storyboard of a prompt, by the built-in planner or by the user's director; null for a prompt that is one shot: it
 * tells one event, or `shots` is 1, and there is no director.
 * @param sdk for the director. @default the package `ai`, loaded when there is one
 * @throws FramewrightError E_OPTION when the shots do not fit into the seconds asked for
 */
export async function planFilm(
  { options, toybox, run, signal, emit }: PlanningWork,
  graph: SceneGraph,
  sdk?: DirectorSdk,
): Promise<Storyboard | null> {
  const { shots, seconds, director, fps } = options
  const isOneShot = shots === undefined ? countEvents(graph) < 2 : shots === 1
  if (isOneShot && director === undefined) return null
  const wishes = { ...(shots === undefined ? {} : { shots }), ...(seconds === undefined ? {} : { seconds }) }
  const planned = (): Promise<Storyboard> => plan(graph, { ...wishes, arc: toybox.arc })
  const repertoire = toyboxRepertoire()
  const directing = { ...wishes, plan: planned, repertoire, signal, ...(sdk === undefined ? {} : { sdk }) }
  const made = (): Promise<Storyboard> =>
    director === undefined ? planned() : direct(graph.text, { ...directing, director })
  // What a run has planned stays: a language model would not plan the same again.
  const kept = await run?.storyboard()
  const storyboard = kept ?? (await made())
  if (!kept) await run?.keepStoryboard(storyboard)
  checkShots(storyboard, fps)
  emit({ type: 'story-planned', storyboard })
  return storyboard
}
