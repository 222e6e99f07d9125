import { defineCommand } from 'citty'
import { generateOptions, loraOptions, planArguments, sharedArguments, videoArguments } from './arguments.ts'
import { valuesOf } from './check-arguments.ts'

/** `framewright "a dog runs" -o dog.mp4`. */
export const generateCommand = defineCommand({
  meta: {
    name: 'generate',
    description: 'Make a video from words: a text that tells several events is planned as several shots',
  },
  args: {
    prompt: { type: 'positional', required: true, description: 'What the video shows, in English' },
    ...planArguments,
    ...videoArguments,
    ...sharedArguments,
  },
  run: async ({ args, rawArgs }) => {
    const { makeVideo, outputOf } = await import('./make-video.ts')
    const options = { ...generateOptions(args.prompt, args), ...loraOptions(valuesOf(rawArgs, 'lora')) }
    await makeVideo(options, outputOf(args, valuesOf(rawArgs, 'character')))
  },
})
