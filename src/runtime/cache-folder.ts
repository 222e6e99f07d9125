import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this program may keep what can be made again: the system's place for caches. It may not be there yet. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env
  const caches =
    process.platform === 'win32'
      ? (local ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : xdg?.startsWith('/')
          ? xdg
          : join(homedir(), '.cache')
  return join(caches, 'framewright')
}
