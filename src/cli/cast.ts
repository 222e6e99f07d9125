import { defineCommand } from 'citty'
import { generateOptions, sharedArguments } from './arguments.ts'

const { seed, provider, threads, weights, quiet } = sharedArguments

/** `framewright cast "a dog runs" -o cast/`. */
export const castCommand = defineCommand({
  meta: { name: 'cast', description: 'Draw the reference pictures of a text: who is in it, and where' },
  args: {
    text: { type: 'positional', required: true, description: 'A text in English' },
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'DIR',
      description: 'Folder of the pictures (default cast)',
    },
    seed,
    provider,
    threads,
    weights,
    quiet,
  },
  run: async ({ args }) => {
    const { writeCast } = await import('./write-cast.ts')
    await writeCast(generateOptions(args.text, args), {
      folder: args.output ?? 'cast',
      isQuiet: args.quiet === true,
    })
  },
})
