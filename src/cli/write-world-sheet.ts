import { FramewrightError } from '../util/errors.ts'
import { checkOutput, contactSheet, type Frames, writePng } from '../video/index.ts'
import { scriptEnsemble } from '../world/ensemble.ts'
import { looksIn } from '../world/learned.ts'
import { openPack } from '../world/pack.ts'
import { renderClip } from '../world/render.ts'
import { type ClipScript, scriptClip } from '../world/script.ts'
import { scriptStory } from '../world/story-script.ts'
import { toWhole } from './arguments.ts'

/** Clips of the world with their captions, weather and looks, two side by side. */
export async function writeWorldSheet(args: {
  readonly output?: string | undefined
  readonly seed?: string | undefined
  readonly count?: string | undefined
  readonly kind?: string | undefined
  readonly pack?: string | undefined
}): Promise<void> {
  const path = args.output ?? 'world.png'
  const count = toWhole('count', args.count ?? 12, 1, 200)
  const seed = toWhole('seed', args.seed ?? 0, 0, Number.MAX_SAFE_INTEGER - count)
  if ((await checkOutput(path)) !== 'png') {
    throw new FramewrightError('E_OUTPUT', `a contact sheet is a .png, got ${path}`)
  }
  const scripts = scriptsOf(args.kind ?? 'clip', seed, count)
  const pack = await openPack(args.pack)
  const clips: Frames[] = []
  const labels: string[] = []
  for (const script of scripts) {
    clips.push(renderClip(script, pack).frames)
    labels.push([script.caption.text, ...factsOf(script)].join('  ·  '))
  }
  await writePng(path, await contactSheet(clips, { labels, columns: 2, framesPerRow: 6, frameWidth: 128 }))
  process.stdout.write(`${path}: ${scripts.length} clips from seed ${seed}\n`)
}

/** What a caption may have left out: the weather and how everyone looks. */
function factsOf({ actors, season, weather }: ClipScript): string[] {
  const year = [season === 'summer' ? '' : season, weather === 'clear' ? '' : weather]
  const looks = actors.map(({ actorId, looks }) => {
    const { wears } = looks
    const worn = wears ? `${wears.color} ${wears.kind}` : ''
    const told = looksIn({ ...looks, wears: null })
    const all = [...told, worn].filter((look) => look !== '')
    return all.length === 0 ? '' : `${actorId}: ${all.join(', ')}`
  })
  // Of three who look alike it is said once.
  return [...new Set([...year, ...looks])].filter((fact) => fact !== '')
}

const varied = { looks: 'varied', weather: 'any' } as const

/** Clips of as many seeds; a story's are all of its shots. */
function scriptsOf(kind: string, first: number, count: number): readonly ClipScript[] {
  const seeds = Array.from({ length: count }, (_, i) => first + i)
  switch (kind) {
    case 'clip':
      return seeds.map((seed) => scriptClip(seed))
    case 'varied':
      return seeds.map((seed) => scriptClip(seed, varied))
    case 'ensemble':
      return seeds.map((seed) => scriptEnsemble(seed, varied))
    case 'story':
      return seeds.flatMap((seed) => scriptStory(seed, varied).shots)
    default:
      throw new FramewrightError('E_OPTION', `--kind is clip, varied, ensemble or story, got "${kind}"`)
  }
}
