import { basename, dirname } from 'node:path'
import { defineCommand } from 'citty'
import { sharedArguments, videoArguments } from './arguments.ts'

const { output, sheet, preview, attention } = videoArguments
const { json, quiet } = sharedArguments

/** `framewright --resume run -o story.mp4`. */
export const resumeCommand = defineCommand({
  meta: { name: 'resume', description: 'Go on with a video that was cut off, to the same file' },
  args: {
    run: {
      type: 'positional',
      required: false,
      description: 'The folder that --run was given (default the newest run that was cut off)',
    },
    output,
    sheet,
    preview,
    attention,
    json,
    quiet,
  },
  run: async ({ args }) => {
    const { readRun } = await import('../pipeline/run-record.ts')
    const { newestRun } = await import('./kept-runs.ts')
    const { makeVideo, outputOf } = await import('./make-video.ts')
    const { removeLeftOvers } = await import('../disk/atomic-file.ts')
    const options = await readRun(args.run ?? (await newestRun()))
    const output = outputOf(args, [])
    // The one that was killed may have begun to write the film.
    await removeLeftOvers(dirname(output.path), { name: basename(output.path), idleMilliseconds: 0 })
    await makeVideo(options, output)
  },
})
