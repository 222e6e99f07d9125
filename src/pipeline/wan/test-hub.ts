import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative } from 'node:path'

/** A server that speaks as the hub does, of one repository; for tests. */
export interface TestHub {
  readonly endpoint: string
  /** Paths asked for, with their ranges. */
  readonly requests: string[]
  /** Answers to files break off after this many bytes, this often. */
  breakOff(bytes: number, times: number): void
  /** What the list of files says instead. */
  list: (files: Record<string, unknown>[]) => Record<string, unknown>[]
  close(): Promise<void>
}

const commit = 'c0ffee'.padEnd(40, '0')

export async function openTestHub(folder: string, repository: string): Promise<TestHub> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, Buffer>()
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) files.set(relative(folder, path), await readFile(path))
  }
  files.set('README.md', Buffer.from('not wanted'))
  files.set('transformer/old.bin', Buffer.from('not wanted either'))
  const siblings = [...files].map(([rfilename, bytes]) => {
    const blobId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const lfs = rfilename.endsWith('.safetensors') ? { sha256, size: bytes.length } : undefined
    return { rfilename, size: bytes.length, blobId, lfs }
  })
  let [breakAfter, breaks] = [0, 0]
  const hub: TestHub = {
    endpoint: '',
    requests: [],
    breakOff: (bytes, times) => {
      breakAfter = bytes
      breaks = times
    },
    list: (all) => all,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://hub')
    hub.requests.push(`${pathname} ${request.headers.range ?? ''}`.trim())
    if (pathname === `/api/models/${repository}`) {
      const cardData = { license: 'apache-2.0' }
      response.end(JSON.stringify({ sha: commit, cardData, siblings: hub.list(siblings) }))
      return
    }
    const bytes = files.get(pathname.slice(`/${repository}/resolve/${commit}/`.length))
    if (!bytes) {
      response.writeHead(404).end()
      return
    }
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const rest = bytes.subarray(start)
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': rest.length })
    if (breaks > 0 && rest.length > breakAfter) {
      breaks--
      sendHalf(response, rest.subarray(0, breakAfter))
    } else response.end(rest)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(hub, { endpoint: `http://127.0.0.1:${port}` })
}

function sendHalf(response: ServerResponse, bytes: Buffer): void {
  response.write(bytes, () => setTimeout(() => response.destroy(), 20))
}
