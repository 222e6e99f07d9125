import { defineCommand } from 'citty'

/** `framewright world -o sheet.png`. */
export const worldCommand = defineCommand({
  meta: { name: 'world', description: 'Look at the clips that toybox is trained on' },
  args: {
    output: {
      type: 'string',
      alias: 'o',
      valueHint: 'FILE.png',
      description: 'The contact sheet (default world.png)',
    },
    seed: { type: 'string', valueHint: 'N', description: 'Seed of the first clip (default 0)' },
    count: { type: 'string', valueHint: 'N', description: 'How many clips (default 12)' },
    kind: {
      type: 'string',
      valueHint: 'KIND',
      description: 'clip (default), varied (looks and weather as well), ensemble or story',
    },
    pack: { type: 'string', valueHint: 'DIR', description: 'The world’s art (default .cache/world)' },
  },
  run: async ({ args }) => {
    const { writeWorldSheet } = await import('./write-world-sheet.ts')
    await writeWorldSheet(args)
  },
})
