import { defineCommand } from 'citty'

/** `framewright models list` and `framewright models pull wan2.1-t2v-1.3b`. */
export const modelsCommand = defineCommand({
  meta: { name: 'models', description: 'Published models: "list" them, or "pull" one to this machine' },
  args: {
    action: { type: 'positional', required: true, description: 'list or pull' },
    name: { type: 'positional', required: false, description: 'The model to pull' },
    from: { type: 'string', valueHint: 'DIR', description: 'A folder that has the model already' },
    json: { type: 'boolean', description: 'Print one JSON object at the end' },
    quiet: { type: 'boolean', description: 'Show no progress' },
  },
  run: async ({ args }) => {
    const { manageModels } = await import('./manage-models.ts')
    await manageModels(args.action, args.name, {
      from: args.from,
      isJson: args.json === true,
      isQuiet: args.quiet === true,
    })
  },
})
