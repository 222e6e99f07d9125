/**
 * Measures the loops of the world's cast and writes `src/world/loops.ts`: `npx tsx scripts/measure-loops.ts`.
 * Needs the art: `npm install --prefix world-data`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const art = 'world-data/node_modules/@lobehub'
const table = 'src/world/cast'

const folders = readdirSync(art).map((name) => join(art, name, 'assets'))
const pathOf = (name: string): string | undefined =>
  folders.map((folder) => join(folder, `${name}.webp`)).find((path) => existsSync(path))

/** The same subject with light skin: the tone follows the first code point. */
const toned = (codePoint: string): string => {
  const [first, ...rest] = codePoint.split('-').filter((part, i) => !(i === 1 && part === 'fe0f'))
  return [first, '1f3fb', ...rest].join('-')
}

/** An alpha from which a pixel counts as the actor's own. */
const solid = 100

/** Lowest solid pixels over the loop, in heights of the picture from its top. */
async function feetOf(path: string): Promise<number> {
  const side = 64
  const strip = sharp(path, { animated: true }).resize(side, side, { fit: 'fill' }).ensureAlpha()
  const { data, info } = await strip.raw().toBuffer({ resolveWithObject: true })
  let lowest = 0
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < side; x++) {
      if ((data[(y * side + x) * 4 + 3] ?? 0) > solid) lowest = Math.max(lowest, (y % side) + 1)
    }
  }
  return Math.round((lowest / side) * 1000) / 1000
}

const sources = readdirSync(table).map((name) => readFileSync(join(table, name), 'utf8'))
const codePoints = sources.flatMap((text) =>
  [...text.matchAll(/actor\(\s*'\w+',\s*'[\w-]+',\s*'([0-9a-f-]+)'/g)].map(([, code]) => code ?? ''),
)
const rows: string[] = []
for (const codePoint of [...new Set(codePoints)].sort()) {
  const path = pathOf(codePoint)
  if (!path) throw new Error(`no picture ${codePoint} in ${art}`)
  const { pages = 1 } = await sharp(path).metadata()
  const frames = Math.max(1, Math.floor(pages / 2))
  rows.push(`  '${codePoint}': [${frames}, ${await feetOf(path)}, ${pathOf(toned(codePoint)) ? 1 : 0}],`)
}
writeFileSync(
  'src/world/loops.ts',
  `/** Frames of a loop at 12 a second (1: a still), its feet in heights from the top, and 1 where its skin has tones. */
export type LoopSize = readonly [frames: number, feet: number, skin: 0 | 1]

/** By code point; written by \`scripts/measure-loops.ts\`. */
export const loops: Readonly<Record<string, LoopSize>> = {
${rows.join('\n')}
}
`,
)
process.stdout.write(`${rows.length} loops measured\n`)
