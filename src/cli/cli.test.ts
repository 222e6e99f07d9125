import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { interruptProgram, runProgram } from './test-program.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => runProgram(folder, args, env)

describe('help', () => {
  test.each([['--help'], ['-h'], []])('%s lists options and commands', async (...args) => {
    const { code, stdout, stderr } = await run(args.filter((arg) => typeof arg === 'string'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('framewright [OPTIONS] <PROMPT>')
    expect(stdout).toContain('--output=<FILE>')
    expect(stdout).toMatch(/^ +doctor /m)
  })

  test('of a command lists its options', async () => {
    const { stdout } = await run(['train', '--help'])
    expect(stdout).toContain('framewright train [OPTIONS] <PART>')
    expect(stdout).toContain('--config=<FILE.json>')
  })

  test('has no colours in a pipe', async () => {
    expect((await run(['--help'])).stdout).not.toContain('\u001b')
  })

  test('loads nothing heavy: our own small files and citty', async () => {
    const coverage = join(folder, 'coverage')
    await run(['--help'], { NODE_V8_COVERAGE: coverage })
    const [report = ''] = await readdir(coverage)
    const { result } = JSON.parse(await readFile(join(coverage, report), 'utf8')) as {
      result: { url: string }[]
    }
    const loaded = result.map(({ url }) => url).filter((url) => url.startsWith('file:'))
    expect(loaded.length).toBeGreaterThan(5)
    expect(loaded.filter((url) => !/\/dist\/(?:cli|util)\/|\/node_modules\/citty\//.test(url))).toEqual([])
  })

  test('a prompt may look like an option behind --', async () => {
    const { stderr, code } = await run(['-o', 'x.avi', '--', '--help'])
    expect(code).toBe(2)
    expect(stderr).toContain('x.avi')
  })
})

test('the version is the package’s', async () => {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url))
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string }
  expect((await run(['--version'])).stdout).toBe(`${version}\n`)
})

describe('bad input: exit code 2, one sentence, no stack trace', () => {
  const cases: readonly (readonly [name: string, args: readonly string[], sentence: RegExp])[] = [
    ['empty prompt', [''], /text is empty/],
    ['blank prompt', ['  \n '], /text is empty/],
    ['100,000 characters', ['dog '.repeat(25_000)], /has 100000 characters, and at most 10000/],
    ['no prompt', ['--seed', '1'], /the prompt is missing/],
    ['words without quotes', ['a', 'dog'], /"dog" is one word too many.*quotes/],
    ['odd size', ['a dog', '--size', '255x256'], /`size`.*even.*16 to 4096.*"255x256"/],
    ['size of nothing', ['a dog', '--size', 'big'], /`size`.*"big"/],
    ['too large', ['a dog', '--size', '4098x4098'], /`size`.*4096/],
    ['no seconds', ['a dog', '--seconds', '0'], /`seconds`.*0\.1 to 60.*got 0/],
    ['seconds of words', ['a dog', '--seconds', 'two'], /--seconds must be a number, got "two"/],
    ['negative number', ['a dog', '--guidance', '-1'], /`guidance`.*0 to 20.*got -1/],
    ['half a seed', ['a dog', '--seed', '1.5'], /`seed`.*whole.*1\.5/],
    ['no steps', ['a dog', '--steps', '0'], /`steps`.*1 to 200.*got 0/],
    ['rate', ['a dog', '--fps', '1000'], /`fps`.*1 to 60.*got 1000/],
    ['provider', ['a dog', '--provider', 'gpu'], /`provider`.*cpu, webgpu.*"gpu"/],
    ['extension', ['a dog', '-o', 'dog.avi'], /dog\.avi has the extension \.avi: use \.mp4/],
    ['folder that is not there', ['a dog', '-o', 'nowhere/dog.mp4'], /nowhere does not exist/],
    ['sheet that is no picture', ['a dog', '--sheet', 'dog.mp4'], /contact sheet is a \.png/],
    ['rate of a GIF', ['a dog', '-o', 'dog.gif', '--fps', '60'], /GIF takes up to 50/],
    ['misspelt option', ['a dog', '--stesp', '3'], /no option --stesp: did you mean --steps\?/],
    ['strange option', ['a dog', '--frobnicate'], /no option --frobnicate: see --help/],
    ['short option', ['a dog', '-x'], /no option -x/],
    ['option without value', ['a dog', '--size'], /--size needs a value/],
    ['option twice', ['a dog', '--seed', '1', '--seed', '2'], /--seed is given twice/],
    ['flag with a value', ['a dog', '--json=yes'], /--json takes no value/],
    ['character of no form', ['a dog', '--character', 'dog'], /word=file.*"dog"/],
    ['character without a file', ['a dog', '--character', 'dog=no.png'], /no\.png/],
    ['part', ['train', 'codek'], /no part "codek": did you mean codec\?/],
    ['settings that are not there', ['train', 'codec', '--config', 'no.json'], /no\.json cannot be read/],
    ['count of clips', ['world', '--count', '0'], /--count.*1 to 200.*got 0/],
    ['nothing to understand', ['understand', ' '], /text is empty/],
  ]
  test.each(cases)('%s', async (_name, args, sentence) => {
    const before = await readdir(folder)
    const { code, stdout, stderr } = await run(args)
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(/^framewright: [^\n]+\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(await readdir(folder)).toEqual(before)
  })

  test('settings with a key that is none', async () => {
    const config = join(folder, 'settings.json')
    await writeFile(config, '{"step": 3}')
    const { code, stderr } = await run(['train', 'codec', '--config', config])
    expect(code).toBe(2)
    expect(stderr).toMatch(/"step".*settings are seed, batchSize, steps/)
  })
})

// Two seconds of 24 frames: the bar is drawn on terminals only, so that stages are seen when they end.
test.each(['load', 'understand', 'cast', 'move', 'paint', 'resample'])(
  'Ctrl-C after %s: exit code 130, one line, no file',
  async (stage) => {
    const before = await readdir(folder)
    const args = ['a dog runs', '-o', 'dog.mp4', '--steps', stage === 'move' ? '200' : '2']
    const { code, stdout, stderr } = await interruptProgram(folder, args, new RegExp(`^${stage} `, 'm'))
    expect(stderr).toMatch(/\nframewright: interrupted; nothing was written\n$/)
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(await readdir(folder)).toEqual(before)
  },
)

test('understand prints the scene graph', async () => {
  const { code, stdout } = await run(['understand', 'A red fox jumps over a dog.', '--json'])
  expect(code).toBe(0)
  const graph = JSON.parse(stdout) as { characters: { lemma: string }[]; actions: { lemma: string }[] }
  expect(graph.characters.map(({ lemma }) => lemma)).toEqual(['fox', 'dog'])
  expect(graph.actions.map(({ lemma }) => lemma)).toEqual(['jump'])
})

test('doctor finds the engine, the CPU and the text encoder', async () => {
  const { code, stdout } = await run(['doctor', '--json'])
  expect(code).toBe(0)
  const found = JSON.parse(stdout) as {
    engine: string
    machine: { cores: number }
    providers: { name: string; problem: string | null }[]
    weights: { name: string; problem: string | null }[]
  }
  expect(found.engine).toMatch(/^\d+\.\d+/)
  expect(found.machine.cores).toBeGreaterThan(0)
  expect(found.providers).toContainEqual({ name: 'cpu', problem: null })
  expect(found.weights).toContainEqual({ name: 'minilm/model', problem: null })
  expect(found.weights).toContainEqual({ name: 'minilm/tokenizer', problem: null })
})
