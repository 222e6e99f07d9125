import type { Classifier } from '../models/classifier-reader.ts'
import type { Frames } from '../video/frames.ts'

/** How much a clip's subject, and its background, stay what they are. */
export interface Consistency {
  readonly subject: number
  readonly background: number
}

/**
 * Subject and background consistency as VBench defines them (Huang et al. 2024, arXiv 2311.17982), with the features of
 * our classifier in the place of DINO's and CLIP's: those of the cells that show anyone, and of those that show nobody.
 */
export async function measureConsistency(classifier: Classifier, frames: Frames): Promise<Consistency> {
  const { coarseWidth, names } = classifier.config
  const stills = await classifier.readStills(frames)
  const pooled = (of: 'someone' | 'nobody'): Float32Array[] =>
    stills.map(({ shown, features }) => {
      const cells = features.length / coarseWidth
      const sum = new Float32Array(coarseWidth)
      for (let cell = 0; cell < cells; cell++) {
        const nobody = shown[cell * (names.subjects + 1) + names.subjects] ?? 0
        const weight = of === 'nobody' ? nobody : 1 - nobody
        for (let c = 0; c < coarseWidth; c++)
          sum[c] = (sum[c] ?? 0) + weight * (features[cell * coarseWidth + c] ?? 0)
      }
      return sum
    })
  return { subject: consistency(pooled('someone')), background: consistency(pooled('nobody')) }
}

/**
 * Mean over frames, from the second on, of half the cosine to the frame before and half that to the first; cosines
 * below 0 count as 0.
 * @returns 0 to 1; 1 for a single frame
 */
export function consistency(features: readonly Float32Array[]): number {
  const [first, ...rest] = features
  if (!first || rest.length === 0) return 1
  const sum = rest.reduce((total, feature, i) => {
    const before = features[i] ?? first
    return total + (Math.max(0, cosine(feature, before)) + Math.max(0, cosine(feature, first))) / 2
  }, 0)
  return sum / rest.length
}

/** Of the angle between two vectors; 0 where one has no length. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}
