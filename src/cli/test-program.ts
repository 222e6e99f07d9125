import { execFile, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The program as users run it: the build. */
export const bin = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** Not the user's own cache: runs that tests interrupt stay there. */
const cache = { XDG_CACHE_HOME: join(tmpdir(), 'framewright-test-cache') }

export interface Outcome {
  /** -1 for a signal. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program to its end, in a folder. */
export function runProgram(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...cache, ...env } }
    execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr })
    })
  })
}

/** Runs the program, and presses Ctrl-C when it has said something on standard error. */
export function interruptProgram(
  folder: string,
  args: readonly string[],
  said: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { ...process.env, ...cache, ...env },
    })
    let stdout = ''
    let stderr = ''
    let isInterrupted = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (isInterrupted || !said.test(stderr)) return
      isInterrupted = true
      child.kill('SIGINT')
    })
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
}
