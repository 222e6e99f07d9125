import { defineCommand } from 'citty'
import { generateOptions, sharedArguments } from './arguments.ts'

const { seed, seconds, provider, threads, weights, quiet } = sharedArguments

/** `framewright motion "a dog runs" -o motion.png`. */
export const motionCommand = defineCommand({
  meta: { name: 'motion', description: 'Draw the plan of a text’s motion: boxes over time' },
  args: {
    text: { type: 'positional', required: true, description: 'A text in English' },
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'FILE',
      description: 'A .png for a contact sheet, or a video file (default motion.png)',
    },
    seed,
    seconds,
    provider,
    threads,
    weights,
    quiet,
  },
  run: async ({ args }) => {
    const { writeMotion } = await import('./write-motion.ts')
    await writeMotion(generateOptions(args.text, args), {
      path: args.output ?? 'motion.png',
      isQuiet: args.quiet === true,
    })
  },
})
