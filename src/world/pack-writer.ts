import { join } from 'node:path'
import { openAtomicFile } from '../disk/atomic-file.ts'

/** Writes a pack beside the old one, which stays whole until `finish`. */
export interface PackWriter {
  sprites(bytes: Uint8Array): Promise<void>
  canvases(bytes: Uint8Array): Promise<void>
  /** Puts the new pack in the old one's place. */
  finish(index: string): Promise<void>
  /** Removes what was not finished. */
  close(): Promise<void>
}

/** @throws FramewrightError E_OUTPUT, as its functions do */
export async function openPackWriter(folder: string): Promise<PackWriter> {
  const open = (name: string) => openAtomicFile(join(folder, name))
  const [sprites, canvases, pack] = [
    await open('sprites.bin'),
    await open('canvases.bin'),
    await open('pack.json'),
  ]
  const files = [sprites, canvases, pack]
  return {
    sprites: (bytes) => sprites.append(bytes),
    canvases: (bytes) => canvases.append(bytes),
    async finish(index) {
      await pack.append(new TextEncoder().encode(index))
      // The index last: it tells of the other two.
      for (const file of files) await file.commit()
    },
    async close() {
      for (const file of files) await file.discard()
    },
  }
}
