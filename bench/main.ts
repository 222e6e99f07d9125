import { parseArgs } from 'node:util'
import { silenceTelemetry } from '../src/runtime/telemetry.ts'
import { benchEnhance } from './enhance.ts'
import { benchFilm } from './film.ts'
import { benchKills } from './kills.ts'
import { benchTrainStep } from './train-step.ts'

const benches = {
  'train-step': benchTrainStep,
  enhance: benchEnhance,
  film: benchFilm,
  kills: benchKills,
} as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '11' }, threads: { type: 'string' } },
})

silenceTelemetry()
const name = positionals[0]
const bench = Object.entries(benches).find(([key]) => key === name)?.[1]
if (!bench) {
  console.error(`there is no bench "${name}": ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
const threads = values.threads === undefined ? {} : { threads: Number(values.threads) }
const isMet = await bench({ rounds: Number(values.rounds), ...threads })
console.log(isMet ? 'every bar is met' : 'a bar is missed')
process.exitCode = isMet ? 0 : 1
