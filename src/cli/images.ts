import type { CommonOptions } from '../pipeline/options.ts'
import { readImage } from '../video/index.ts'

/**
 * Reads the pictures that are options themselves.
 * @param files of each option; null where it is not given
 * @throws FramewrightError as `readImage` says
 */
export async function readImages(
  files: Readonly<Record<'image' | 'lastImage', string | null>>,
): Promise<Pick<CommonOptions, 'image' | 'lastImage'>> {
  const { image, lastImage } = files
  return {
    ...(image === null ? {} : { image: await readImage(image) }),
    ...(lastImage === null ? {} : { lastImage: await readImage(lastImage) }),
  }
}
