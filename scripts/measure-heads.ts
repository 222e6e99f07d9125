/**
 * Measures how far heads have moved on the pictures that actors are learned by, and writes `src/world/usual-heads.ts`:
 * `npx tsx scripts/measure-heads.ts`. Needs the world's pack: any training builds it.
 */
import { writeFileSync } from 'node:fs'
import { usualFrame } from '../src/train/reference-data.ts'
import { actors } from '../src/world/actors.ts'
import { anchorsOf } from '../src/world/anchors.ts'
import { headTrack } from '../src/world/head-track.ts'
import { openPack } from '../src/world/pack.ts'

/** A quarter of a pixel of a reference picture: less is not seen. */
const least = 0.25 / 64

const pack = await openPack()
const rows = actors.flatMap((actor) => {
  const [head, sprite] = [anchorsOf(actor)?.head, pack.sprites.get(actor.id)]
  const moved = head && sprite ? headTrack(sprite, head)[usualFrame(actor, pack)] : undefined
  if (!moved || Math.hypot(moved.x, moved.y) < least) return []
  const [x, y] = [moved.x, moved.y].map((side) => Math.round(side * 1000) / 1000)
  const name = /^[a-z]+$/.test(actor.id) ? actor.id : `'${actor.id}'`
  return [`  ${name}: { x: ${x}, y: ${y} },`]
})
writeFileSync(
  'src/world/usual-heads.ts',
  `import type { HeadShift } from './head-track.ts'

/**
 * How far heads have moved since the loop's first picture on the one that an actor is learned by, native facing; those that
 * have hardly are left out. Written by \`scripts/measure-heads.ts\`.
 */
export const usualHeads: Readonly<Record<string, HeadShift>> = {
${rows.join('\n')}
}
`,
)
process.stdout.write(`${rows.length} heads measured\n`)
