import { defineCommand } from 'citty'

/** As in train/parts.ts, which would load the trainings with the help. */
const names =
  'codec, reference, motion, denoiser, upscaler, interpolator, arc, classifier, preview; or toybox, all of them'

/** `framewright train codec --folder runs/codec`. */
export const trainCommand = defineCommand({
  meta: {
    name: 'train',
    description: 'Train toybox, one of its parts, or the classifier that evaluates it',
  },
  args: {
    part: { type: 'positional', required: true, description: names },
    config: {
      type: 'string',
      valueHint: 'FILE.json',
      description: 'Settings; options given here come first',
    },
    steps: { type: 'string', valueHint: 'N', description: 'Steps in all' },
    batch: { type: 'string', valueHint: 'N', description: 'Items a step' },
    seed: { type: 'string', valueHint: 'N', description: 'Of weights and data (default 1)' },
    folder: {
      type: 'string',
      valueHint: 'DIR',
      description: 'Checkpoint, log and samples (default runs/<part>); a run in it goes on',
    },
    weights: {
      type: 'string',
      valueHint: 'DIR',
      description: 'Trained parts are read here and put here (default the package’s own)',
    },
    threads: { type: 'string', valueHint: 'N', description: 'CPU threads (default one a core)' },
  },
  run: async ({ args }) => {
    const { trainNetwork } = await import('./train-network.ts')
    await trainNetwork(args)
  },
})
