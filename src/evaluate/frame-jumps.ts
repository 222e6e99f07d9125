import type { Frames } from '../video/frames.ts'
import { luminances, meanDifference } from './luminance.ts'

/** How much the light of frames differs from that of the frame before, 0 to 255: means by where the frame lies. */
export type FrameJumps = Readonly<Record<'seam' | 'latentFrames' | 'inside', number>>

/**
 * Looks for seams in a video that was painted in chunks of latent frames.
 * @param seam the first frame of the second chunk
 * @param framesPerLatent frames that the codec decodes at once: where the others begin, and inside of them
 */
export function frameJumps(
  video: Frames,
  { seam, framesPerLatent }: { readonly seam: number; readonly framesPerLatent: number },
): FrameJumps {
  const jumps = { seam: [] as number[], latentFrames: [] as number[], inside: [] as number[] }
  const pictures = luminances(video)
  for (const [f, picture] of pictures.entries()) {
    const before = pictures[f - 1]
    if (!before) continue
    const where = f === seam ? 'seam' : f % framesPerLatent === 0 ? 'latentFrames' : 'inside'
    jumps[where].push(meanDifference(before, picture))
  }
  const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length
  return { seam: mean(jumps.seam), latentFrames: mean(jumps.latentFrames), inside: mean(jumps.inside) }
}
