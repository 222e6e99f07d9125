import { z } from 'zod'
import { type ErrorCode, FramewrightError } from './errors.ts'

/** A kind of document that people write, and the code of the errors about it. */
export interface DocumentKind {
  readonly code: ErrorCode
  /** `storyboard`. */
  readonly name: string
  /** What is allowed where a schema's own complaint does not say it, by that complaint's code. */
  readonly allowed?: { readonly [Code in Issue['code']]?: string }
}

/** Tells what is wrong with documents of a kind. */
export interface DocumentErrors {
  /** JSON text as a value. @throws FramewrightError when it is none */
  parse(text: string): unknown
  /** One sentence of a schema's first complaint: where, what is allowed, what was got. */
  explain(error: z.ZodError, schema: z.ZodType, document: unknown): FramewrightError
  /** One sentence for what is wrong at a path. */
  wrong(path: string, allowed: string, got: unknown): FramewrightError
}

export function documentErrors({ code, name, allowed = {} }: DocumentKind): DocumentErrors {
  const wrong = (path: string, allowed: string, got: unknown): FramewrightError =>
    new FramewrightError(code, `the ${name}’s \`${path}\` ${allowed}, got ${show(got)}`)
  return {
    wrong,
    parse: (text) => {
      try {
        return JSON.parse(text)
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new FramewrightError(code, `the ${name} is no JSON: ${reason.replaceAll('\n', ' ')}`, { cause })
      }
    },
    explain: (error, schema, document) => {
      const [issue] = error.issues
      if (!issue) return new FramewrightError(code, `the ${name} is not valid`)
      const path = pathText(issue.path)
      if (path === '' && issue.code !== 'unrecognized_keys') {
        return new FramewrightError(code, `a ${name} is a JSON object, got ${show(document)}`)
      }
      if (issue.code === 'unrecognized_keys') {
        const keys = issue.keys.map((key) => `\`${path === '' ? key : `${path}.${key}`}\``).join(', ')
        const known = keysAt(schema, issue.path)
        const others = known.length > 0 ? `; allowed are ${known.join(', ')}` : ''
        return new FramewrightError(code, `the ${name} has no ${keys}${others}`)
      }
      return wrong(path, allowed[issue.code] ?? allowedBy(issue), valueAt(document, issue.path))
    },
  }
}

type Issue = z.core.$ZodIssue

/** What each kind of complaint allows. */
const allowances: { readonly [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string } = {
  invalid_type: ({ expected }) => `must be ${article(expected)}`,
  invalid_value: ({ values }) => `must be ${values.length > 1 ? 'one of ' : ''}${listed(values.map(plain))}`,
  too_small: ({ minimum, origin, inclusive }) =>
    origin === 'array' || origin === 'string'
      ? `must not be ${origin === 'array' ? 'an empty list' : 'empty'}`
      : `must be ${inclusive === false ? 'above' : 'at least'} ${minimum}`,
  too_big: ({ maximum, origin }) =>
    `must ${origin === 'array' || origin === 'string' ? 'have' : 'be'} at most ${maximum}${origin === 'string' ? ' characters' : origin === 'array' ? ' items' : ''}`,
}

function allowedBy(issue: Issue): string {
  const rule = allowances[issue.code] as ((issue: Issue) => string) | undefined
  return rule?.(issue) ?? `is not allowed (${issue.message})`
}

const article = (noun: string): string =>
  ({ int: 'a whole number', string: 'text', array: 'a list', object: 'an object', boolean: 'true or false' })[
    noun
  ] ?? `a ${noun}`

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  )
}

/** The keys that the schema has at a path; none where it is no object there. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const plain = unwrapped(schema)
  if (path.length > 0) {
    const [key, ...rest] = path
    const inner =
      plain instanceof z.ZodArray
        ? plain.element
        : plain instanceof z.ZodObject
          ? plain.shape[String(key)]
          : null
    return inner instanceof z.ZodType ? keysAt(inner, rest) : []
  }
  return plain instanceof z.ZodObject ? Object.keys(plain.shape) : []
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const wraps =
    schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional
  const inner = wraps ? schema.unwrap() : null
  return inner instanceof z.ZodType ? unwrapped(inner) : schema
}

/** A value as it may be written in JSON. */
const plain = (value: unknown): string | number => (typeof value === 'number' ? value : String(value))

export function listed(values: readonly (string | number)[]): string {
  const shown = values.slice(0, 12).map((value) => JSON.stringify(value))
  return values.length > shown.length
    ? `${shown.join(', ')} and ${values.length - shown.length} more`
    : shown.join(', ')
}

function show(value: unknown): string {
  const text = Array.isArray(value)
    ? 'a list'
    : typeof value === 'object' && value !== null
      ? 'an object'
      : value === undefined
        ? 'nothing'
        : JSON.stringify(value)
  return (text ?? String(value)).slice(0, 60)
}
