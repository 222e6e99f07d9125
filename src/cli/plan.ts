import { defineCommand } from 'citty'
import { planArguments } from './arguments.ts'

/** `framewright plan "A fox sees a hen. It …" -o story.json`. */
export const planCommand = defineCommand({
  meta: { name: 'plan', description: 'Plan a story: its shots, their cast, places and times, and its arc' },
  args: {
    text: { type: 'positional', required: true, description: 'A story in English' },
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'FILE.json',
      description: 'Write the storyboard there, to look at, to edit and to render',
    },
    ...planArguments,
    seconds: { type: 'string', valueHint: 'S', description: 'Length of the whole (default what it needs)' },
    json: { type: 'boolean', description: 'Print the storyboard as JSON' },
  },
  run: async ({ args }) => {
    const { writePlan } = await import('./write-plan.ts')
    await writePlan(args.text, {
      path: args.output ?? null,
      shots: args.shots ?? null,
      seconds: args.seconds ?? null,
      isJson: args.json === true,
    })
  },
})
