import { readFileSync } from 'node:fs'

/** Of the package, as its package.json says: the sources and the build lie equally deep in it. */
export const version: string = readVersion()

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const found: unknown = (JSON.parse(text) as { version?: unknown }).version
  return typeof found === 'string' ? found : 'unknown'
}
