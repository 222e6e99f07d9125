import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes a pack beside the old one, which stays whole until `finish`. */
export interface PackWriter {
  sprites(bytes: Uint8Array): Promise<void>
  canvases(bytes: Uint8Array): Promise<void>
  /** Puts the new pack in the old one's place. */
  finish(index: string): Promise<void>
  /** Removes what was not finished. */
  close(): Promise<void>
}

const names = ['sprites.bin', 'canvases.bin', 'pack.json'] as const

export async function openPackWriter(folder: string): Promise<PackWriter> {
  // Two programs may build the same pack at once.
  const fresh = (name: string): string => join(folder, `${name}.${process.pid}.new`)
  const [sprites, canvases, index] = await Promise.all(names.map((name) => open(fresh(name), 'w')))
  const files = [sprites, canvases, index].filter((file) => file !== undefined)
  const closeAll = async (): Promise<void> => {
    await Promise.all(files.splice(0).map((file) => file.close()))
  }
  return {
    sprites: async (bytes) => void (await sprites?.writeFile(bytes)),
    canvases: async (bytes) => void (await canvases?.writeFile(bytes)),
    async finish(text) {
      await index?.writeFile(text)
      await closeAll()
      for (const name of names) await rename(fresh(name), join(folder, name))
    },
    async close() {
      await closeAll()
      await Promise.all(names.map((name) => rm(fresh(name), { force: true })))
    },
  }
}
