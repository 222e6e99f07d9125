import type { AddedShot } from './added-shots.ts'
import type { DraftShot } from './draft-shots.ts'
import { shotFeatures, storyFeatures } from './shot-features.ts'

/** What foretells a story's next shot: the arc network, or anything that does the same. */
export interface ShotPredictor {
  /** Rows of `shotFeatures` → what is expected before the first, and after each of them. */
  predict(shots: readonly (readonly number[])[]): Promise<readonly (readonly number[])[]>
}

/**
 * The shots that are missing most, of those that could be put in: where what comes next in the text is far from what
 * was to be expected, and the added shot is near it. Of two that are alike, the more useful first.
 */
export async function proposeShots(
  candidates: readonly AddedShot[],
  drafts: readonly DraftShot[],
  count: number,
  predictor: ShotPredictor,
): Promise<AddedShot[]> {
  const rows = storyFeatures(drafts)
  const expected = await predictor.predict(rows)
  const total = drafts.length + count
  const scored = candidates.map((candidate, rank) => {
    const { gap, draft } = candidate
    const wanted = expected[gap] ?? []
    const known = new Set(drafts.slice(0, gap).flatMap(({ cast }) => cast))
    const row = shotFeatures(draft, {
      before: drafts[gap - 1] ?? null,
      known,
      position: (gap * total) / Math.max(1, drafts.length) / total,
    })
    const next = rows[gap]
    // After the last shot nothing comes: an end is as surprising as an ordinary next shot.
    const surprise = next ? distance(next, wanted) : meanSurprise(rows, expected)
    return { candidate, gain: surprise - distance(row, wanted), rank }
  })
  return scored
    .sort((a, b) => b.gain - a.gain || a.rank - b.rank)
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0) / Math.max(1, a.length)
}

function meanSurprise(
  rows: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): number {
  return rows.reduce((sum, row, i) => sum + distance(row, expected[i] ?? []), 0) / Math.max(1, rows.length)
}
