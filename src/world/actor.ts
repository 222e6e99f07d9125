import { type LoopSize, loops } from './loops.ts'

/** How an actor gets about; settings say which kinds fit. */
export type ActorKind =
  | 'walks'
  | 'swims'
  | 'flies'
  | 'drives'
  | 'sails'
  | 'floats'
  | 'person'
  | 'thing'
  | 'face'

/** How much of someone its picture shows. */
export type Shows = 'body' | 'bust' | 'head'

/** An actor of the toybox world: one loop (or still) of Microsoft's Fluent emoji (MIT), and the words for it. */
export interface Actor {
  /** Unique, the kind's plain noun where there is only one: `dog`, `man-running`. */
  readonly id: string
  /** Name of the picture. */
  readonly codePoint: string
  readonly noun: string
  readonly synonyms: readonly string[]
  readonly kinds: readonly [ActorKind, ...ActorKind[]]
  /** Where the picture faces; `front` is drawn as it is for right and mirrored for left. */
  readonly nativeFacing: 'left' | 'right' | 'front'
  /** Side of its picture's square beside that of a dog's. */
  readonly size: number
  /** Length of its loop in frames at 12 a second. */
  readonly loopFrames: number
  /** Pictures that are kept of its loop, evenly spread: fewer than frames where little moves, 1 of a still. */
  readonly pictures: number
  /** Where its feet (lowest pixels over the loop) stand in its square, from the top. */
  readonly feet: number
  /** Words that are true of its looks: `brown`. */
  readonly looks: readonly string[]
  /** The only actions that its loop shows; all that fit its kind when absent. */
  readonly only?: readonly string[]
  readonly shows: Shows
  /** It has bare skin, which is yellow where no tone is chosen. */
  readonly skin: boolean
}

/** What a row of a table says beyond its first words. */
export interface Row {
  readonly also?: readonly string[]
  readonly kinds?: readonly ActorKind[]
  readonly facing?: 'left' | 'right' | 'front'
  readonly looks?: readonly string[]
  readonly only?: readonly string[]
  readonly shows?: Shows
  readonly noun?: string
}

/** Frames of a still's loop: its phase goes round as others' do. */
const stillFrames = 36

/** An actor from its row and its loop's measurements; faces the left unless told otherwise. */
export function actor(kind: ActorKind, id: string, codePoint: string, size: number, row: Row = {}): Actor {
  const loop = loops[codePoint]
  if (!loop)
    throw new RangeError(`the loop ${codePoint} of ${id} is not measured: run scripts/measure-loops.ts`)
  const [frames, feet, skin] = loop
  const shows = row.shows ?? 'body'
  return {
    id,
    codePoint,
    noun: row.noun ?? id.replaceAll('-', ' '),
    synonyms: row.also ?? [],
    kinds: [kind, ...(row.kinds ?? [])],
    nativeFacing: row.facing ?? 'left',
    size,
    loopFrames: frames === 1 ? stillFrames : frames,
    pictures: picturesOf(kind, shows, loop),
    feet,
    looks: row.looks ?? [],
    ...(row.only ? { only: row.only } : {}),
    shows,
    skin: skin === 1,
  }
}

/** Faces, things and busts only nod and glint: every other picture does. */
function picturesOf(kind: ActorKind, shows: Shows, [frames]: LoopSize): number {
  const idles = kind === 'face' || kind === 'thing' || shows !== 'body'
  return idles ? Math.ceil(frames / 2) : frames
}

/** What people do whose loop shows one gait only. */
export const gaits = {
  goes: ['run', 'enter', 'leave', 'chase', 'turn', 'circle', 'approach', 'recede', 'meet', 'jump'],
  strolls: ['walk', 'enter', 'leave', 'follow', 'turn', 'approach', 'recede', 'meet', 'circle'],
  rides: ['ride', 'enter', 'leave', 'chase', 'follow', 'turn', 'circle', 'meet', 'approach', 'jump'],
  dances: ['dance', 'spin', 'bounce', 'jump', 'grow', 'shrink'],
  stands: ['stand', 'jump', 'grow', 'shrink', 'spin', 'fall', 'rise', 'bounce', 'appear', 'disappear'],
  wheels: [
    'drive',
    'enter',
    'leave',
    'turn',
    'circle',
    'approach',
    'recede',
    'follow',
    'meet',
    'pass',
    'stand',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>
