import { FramewrightError } from '../util/errors.ts'
import { checkOutput, contactSheet, type Frames, writePng } from '../video/index.ts'
import { openPack } from '../world/pack.ts'
import { renderClip } from '../world/render.ts'
import { scriptClip } from '../world/script.ts'
import { toWhole } from './arguments.ts'

/** Clips of the world with their captions, two side by side. */
export async function writeWorldSheet(args: {
  readonly output?: string | undefined
  readonly seed?: string | undefined
  readonly count?: string | undefined
  readonly pack?: string | undefined
}): Promise<void> {
  const path = args.output ?? 'world.png'
  const count = toWhole('count', args.count ?? 12, 1, 200)
  const seed = toWhole('seed', args.seed ?? 0, 0, Number.MAX_SAFE_INTEGER - count)
  if ((await checkOutput(path)) !== 'png') {
    throw new FramewrightError('E_OUTPUT', `a contact sheet is a .png, got ${path}`)
  }
  const pack = await openPack(args.pack)
  const clips: Frames[] = []
  const labels: string[] = []
  for (let index = 0; index < count; index++) {
    const script = scriptClip(seed + index)
    clips.push(renderClip(script, pack).frames)
    labels.push(script.caption.text)
  }
  await writePng(path, await contactSheet(clips, { labels, columns: 2, framesPerRow: 6, frameWidth: 128 }))
  process.stdout.write(`${path}: ${count} clips from seed ${seed}\n`)
}
