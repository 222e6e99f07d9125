import { defineCommand } from 'citty'
import { commonOptions, loraOptions, sharedArguments, videoArguments } from './arguments.ts'
import { valuesOf } from './check-arguments.ts'

const { seconds: _seconds, ...shared } = sharedArguments

/** `framewright render story.json -o story.mp4`. */
export const renderCommand = defineCommand({
  meta: { name: 'render', description: 'Make the video of a storyboard' },
  args: {
    storyboard: {
      type: 'positional',
      required: true,
      description: 'A .json file, as docs/storyboard.md says',
    },
    ...videoArguments,
    ...shared,
  },
  run: async ({ args, rawArgs }) => {
    const { readStoryboard } = await import('./read-storyboard.ts')
    const storyboard = await readStoryboard(args.storyboard)
    const { makeVideo, outputOf } = await import('./make-video.ts')
    const options = { storyboard, ...commonOptions(args), ...loraOptions(valuesOf(rawArgs, 'lora')) }
    await makeVideo(options, outputOf(args, valuesOf(rawArgs, 'character')))
  },
})
