import type { WrittenStoryboard } from '../story/index.ts'

type WrittenShot = WrittenStoryboard['shots'][number]

/** A shot as a person writes it: a red horse that runs through a forest for a second. */
export function writtenShot(id: string, changes: Partial<WrittenShot> = {}): WrittenShot {
  return {
    id,
    prompt: 'A red horse runs through the forest.',
    cast: ['horse-1'],
    setting: { place: 'forest' },
    camera: { framing: 'wide', move: 'still' },
    durationSeconds: 1,
    arc: { position: 0.5, tension: 0.5, valence: 0, beat: 'rising' },
    ...changes,
  }
}

/** A horse, a rabbit and a ball, and these shots. */
export function writtenStoryboard(
  shots: readonly WrittenShot[],
  changes: Partial<WrittenStoryboard> = {},
): WrittenStoryboard {
  return {
    format: 1,
    cast: [
      { id: 'horse-1', kind: 'character', description: 'a red horse' },
      { id: 'rabbit-1', kind: 'character', description: 'a white rabbit' },
      { id: 'ball-1', kind: 'object', description: 'a small blue ball' },
    ],
    shots,
    ...changes,
  }
}
