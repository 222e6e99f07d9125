import { join } from 'node:path'
import type { WordAttention } from '../pipeline/attention.ts'
import { contactSheet, drawHeat, type Frames, retimeFrames, writePngs } from '../video/index.ts'
import { fileNameOf } from './make-folder.ts'

/** Frames of a video that a picture shows. */
const shown = 6

/** One picture a word, `03-dog.png`: frames with where the painter looked for it; and `all.png`, all words at once. */
export async function writeAttention(
  frames: Frames,
  attention: WordAttention | null,
  folder: string,
): Promise<void> {
  if (!attention) throw new RangeError('the video was made without `attention`')
  const { side, framesPerMap, fps, words } = attention
  const native = retimeFrames(frames, fps)
  const drawn: Frames[] = []
  const pictures: { path: string; picture: Uint8Array }[] = []
  for (const [i, { text, map }] of words.entries()) {
    const heat = drawHeat(native, { values: map, side, framesPerMap })
    drawn.push(heat)
    const path = join(folder, `${String(i + 1).padStart(2, '0')}-${fileNameOf(text)}.png`)
    pictures.push({ path, picture: await contactSheet(heat, { framesPerRow: shown, labels: [text] }) })
  }
  const labels = words.map(({ text }) => text)
  const sheet = { columns: 2, framesPerRow: shown, labels, frameWidth: 96 }
  pictures.push({ path: join(folder, 'all.png'), picture: await contactSheet(drawn, sheet) })
  await writePngs(pictures)
}
