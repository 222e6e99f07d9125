import { defineCommand } from 'citty'
import { generateOptions, planArguments, sharedArguments, toWhole, videoArguments } from './arguments.ts'

const { motion } = videoArguments
const { seed, seconds, provider, threads, weights, quiet } = sharedArguments

/** Frames that a shot has at most. */
const mostKeys = 720

/** `framewright motion "a dog runs" -o motion.png`, or `-o plan.json` to edit it. */
export const motionCommand = defineCommand({
  meta: { name: 'motion', description: 'Plan who goes where: drawn as boxes over time, or to edit' },
  args: {
    text: {
      type: 'positional',
      required: true,
      description: 'A text in English, or a storyboard’s file: story.json',
    },
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'FILE',
      description: 'A .png for a contact sheet, a video file, or a .json for --motion (default motion.png)',
    },
    keys: {
      type: 'string',
      valueHint: 'N',
      description: 'Of a .json: states at N moments only, easy to edit (default all, 12 a second)',
    },
    motion,
    ...planArguments,
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
      motion: args.motion ?? null,
      keys: args.keys === undefined ? null : toWhole('keys', args.keys, 2, mostKeys),
      isQuiet: args.quiet === true,
    })
  },
})
