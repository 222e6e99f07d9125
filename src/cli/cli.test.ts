import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { weightFolder } from '../pipeline/weights.ts'
import { readManifest } from '../runtime/weight-folder.ts'
import { parseStoryboard } from '../story/parse-storyboard.ts'
import { bin, interruptProgram, type Outcome, runProgram } from './test-program.ts'

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
    ['no seconds', ['a dog', '--seconds', '0'], /`seconds`.*0\.1 to 30000.*got 0/],
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
    ['character of a strange word', ['a dog', '--character', '__proto__=no.png'], /word=file.*"__proto__/],
    ['prompt like an option', ['-a dog runs'], /"-a dog runs" looks like an option: .*last, behind --/],
    ['seed below zero', ['a dog', '--seed', '-1'], /`seed`.*from 0.*got -1/],
    ['no number', ['a dog', '--seconds', 'NaN'], /--seconds must be a number, got "NaN"/],
    ['more than a day', ['a dog', '--seconds', '1e9'], /`seconds`.*0\.1 to 30000.*got 1000000000/],
    [
      'a shot of more than a minute',
      ['a dog', '--shots', '1', '--seconds', '61'],
      /of one shot.*0\.1 to 60, got 61/,
    ],
    ['no shots of a video', ['a dog', '--shots', '0'], /`shots`.*1 to 500.*got 0/],
    ['two shots and a storyboard', ['render', 'story.json', '--shots', '2'], /no option --shots/],
    ['no whole frame', ['a dog', '--seconds', '0.2', '--fps', '1'], /no whole frame/],
    ['frames in a folder that is not there', ['a dog', '-o', 'nowhere/frames/'], /nowhere does not exist/],
    ['no extension', ['a dog', '-o', 'dog'], /dog has no extension: use \.mp4/],
    ['bad input of a program', ['', '--json', '--quiet'], /text is empty/],
    ['suite that is not there', ['evaluate', '--suite', 'no.json'], /no\.json cannot be read as a suite/],
    ['prompts beyond the suite', ['evaluate', '--limit', '201'], /--limit must be .* from 1 to 200, got 201/],
    ['weights that are not there', ['a dog', '--weights', 'nowhere'], /nowhere\S+ is missing: reinstall/],
    ['cast without weights', ['cast', 'a dog', '--weights', 'nowhere', '--quiet'], /nowhere\S+ is missing/],
    ['character without a file', ['a dog', '--character', 'dog=no.png'], /no\.png/],
    ['part', ['train', 'codek'], /no part "codek": did you mean codec\?/],
    ['settings that are not there', ['train', 'codec', '--config', 'no.json'], /no\.json cannot be read/],
    ['count of clips', ['world', '--count', '0'], /--count.*1 to 200.*got 0/],
    ['nothing to plan', ['plan', ' '], /text is empty/],
    ['no shots', ['plan', 'a dog', '--shots', '0'], /--shots.*1 to 500.*got 0/],
    ['shots of words', ['plan', 'a dog', '--shots', 'many'], /--shots must be a number, got "many"/],
    ['story without time', ['plan', 'a dog', '--seconds', '0.1'], /`seconds` must be 0\.25 to .*got 0\.1/],
    [
      'too many shots for the time',
      ['plan', 'A dog runs. A cat runs. A hen runs.', '--seconds', '0.5'],
      /of 4 shots.*1 to 240, got 0\.5/,
    ],
    ['storyboard that is no JSON', ['plan', 'a dog', '-o', 'dog.mp4'], /dog\.mp4 must end in \.json/],
    [
      'storyboard in no folder',
      ['plan', 'a dog', '-o', 'nowhere/dog.json'],
      /nowhere\/dog\.json.*folder does not exist/,
    ],
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

// The bar is drawn on terminals only, so that stages are seen when they end.
test.each(['load', 'understand', 'cast', 'move'])(
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

describe('a picture of one’s own', () => {
  const solid = (name: string, alpha: number, side = 8) =>
    sharp({ create: { width: side, height: side, channels: 4, background: { r: 200, g: 20, b: 20, alpha } } })
      .png()
      .toFile(join(folder, name))
  const character = (value: string) =>
    run(['a dog runs', '--character', value, '--steps', '1', '--seconds', '0.2', '--json', '-o', 'own.mp4'])

  test.each([
    ['is no picture', /text\.png is not a picture that can be read/],
    ['is empty', /empty\.png is not a picture that can be read/],
    ['is transparent all over', /picture for "dog" is transparent all over/],
    ['has more pixels than memory should hold', /huge\.png is too large a picture/],
    ['is for nobody in the prompt', /given for "cat", but the video shows dog/],
  ])('that %s', async (name, sentence) => {
    await writeFile(join(folder, 'text.png'), 'no picture')
    await writeFile(join(folder, 'empty.png'), '')
    await solid('clear.png', 0)
    await solid('solid.png', 1)
    // A header that lies costs nothing to make, and is refused all the same.
    await writeFile(join(folder, 'huge.png'), hugePng(await readFile(join(folder, 'solid.png'))))
    const values: Readonly<Record<string, string>> = {
      'is no picture': 'dog=text.png',
      'is empty': 'dog=empty.png',
      'is transparent all over': 'dog=clear.png',
      'has more pixels than memory should hold': 'dog=huge.png',
      'is for nobody in the prompt': 'cat=solid.png',
    }
    const { code, stdout, stderr } = await character(values[name] ?? '')
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(sentence)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(await readdir(folder)).not.toContain('own.mp4')
  })

  test('of one pixel, without transparency: taken, with a warning', async () => {
    await solid('one.png', 1, 1)
    const { code, stdout } = await character('Dog=one.png')
    expect(code).toBe(0)
    const { warnings } = JSON.parse(stdout) as { warnings: { type: string; words: string[] }[] }
    expect(warnings.map(({ type, words }) => [type, words])).toEqual([['opaque-picture', ['dog']]])
    await rm(join(folder, 'own.mp4'))
  })
})

/** A PNG that says it has 60,000 × 60,000 pixels. */
function hugePng(png: Buffer): Buffer {
  const out = Buffer.from(png)
  out.writeUInt32BE(60_000, 16)
  out.writeUInt32BE(60_000, 20)
  out.writeUInt32BE(crc32(out.subarray(12, 29)), 29)
  return out
}

test('a script that the encoder does not know: a video, and a warning that says so', async () => {
  const { code, stdout, stderr } = await run([
    'собака бежит',
    ...['--steps', '1', '--seconds', '0.2', '--json', '-o', 'script.mp4'],
  ])
  expect(code).toBe(0)
  expect(stderr).toMatch(/^framewright: warning: The text encoder knows English, not Cyrillic [^\n]+\n/)
  const { file, frames, warnings } = JSON.parse(stdout) as {
    file: string
    frames: number
    warnings: { type: string }[]
  }
  expect({ file, frames }).toEqual({ file: 'script.mp4', frames: 5 })
  expect(warnings).toContainEqual(expect.objectContaining({ type: 'unknown-script', script: 'Cyrillic' }))
  await rm(join(folder, 'script.mp4'))
})

describe('weights that are not what the manifest says', () => {
  test.each([
    ['missing', /denoiser\.safetensors is missing: reinstall/],
    ['cut short', /denoiser\.safetensors is cut short or altered \(sha256 /],
    ['altered', /denoiser\.safetensors is cut short or altered \(sha256 /],
  ])('%s: exit code 2, no file', async (how, sentence) => {
    const weights = join(folder, 'weights')
    await cp(weightFolder(), weights, { recursive: true })
    const path = join(weights, 'toybox', 'denoiser.safetensors')
    const bytes = await readFile(path)
    if (how === 'missing') await rm(path)
    if (how === 'cut short') await truncate(path, bytes.length - 1)
    if (how === 'altered') await writeFile(path, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1))
    const args = ['a dog', '--weights', weights, '--quiet', '-o', 'weights.mp4', '--attention', 'attention']
    const { code, stdout, stderr } = await run(args)
    await rm(weights, { recursive: true })
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(/^framewright: [^\n]+\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect((await readdir(folder)).filter((name) => /attention|weights/.test(name))).toEqual([])
  })
})

describe.runIf(process.platform === 'linux')('standard output', () => {
  const shell = (line: string) =>
    promisify(execFile)('bash', ['-c', line, process.execPath, bin], { cwd: folder }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Outcome) => ({ code, stdout, stderr }),
    )

  test('on a full disk: one sentence', async () => {
    expect(await shell('"$0" "$1" understand "a dog" >/dev/full')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'framewright: standard output cannot be written: the disk is full; free some space and run it again\n',
    })
  })

  test('that nobody reads to the end, and standard error on a full disk: no noise', async () => {
    expect(await shell('set -o pipefail; "$0" "$1" --help | true')).toMatchObject({
      code: 0,
      stderr: '',
    })
    expect(await shell('"$0" "$1" "" 2>/dev/full')).toMatchObject({ code: 2 })
  })
})

test('understand prints the scene graph', async () => {
  const { code, stdout } = await run(['understand', 'A red fox jumps over a dog.', '--json'])
  expect(code).toBe(0)
  const graph = JSON.parse(stdout) as { characters: { lemma: string }[]; actions: { lemma: string }[] }
  expect(graph.characters.map(({ lemma }) => lemma)).toEqual(['fox', 'dog'])
  expect(graph.actions.map(({ lemma }) => lemma)).toEqual(['jump'])
})

test('plan prints a storyboard with its arc, and writes it', async () => {
  const text = 'A red fox runs through a forest at night. It sees a hen and chases her.'
  const { code, stdout, stderr } = await run(['plan', text, '-o', 'story.json', '--seconds', '8'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('A red fox runs through the forest at night.')
  expect(stdout).toMatch(/^tension.*\n(?:(?: .*)?\n)+valence /m)
  const storyboard = parseStoryboard(await readFile(join(folder, 'story.json'), 'utf8'))
  expect(storyboard.shots.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)).toBe(8)
  const again = await run(['plan', text, '--json', '--seconds', '8'])
  expect(parseStoryboard(again.stdout)).toEqual(storyboard)
})

test('plan finds more shots than the text has with the arc network', async () => {
  const text = 'A fox runs through a forest. The fox chases a hen. The hen flies over a fence. The fox cries.'
  const { stdout } = await run(['plan', text, '--shots', '8', '--json'])
  const { shots } = parseStoryboard(stdout)
  expect(shots).toHaveLength(8)
  expect(shots.filter(({ origin }) => origin === 'added').length).toBeGreaterThanOrEqual(4)
  expect(shots[0]).toMatchObject({ origin: 'added', camera: { framing: 'wide' } })
})

test('doctor finds the engine, the CPU and every part of the weights', async () => {
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
  const listed = await Promise.all(
    ['toybox', 'minilm'].map(async (model) => {
      const { parts } = await readManifest(join(weightFolder(), model))
      return Object.keys(parts).map((part) => `${model}/${part}`)
    }),
  )
  expect(found.weights.map(({ name }) => name).sort()).toEqual(listed.flat().sort())
  expect(found.weights.filter(({ problem }) => problem !== null)).toEqual([])
})
