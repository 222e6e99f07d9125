import { parseArgs } from 'node:util'
import type { ArgDef, CommandDef } from 'citty'
import { FramewrightError } from '../util/errors.ts'
import { nearest } from './nearest.ts'

/**
 * Refuses what citty would pass over: options that do not exist, values that are missing or not wanted, options given
 * twice, and more words than there are places for.
 * @throws FramewrightError E_OPTION
 */
export function checkArguments(args: readonly string[], command: CommandDef): void {
  const definitions = (command.args ?? {}) as Record<string, ArgDef>
  const { positionals, options } = definitionsOf(definitions)
  const byName = new Map(options.flatMap((option) => option.names.map((name) => [name, option] as const)))
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      options.map(({ name, short, isFlag }) => [
        name,
        { type: isFlag ? 'boolean' : 'string', ...(short === null ? {} : { short }), multiple: true },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const seen = new Set<string>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const option = byName.get(token.name)
    if (!option) throw unknownOption(token.rawName, args[token.index] ?? '', [...byName.keys()])
    if (!option.isFlag && (token.value === undefined || token.value === '')) {
      throw new FramewrightError('E_OPTION', `${token.rawName} needs a value`)
    }
    if (option.isFlag && token.value !== undefined) {
      throw new FramewrightError('E_OPTION', `${token.rawName} takes no value, got ${token.value}`)
    }
    if (seen.has(option.name) && !option.isRepeatable) {
      throw new FramewrightError('E_OPTION', `${token.rawName} is given twice`)
    }
    seen.add(option.name)
  }
  checkWords(words, positionals)
}

/** Every value of an option that may be repeated, in order. */
export function valuesOf(args: readonly string[], name: string): string[] {
  const values: string[] = []
  for (const [index, arg] of args.entries()) {
    if (arg === '--') break
    const next = args[index + 1]
    if (arg === `--${name}` && next !== undefined) values.push(next)
    else if (arg.startsWith(`--${name}=`)) values.push(arg.slice(name.length + 3))
  }
  return values
}

/** Options that may be given more than once; citty has no word for it. */
export const repeatable: ReadonlySet<string> = new Set(['character', 'lora'])

interface OptionDefinition {
  readonly name: string
  /** With its aliases. */
  readonly names: readonly string[]
  readonly short: string | null
  readonly isFlag: boolean
  readonly isRepeatable: boolean
}

function definitionsOf(definitions: Readonly<Record<string, ArgDef>>): {
  positionals: { readonly name: string; readonly isRequired: boolean }[]
  options: OptionDefinition[]
} {
  const entries = Object.entries(definitions)
  const positionals = entries
    .filter(([, { type }]) => type === 'positional')
    .map(([name, { required }]) => ({ name, isRequired: required !== false }))
  const options = entries
    .filter(([, { type }]) => type !== 'positional')
    .map(([name, definition]) => {
      const alias = 'alias' in definition ? definition.alias : undefined
      const aliases = alias === undefined ? [] : [alias].flat()
      return {
        name,
        names: [name, ...aliases],
        short: aliases.find(({ length }) => length === 1) ?? null,
        isFlag: definition.type === 'boolean',
        isRepeatable: repeatable.has(name),
      }
    })
  return { positionals, options }
}

/** @param argument the whole of what the name is a part of */
function unknownOption(rawName: string, argument: string, names: readonly string[]): FramewrightError {
  if (/^[^=]*\s/.test(argument)) {
    return new FramewrightError(
      'E_OPTION',
      `"${cut(argument)}" looks like an option: a text that begins with - goes last, behind --`,
    )
  }
  const wanted = nearest(
    rawName.replace(/^-+/, ''),
    names.filter(({ length }) => length > 1),
  )
  const advice = wanted === null ? 'see --help' : `did you mean --${wanted}?`
  return new FramewrightError('E_OPTION', `there is no option ${rawName}: ${advice}`)
}

function checkWords(
  words: readonly string[],
  positionals: readonly { readonly name: string; readonly isRequired: boolean }[],
): void {
  const missing = positionals.slice(words.length).find(({ isRequired }) => isRequired)
  if (missing) throw new FramewrightError('E_OPTION', `the ${missing.name} is missing: see --help`)
  if (words.length <= positionals.length) return
  const extra = words.slice(positionals.length).join(' ')
  throw new FramewrightError(
    'E_OPTION',
    `"${cut(extra)}" is one word too many: put a text of several words in quotes`,
  )
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
