import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fitPreview } from '../train/fit-preview.ts'
import { type Part, parts } from '../train/parts.ts'
import { trainPart } from '../train/train-part.ts'
import type { TrainingEvent } from '../train/trainer.ts'
import { FramewrightError } from '../util/errors.ts'
import { Interrupted, interruptible } from './interrupt.ts'
import { nearest } from './nearest.ts'
import { createProgress, formatSeconds, type Progress } from './progress.ts'
import { configOf, type TrainSettings } from './train-config.ts'

export interface TrainArguments extends TrainSettings {
  readonly part: string
}

/**
 * Trains one part until its steps are done, or Ctrl-C: then it stops after the step, with a checkpoint.
 * @throws Interrupted after that
 */
export async function trainNetwork(args: TrainArguments): Promise<void> {
  const part = partOf(args.part)
  if (part === 'toybox') return trainToybox(args)
  return part === 'preview' ? fitToyboxPreview(args) : trainOne(part, args)
}

async function trainOne(part: Part, args: TrainSettings): Promise<void> {
  const config = await configOf(part, args)
  const progress = createProgress(process.stderr)
  const started = performance.now()
  const { finished, step } = await interruptible((signal) =>
    trainPart(part, config, { signal, onEvent: (event) => show(event, progress, config.steps) }),
  )
  if (!finished) throw new Interrupted(`interrupted at step ${step}; the same command goes on from there`)
  const took = formatSeconds((performance.now() - started) / 1000)
  process.stdout.write(`${config.folder}: ${part}, ${took}\n`)
}

/** The preview is made for a codec, and after it. */
const recipe: readonly (Part | 'preview')[] = parts.flatMap((part) =>
  part === 'codec' ? [part, 'preview' as const] : [part],
)

/**
 * The whole model from nothing, part after part. Parts whose steps are done are done: after a stop the same command goes on.
 * @throws FramewrightError E_OPTION for settings that are a part's own
 */
async function trainToybox({ folder = join('runs', 'toybox'), ...args }: TrainSettings): Promise<void> {
  const own = (['config', 'batch'] as const).find((name) => args[name] !== undefined)
  if (own !== undefined) {
    throw new FramewrightError(
      'E_OPTION',
      `toybox is all of its parts, and --${own} is a part’s own: train ${parts.join(', ')} apart, or leave it out`,
    )
  }
  for (const part of recipe) {
    const { stories } = await configOf(part, args)
    if (part === 'arc' && !existsSync(stories)) {
      process.stderr.write(`arc: left out, since there is no folder ${stories} (docs/storyboard.md)\n`)
      continue
    }
    process.stderr.write(`${part}\n`)
    const settings = { ...args, folder: join(folder, part) }
    await (part === 'preview' ? fitToyboxPreview(settings) : trainOne(part, settings))
  }
}

/** The preview is no network: it is solved for, in less than half a minute. */
async function fitToyboxPreview(args: TrainSettings): Promise<void> {
  if (args.batch !== undefined) {
    throw new FramewrightError(
      'E_OPTION',
      'the preview is solved for and has no --batch: --steps is its number of clips',
    )
  }
  const config = await configOf('preview', args)
  const progress = createProgress(process.stderr)
  const interrupted = new Interrupted('interrupted; nothing was changed')
  progress.start('fit')
  const { part, psnr, sheet } = await interruptible(
    (signal) => fitPreview(config, { signal, onClip: (done, clips) => progress.step(done, clips) }),
    interrupted,
  )
  progress.end(`${psnr.toFixed(1)} dB on clips that were left out`)
  process.stdout.write(`${part.file}: ${part.parameters.toLocaleString('en')} numbers; look at ${sheet}\n`)
}

type Trained = Part | 'preview' | 'toybox'

function partOf(given: string): Trained {
  const trained: readonly Trained[] = [...parts, 'preview', 'toybox']
  const part = trained.find((name) => name === given)
  if (part) return part
  const wanted = nearest(given, trained)
  const advice = wanted === null ? `there are ${trained.join(', ')}` : `did you mean ${wanted}?`
  throw new FramewrightError('E_OPTION', `there is no part "${given}": ${advice}`)
}

function show(event: TrainingEvent, progress: Progress, steps: number): void {
  switch (event.type) {
    case 'train-start': {
      const from = event.taken > 0 ? `, ${event.taken} tensors from earlier weights` : ''
      progress.say(
        `from step ${event.step} of ${event.steps}: ${event.parameters.toLocaleString('en')} parameters${from}`,
      )
      progress.start('train')
      break
    }
    case 'step-end': {
      const { step, loss, itemsPerSecond, secondsLeft } = event
      const note = `loss ${loss.toFixed(4)}  ${itemsPerSecond.toFixed(1)} items/s  ${formatSeconds(secondsLeft)} left`
      progress.step(step, steps, note)
      break
    }
    case 'inspect-end': {
      const numbers = Object.entries(event.numbers).map(([name, value]) => `${name} ${value.toPrecision(4)}`)
      progress.say(`step ${event.step}: ${numbers.join(', ')}`)
      break
    }
    case 'checkpoint-end':
      progress.say(`step ${event.step}: checkpoint ${event.path}`)
      break
  }
}
