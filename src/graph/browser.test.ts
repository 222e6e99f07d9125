import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** Folders whose code runs in a browser too: DESIGN.md. */
const folders = ['graph', 'nn', 'models', 'diffusion', 'text', 'util']
const source = new URL('../', import.meta.url)

/** What only tests use. */
const isForNode = (path: string): boolean => /\.test\.ts$|(?:^|\/)(?:test-[\w-]+|golden)\.ts$/.test(path)

test.each(folders)('src/%s bundles for a browser: nothing of Node is imported', async (folder) => {
  const files = readdirSync(new URL(`${folder}/`, source), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !isForNode(path))
    .map((path) => fileURLToPath(new URL(`${folder}/${path}`, source)))
  // With no file at all the bundle would prove nothing.
  expect(files.length).toBeGreaterThan(0)
  const result = await build({
    entryPoints: files,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    outdir: 'out',
    logLevel: 'silent',
  }).catch((error: unknown) => error)
  expect(result, String(result)).not.toBeInstanceOf(Error)
})
