/**
 * `npm run build-words`: vectors of all words for what the world shows, for finding the nearest to a word that toybox
 * cannot draw (src/pipeline/nearest-word.ts). To be run again when the world gets new nouns.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTextEncoderFiles, weightFolder } from '../src/pipeline/weights.ts'
import { formatWordVectors, wordVector } from '../src/pipeline/word-vectors.ts'
import { mainThreadRuntime } from '../src/runtime/node.ts'
import { createTextEncoder, miniLm } from '../src/text/index.ts'
import { actors } from '../src/world/actors.ts'
import { settingNames } from '../src/world/settings.ts'

const runtime = await mainThreadRuntime()
const files = await openTextEncoderFiles(runtime, weightFolder())
const encoder = createTextEncoder({ ...files, config: miniLm })
const words = [
  ...new Set([...actors.map(({ noun }) => noun), ...settingNames.map((name) => name.replaceAll('-', ' '))]),
].sort()
const vectors = new Map<string, Float32Array>()
for (const word of words) vectors.set(word, wordVector(await encoder.encode(word)))
writeFileSync(join(weightFolder(), 'toybox', 'words.json'), formatWordVectors(vectors))
process.stdout.write(`${words.length} words\n`)
await encoder.close()
await runtime.close()
