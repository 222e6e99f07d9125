import { defineCommand } from 'citty'
import { generateOptions, sharedArguments } from './arguments.ts'
import { valuesOf } from './check-arguments.ts'

/** `framewright "a dog runs" -o dog.mp4`. */
export const generateCommand = defineCommand({
  meta: { name: 'generate', description: 'Make a video from words' },
  args: {
    prompt: { type: 'positional', required: true, description: 'What the video shows, in English' },
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'FILE',
      description: '.mp4, .webm, .webp, .gif, or a folder of PNG frames: "out/" (default video.mp4)',
    },
    size: { type: 'string', valueHint: 'WxH', description: 'Pixels (default 256x256)' },
    fps: { type: 'string', valueHint: 'N', description: 'Frames a second (default 24)' },
    steps: { type: 'string', valueHint: 'N', description: 'Steps of the sampler (default 16)' },
    guidance: {
      type: 'string',
      valueHint: 'G',
      description: 'How hard to follow the words (default 1; 2 with --negative)',
    },
    negative: { type: 'string', valueHint: 'TEXT', description: 'What the video should not be' },
    character: {
      type: 'string',
      valueHint: 'WORD=FILE',
      description: 'Your own picture for a word of the prompt; may be given again for others',
    },
    sheet: { type: 'string', valueHint: 'FILE.png', description: 'A contact sheet of the frames as well' },
    attention: {
      type: 'string',
      valueHint: 'DIR',
      description: 'Pictures of where the painter looked for every word, as well',
    },
    ...sharedArguments,
  },
  run: async ({ args, rawArgs }) => {
    const { makeVideo } = await import('./make-video.ts')
    await makeVideo(generateOptions(args.prompt, args), {
      path: args.output ?? 'video.mp4',
      sheet: args.sheet ?? null,
      attentionFolder: args.attention ?? null,
      characters: valuesOf(rawArgs, 'character'),
      isJson: args.json === true,
      isQuiet: args.quiet === true,
    })
  },
})
