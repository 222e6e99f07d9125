import { outputError } from '../util/output-error.ts'

/** Where nobody listens for them, a closed pipe and a full disk end the program with a stack trace. */
export function watchStandardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has what it wanted: `framewright --help | head -1`.
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`framewright: ${outputError('standard output', error).message}\n`)
    process.exit(2)
  })
  // There is nobody left to tell; the exit code still says how it went.
  process.stderr.on('error', () => {})
}
