import { defineCommand } from 'citty'

/** `framewright understand "a dog chases a cat"`. */
export const understandCommand = defineCommand({
  meta: { name: 'understand', description: 'Show what the words are understood to say' },
  args: {
    text: { type: 'positional', required: true, description: 'A text in English' },
    json: { type: 'boolean', description: 'Print the scene graph as JSON' },
  },
  run: async ({ args }) => {
    const { formatSceneGraph, openLanguage, understand, understandingWarnings } = await import(
      '../text/index.ts'
    )
    const graph = understand(args.text, await openLanguage())
    for (const { message } of understandingWarnings(graph))
      process.stderr.write(`framewright: warning: ${message}\n`)
    process.stdout.write(`${args.json === true ? JSON.stringify(graph) : formatSceneGraph(graph)}\n`)
  },
})
