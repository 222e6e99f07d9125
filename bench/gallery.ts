import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { latentSteps } from '../src/diffusion/index.ts'
import { generateVideo } from '../src/pipeline/generate.ts'
import { contactSheet, type Frames, writePng } from '../src/video/index.ts'
import { scriptClip } from '../src/world/script.ts'
import { worlds } from '../src/world/worlds.ts'

/**
 * `npm run gallery`: makes videos of captions whose combinations of actor, action and setting training never saw,
 * and puts them on one sheet. The captions are those of consecutive seeds: none is chosen, none left out.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    first: { type: 'string', default: '900000' },
    output: { type: 'string', default: 'docs/gallery' },
    steps: { type: 'string', default: `${latentSteps}` },
    guidance: { type: 'string', default: '1' },
  },
})

await mkdir(values.output, { recursive: true })
const clips: Frames[] = []
const labels: string[] = []
for (let i = 0; i < Number(values.count); i++) {
  const seed = Number(values.first) + i
  const prompt = scriptClip(seed, { ...worlds.first, split: 'heldout' }).caption.text
  // One chunk of the painter's: 16 frames.
  const { video } = await generateVideo({
    prompt,
    seed,
    shots: 1,
    seconds: 1.25,
    fps: 12,
    size: '128x128',
    steps: Number(values.steps),
    guidance: Number(values.guidance),
  })
  clips.push(video.frames)
  labels.push(`${i + 1}. ${prompt}`)
  console.log(`${i + 1}/${values.count} ${prompt}`)
}
await writePng(
  `${values.output}/held-out.png`,
  await contactSheet(clips, { columns: 3, framesPerRow: 4, labels, frameWidth: 128 }),
)
