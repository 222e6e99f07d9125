/** Makes suites/held-out.json: 200 prompts of combinations that no training has seen, with what they must show. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { makeSuite } from '../src/evaluate/make-suite.ts'

const seed = 1
const suite = makeSuite('held-out', seed)
const path = fileURLToPath(new URL('../suites/held-out.json', import.meta.url))
await writeFile(path, `${JSON.stringify(suite, null, 1)}\n`)
process.stdout.write(`${path}: ${suite.items.length} prompts\n`)
