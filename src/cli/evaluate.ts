import { defineCommand } from 'citty'

/** `framewright evaluate -o runs/evaluation`. */
export const evaluateCommand = defineCommand({
  meta: { name: 'evaluate', description: 'Measure how good toybox’s videos of a suite of prompts are' },
  args: {
    suite: {
      type: 'string',
      valueHint: 'FILE.json',
      description: 'Prompts and what they must show (default the package’s suites/held-out.json)',
    },
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'DIR',
      description: 'Videos, evaluation.json and index.html (default evaluation); what is made already stays',
    },
    limit: { type: 'string', valueHint: 'N', description: 'Only the first N prompts' },
    steps: { type: 'string', valueHint: 'N', description: 'Steps of the sampler (default 2)' },
    seed: { type: 'string', valueHint: 'N', description: 'Of the videos (default 0)' },
    threads: { type: 'string', valueHint: 'N', description: 'CPU threads (default one a core)' },
    weights: { type: 'string', valueHint: 'DIR', description: 'Weights to use instead of the package’s own' },
    pack: { type: 'string', valueHint: 'DIR', description: 'The world’s art (default .cache/world)' },
  },
  run: async ({ args }) => {
    const { writeEvaluation } = await import('./write-evaluation.ts')
    await writeEvaluation(args)
  },
})
