import { cosine } from '../src/evaluate/consistency.ts'
import { renderShots } from '../src/evaluate/evaluate.ts'
import type { Figure } from '../src/evaluate/figures.ts'
import { type IdentityPair, identityFigures, readIdentity } from '../src/evaluate/identity.ts'
import { measuredFps } from '../src/evaluate/kept-videos.ts'
import type { Suite, SuiteItem } from '../src/evaluate/suite.ts'
import type { Classifier } from '../src/models/classifier-reader.ts'
import { type Cast, withoutActors } from '../src/pipeline/cast.ts'
import { withFrames } from '../src/pipeline/generate.ts'
import type { GenerateOptions } from '../src/pipeline/options.ts'
import { generateWithToybox } from '../src/pipeline/toybox-line.ts'
import { parseStoryboard } from '../src/story/index.ts'
import { type Frames, joinFrames, sliceFrames } from '../src/video/index.ts'
import type { WorldPack } from '../src/world/world-pack.ts'

export interface StoryAblationOptions {
  readonly suite: Suite
  /** Stories of the suite's category `identity`, from its start. */
  readonly stories: number
  readonly pack: WorldPack
  readonly weights: string
  readonly threads: number
  readonly classifier: Classifier | null
  readonly onStory?: (done: number) => void
}

type Paint = (options: GenerateOptions, shown?: (cast: Cast) => Cast) => Promise<Frames[]>

/** How the shots of a story come to their actor's picture, by the name of the ablation. */
export const storyArms = {
  shared: (item, paint) => paint({ storyboard: parseStoryboard(item.storyboard) }),
  none: (item, paint) => paint({ storyboard: parseStoryboard(item.storyboard) }, withoutActors),
  // Each shot is a video by itself, from its own words and seed, as it would be without a storyboard's cast.
  apart: async (item, paint, { seconds }) => {
    const videos: Frames[][] = []
    for (const [seed, { caption }] of item.shots.entries()) {
      videos.push(await paint({ prompt: caption, seed, seconds, shots: 1 }))
    }
    return videos.flat()
  },
} as const satisfies Readonly<
  Record<string, (item: SuiteItem, paint: Paint, suite: Suite) => Promise<Frames[]>>
>

export type StoryArm = keyof typeof storyArms
export const storyArmNames = Object.keys(storyArms) as StoryArm[]

export interface AblatedStory {
  readonly id: string
  readonly captions: readonly string[]
  readonly videos: Readonly<Record<StoryArm, Frames>>
}

export interface ArmIdentity {
  /** Pairs that pass: painted, real, and first shots beside second shots of other stories. */
  readonly figure: Figure | null
  /** Mean cosine of the painted pairs. */
  readonly cosine: number
}

export interface StoryAblation {
  readonly stories: readonly AblatedStory[]
  /** Null where there is no classifier. */
  readonly identity: Readonly<Record<StoryArm, ArmIdentity>> | null
}

/** Paints stories of two shots in every arm, and reads whether both show the same one. */
export async function ablateStories(options: StoryAblationOptions): Promise<StoryAblation> {
  const { suite, stories: count, pack, classifier, weights, threads, onStory } = options
  const paint: Paint = async (asked, shown) => {
    const common = { size: '128x128', fps: measuredFps, preview: false, weights, threads } as const
    const { video } = await withFrames(generateWithToybox({ ...common, ...asked }, shown))
    return video.shots.map(({ start, count: frames }) => sliceFrames(video.frames, start, start + frames))
  }
  const stories: AblatedStory[] = []
  const pairs = byArm((): { generated: IdentityPair; real: IdentityPair }[] => [])
  for (const item of suite.items.filter(({ category }) => category === 'identity').slice(0, count)) {
    const real = classifier && (await readIdentity(classifier, renderShots(pack, item)))
    const shots = byArm((): Frames[] => [])
    for (const arm of storyArmNames) {
      shots[arm] = await storyArms[arm](item, paint, suite)
      const generated = classifier && (await readIdentity(classifier, shots[arm]))
      if (generated && real) pairs[arm].push({ generated, real })
    }
    const captions = item.shots.map(({ caption }) => caption)
    stories.push({ id: item.id, captions, videos: byArm((arm) => joinFrames(shots[arm])) })
    onStory?.(stories.length)
  }
  return { stories, identity: classifier && byArm((arm) => identityOf(pairs[arm])) }
}

function identityOf(
  pairs: readonly { readonly generated: IdentityPair; readonly real: IdentityPair }[],
): ArmIdentity {
  const cosines = pairs.map(({ generated: [a, b] }) => cosine(a, b))
  const mean = cosines.reduce((a, b) => a + b, 0) / cosines.length
  return { figure: identityFigures(pairs)[0] ?? null, cosine: mean }
}

function byArm<T>(make: (arm: StoryArm) => T): Record<StoryArm, T> {
  return { shared: make('shared'), none: make('none'), apart: make('apart') }
}
