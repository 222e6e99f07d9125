import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { openTrained } from '../src/cli/write-evaluation.ts'
import { formatMean } from '../src/evaluate/page.ts'
import { readSuite } from '../src/evaluate/suite.ts'
import { weightFolder } from '../src/pipeline/weights.ts'
import { mainThreadRuntime } from '../src/runtime/node.ts'
import { readManifest } from '../src/runtime/weight-folder.ts'
import { contactSheet, writePng } from '../src/video/index.ts'
import { loadPack } from '../src/world/pack.ts'
import { ablateContext, type Seam } from './ablate-context.ts'
import { type ArmErrors, ablatePainter } from './ablate-painter.ts'
import { ablateStories, type StoryAblation, type StoryArm, storyArmNames } from './ablate-stories.ts'

/**
 * `npx tsx bench/ablations.ts`: what the painter's references, plan, draft and given frames add, each by being taken away
 * from networks that were trained with it; docs/evaluation.md says what each row is.
 */
const { values } = parseArgs({
  options: {
    clips: { type: 'string', default: '64' },
    stories: { type: 'string', default: '15' },
    weights: { type: 'string', default: weightFolder() },
    suite: { type: 'string', default: 'suites/held-out.json' },
    pack: { type: 'string', default: '.cache/world' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    sheet: { type: 'string', default: 'docs/gallery/references-off.png' },
    json: { type: 'string' },
  },
})

const armLabels: Readonly<Record<StoryArm, string>> = {
  shared: 'one picture for both shots',
  none: 'no picture of the actor',
  apart: 'each shot by itself',
}

const { weights } = values
const threads = Number(values.threads)
const pack = await loadPack(values.pack)
const runtime = await mainThreadRuntime()
const { parts } = await readManifest(join(weights, 'toybox'))
const report: Record<string, unknown> = {
  weights: Object.fromEntries(Object.entries(parts).map(([name, { sha256 }]) => [name, sha256.slice(0, 12)])),
}

const clips = Number(values.clips)
if (clips > 0) {
  const shared = { runtime, pack, weights, clips, threads }
  const painter = await ablatePainter({
    ...shared,
    onClip: (done) => say(`errors: ${done} of ${clips} clips`),
  })
  const seams = await ablateContext({ ...shared, onClip: (done) => say(`seams: ${done} of ${clips} clips`) })
  showErrors('told', painter.told)
  showErrors('second chunk', painter.context)
  showSeams(seams)
  Object.assign(report, { painter, seams })
}

const stories = Number(values.stories)
if (stories > 0) {
  const { suite } = await readSuite(values.suite)
  const classifier = await openTrained(join(weights, 'toybox'), threads)
  const shared = { suite, stories, pack, weights, threads, classifier }
  const ablation = await ablateStories({
    ...shared,
    onStory: (done) => say(`stories: ${done} of ${stories}`),
  })
  await classifier?.close()
  await writeSheet(values.sheet, ablation)
  showIdentity(ablation)
  report.stories = { count: ablation.stories.length, identity: ablation.identity }
}

if (values.json !== undefined) {
  await mkdir(dirname(values.json), { recursive: true })
  await writeFile(values.json, `${JSON.stringify(report, null, 1)}\n`)
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function showErrors(title: string, rows: readonly ArmErrors[]): void {
  console.log(`\n| ${title} | t | all | difference | actors | background |\n|---|---|---|---|---|---|`)
  for (const { arm, time, weighted, actors, background } of rows) {
    const difference = `${signed(weighted.difference)} ± ${weighted.standardError.toFixed(3)}`
    const columns = [arm, time, weighted.mean.toFixed(3), difference, actors.mean.toFixed(3)]
    console.log(`| ${[...columns, background.mean.toFixed(3)].join(' | ')} |`)
  }
}

function showSeams(seams: readonly Seam[]): void {
  console.log(
    '\n| second chunk | at the seam | where latent frames begin | inside of them |\n|---|---|---|---|',
  )
  for (const { arm, seam, latentFrames } of seams) {
    const inside = seam.mean - seam.difference
    const columns = [seam, latentFrames].map(
      ({ mean, difference, standardError }) =>
        `${mean.toFixed(2)} (${signed(difference, 2)} ± ${standardError.toFixed(2)})`,
    )
    console.log(`| ${[arm, ...columns, inside.toFixed(2)].join(' | ')} |`)
  }
}

function showIdentity({ identity }: StoryAblation): void {
  if (!identity) {
    say(`${weights} has no classifier, so that identity is not measured`)
    return
  }
  console.log('\n| actors’ pictures | pairs that pass | floor | real | mean cosine |\n|---|---|---|---|---|')
  for (const arm of storyArmNames) {
    const { figure, cosine } = identity[arm]
    const means = [figure?.generated, figure?.floor, figure?.ceiling].map((one) =>
      one ? formatMean(one) : '–',
    )
    console.log(`| ${[armLabels[arm], ...means, cosine.toFixed(3)].join(' | ')} |`)
  }
  if (identity.shared.figure?.isTrusted === false) console.log('the classifier is not trusted with it')
}

async function writeSheet(path: string, { stories }: StoryAblation): Promise<void> {
  const clips = stories.flatMap(({ videos }) => storyArmNames.map((arm) => videos[arm]))
  const labels = stories.flatMap(({ captions }, i) =>
    storyArmNames.map((arm) => (arm === 'shared' ? `${i + 1}. ${captions.join(' ')}` : armLabels[arm])),
  )
  await mkdir(dirname(path), { recursive: true })
  await writePng(path, await contactSheet(clips, { columns: 3, framesPerRow: 4, frameWidth: 80, labels }))
}

function signed(value: number, digits = 3): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`
}
