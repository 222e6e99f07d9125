import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Puts a disk of a given size (`8k`, `1m`) in memory at a folder; false where that is not allowed: only root may. */
export async function mountDisk(folder: string, size: string): Promise<boolean> {
  return execute('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
}

export async function unmountDisk(folder: string): Promise<void> {
  await execute('umount', [folder])
}
