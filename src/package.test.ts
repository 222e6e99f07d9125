import { readFile, stat } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'

const lockSchema = z.object({ packages: z.record(z.string(), z.looseObject({})) })

async function lockedPackages(): Promise<Record<string, Record<string, unknown>>> {
  const text = await readFile(new URL('../package-lock.json', import.meta.url), 'utf8')
  return lockSchema.parse(JSON.parse(text)).packages
}

// See docs/decisions/002-install.md.
test('npm ci runs nobody’s install scripts: take the marks out again after an update', async () => {
  const marked = Object.entries(await lockedPackages()).filter(([, found]) => 'hasInstallScript' in found)
  expect(marked.map(([name]) => name)).toEqual([])
})

test('the lock file names no registry', async () => {
  const resolved = Object.entries(await lockedPackages()).filter(([, found]) => 'resolved' in found)
  expect(resolved.map(([name]) => name)).toEqual([])
})

test('the lock file has every platform’s binaries', async () => {
  const packages = await lockedPackages()
  const missing = Object.values(packages).flatMap(({ optionalDependencies }) => {
    const names = Object.keys(z.record(z.string(), z.string()).catch({}).parse(optionalDependencies))
    return names.filter(
      (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
    )
  })
  expect(missing).toEqual([])
})

/** Put in by hand: the registry that the lock file was made with lacks them, so that nobody could tell their hashes. */
const withoutHash = /^node_modules\/@napi-rs\/webcodecs-/

test('npm ci checks what it fetches: every package has its hash, but for the few that are named here', async () => {
  const missing = Object.entries(await lockedPackages())
    .filter(([path, { integrity }]) => path !== '' && !/^sha512-/.test(String(integrity)))
    .map(([path]) => path)
  expect(missing.filter((path) => !withoutHash.test(path))).toEqual([])
})

// npx sets the bit only when it first meets a folder: a clone that is built anew would be left without.
test.skipIf(process.platform === 'win32')('the build can be run as a program', async () => {
  const { mode } = await stat(new URL('../dist/cli/main.js', import.meta.url))
  expect(mode & 0o111).toBe(0o111)
})
