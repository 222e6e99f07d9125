import { stripVTControlCharacters } from 'node:util'
import { type CommandDef, defineCommand, renderUsage, runCommand } from 'citty'
import { FramewrightError } from '../util/errors.ts'
import { checkArguments } from './check-arguments.ts'
import { commandOf, commands } from './commands.ts'
import { Interrupted } from './interrupt.ts'
import { version } from './version.ts'

/** What a shell gets: 0 done, 1 a bug, 2 something that the user can mend, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130

/** Runs the program with its arguments, without the program's name. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const { name, rest } = commandOf(args)
  try {
    const options = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length)
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
      process.stdout.write(`${version}\n`)
      return 0
    }
    if (options.includes('--help') || options.includes('-h') || args.length === 0) {
      writeHelp(await help(args[0] === name ? name : null))
      return 0
    }
    const command = await commands[name]()
    checkArguments(rest, command)
    await runCommand(command, { rawArgs: rest })
    return 0
  } catch (error) {
    return report(error)
  }
}

async function help(name: keyof typeof commands | null): Promise<string> {
  const root = defineCommand({ meta: { name: 'framewright', version } })
  if (name !== null) return renderUsage(await commands[name](), root as CommandDef)
  const generate = await commands.generate()
  const all = {
    meta: {
      name: 'framewright',
      version,
      description: 'Text to video on your own machine',
    },
    ...(generate.args === undefined ? {} : { args: generate.args }),
    subCommands: commands,
  }
  return renderUsage(all)
}

/** Colours are for terminals only. */
function writeHelp(text: string): void {
  const plain = process.stdout.isTTY === true ? text : stripVTControlCharacters(text)
  process.stdout.write(`${plain.replace(/ +$/gm, '')}\n`)
}

/** One sentence for what the user can mend, a stack trace for bugs. */
function report(error: unknown): ExitCode {
  if (error instanceof Interrupted) {
    process.stderr.write(`framewright: ${error.message}\n`)
    return 130
  }
  if (FramewrightError.is(error)) {
    process.stderr.write(`framewright: ${error.message}\n`)
    return 2
  }
  process.stderr.write(`framewright: this is a bug. ${trace(error)}\n`)
  return 1
}

function trace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
