import type { PlacedReference } from '../models/conditions.ts'
import type { DenoiserConfig } from '../models/denoiser.ts'
import { type PlacedShot, placeShot } from '../models/placed-shot.ts'
import type { TextVectors } from '../models/text-input.ts'
import type { PaintingLesson } from './denoiser-task.ts'

/** All that the painter is told of one chunk, but which of its frames are given. */
export interface ToldChunk extends PlacedShot {
  /** null where the words are not told. */
  readonly text: TextVectors | null
  /** Whether the references are told as the latents of a draft too; a setting that lacks picture or plan has none. */
  readonly draft: 'laid' | 'none'
}

/** Everything that a lesson tells of one of its chunks. */
export function toldChunk(
  config: Pick<DenoiserConfig, 'frames' | 'framesPerLatent'>,
  lesson: PaintingLesson,
  text: TextVectors,
  chunk: number,
): ToldChunk {
  return { ...placeShot(config, lesson, chunk), text, draft: 'laid' }
}

/** What is taken away from what the painter is told, by the name of the ablation. */
export const painterArms = {
  everything: (told) => told,
  'words off': (told) => ({ ...told, text: null }),
  'actors’ pictures off': (told) => ({ ...told, actors: told.actors.map(unseen) }),
  'setting’s picture off': (told) => ({ ...told, setting: unseen(told.setting) }),
  'all pictures off': (told) => changeAll(told, unseen),
  'plan held at the first frame': (told) => changeAll(told, held),
  'plan off': (told) => changeAll(told, unplaced),
  'draft off': (told) => ({ ...told, draft: 'none' }),
} as const satisfies Readonly<Record<string, (told: ToldChunk) => ToldChunk>>

export type PainterArm = keyof typeof painterArms

/** As training decides it: without the setting's picture and plan there is no draft. */
export const isDrafted = ({ draft, setting }: ToldChunk): boolean =>
  draft === 'laid' && setting.picture !== null && setting.states !== null

const changeAll = (told: ToldChunk, change: (reference: PlacedReference) => PlacedReference): ToldChunk => ({
  ...told,
  actors: told.actors.map(change),
  setting: change(told.setting),
})

const unseen = (reference: PlacedReference): PlacedReference => ({ ...reference, picture: null })

const unplaced = (reference: PlacedReference): PlacedReference => ({ ...reference, states: null })

/** Nothing moves: neither the place nor the pose. */
function held({ picture, states }: PlacedReference): PlacedReference {
  const first = states?.[0]
  return { picture, states: first && states ? states.map(() => first) : states }
}
