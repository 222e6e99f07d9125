import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The building: a file imports only from floors below its own, or from its own folder. */
const floors = {
  util: 0,
  disk: 0,
  graph: 1,
  video: 1,
  runtime: 2,
  nn: 2,
  diffusion: 3,
  text: 3,
  world: 3,
  models: 3,
  enhance: 3,
  story: 4,
  train: 4,
  evaluate: 4,
  pipeline: 5,
  cli: 6,
} as const

/** Imports within a floor, and why each is allowed. */
const exceptions: Readonly<Record<string, string>> = {
  'disk → util': 'what goes wrong on a disk is told by the errors of util/',
  'models → diffusion': 'a network’s sampler is the sampler of diffusion/ with that network in it',
  'train → story': 'the arc network learns from stories as the planner sees them',
}

/** Folders that also run in a browser. */
const portable: ReadonlySet<string> = new Set(['util', 'graph', 'nn', 'models', 'diffusion', 'text'])

const root = fileURLToPath(new URL('.', import.meta.url))

/** The package's own sources: tests, and what only tests use, may import what they like. */
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^\w+\/.*\.ts$/.test(path.replaceAll('\\', '/')))
  .filter((path) => !/\.test\.ts$|(?:^|\/)(?:test-[\w-]*|golden|cases)\.ts$|\/fixtures\//.test(path))
  .map((path) => path.replaceAll('\\', '/'))

interface Import {
  readonly file: string
  readonly from: string
  readonly isType: boolean
}

const imports: readonly Import[] = files.flatMap((file) => {
  const source = readFileSync(join(root, file), 'utf8')
  const statements = source.matchAll(/^(?:import|export)(\s+type)?\s[^'"]*?from\s+'([^']+)'/gm)
  const calls = source.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)
  return [
    ...[...statements].map(([, type, from]) => ({ file, from: from ?? '', isType: type !== undefined })),
    ...[...calls].map(([, from]) => ({ file, from: from ?? '', isType: false })),
  ]
})

const folderOf = (path: string): string => path.split('/')[0] ?? ''

test('every folder has a floor', () => {
  expect([...new Set(files.map(folderOf))].filter((folder) => !Object.hasOwn(floors, folder))).toEqual([])
})

test('files import only from the floors below', () => {
  const floorOf = (folder: string): number =>
    Number(Object.entries(floors).find(([name]) => name === folder)?.[1])
  const wrong = imports.flatMap(({ file, from }) => {
    if (!from.startsWith('.')) return []
    const own = folderOf(file)
    const other = folderOf(relative('.', join(dirname(file), from)).replaceAll('\\', '/'))
    const isAllowed =
      own === other || floorOf(other) < floorOf(own) || Object.hasOwn(exceptions, `${own} → ${other}`)
    return isAllowed ? [] : [`${file} (floor ${floorOf(own)}) imports ${from} (floor ${floorOf(other)})`]
  })
  expect(wrong).toEqual([])
})

test('what also runs in a browser imports nothing of Node', () => {
  const wrong = imports.filter(
    ({ file, from, isType }) => portable.has(folderOf(file)) && from.startsWith('node:') && !isType,
  )
  expect(wrong).toEqual([])
})

test('every exception is used', () => {
  const used = imports.map(({ file, from }) => {
    return `${folderOf(file)} → ${folderOf(relative('.', join(dirname(file), from)))}`
  })
  expect(Object.keys(exceptions).filter((exception) => !used.includes(exception))).toEqual([])
})
