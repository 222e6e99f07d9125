import { parentPort } from 'node:worker_threads'
import * as ort from 'onnxruntime-node'
import { localRuntime, type Session } from '../graph/session.ts'
import { FramewrightError } from '../util/errors.ts'
import type { WorkerCall, WorkerReply, WorkerRequest } from './messages.ts'

const runtime = localRuntime(ort)
const sessions: Session[] = []

function session(index: number): Session {
  const found = sessions[index]
  if (!found) throw new RangeError(`there is no session ${index}`)
  return found
}

async function answer(request: WorkerCall): Promise<unknown> {
  switch (request.kind) {
    case 'open':
      return sessions.push(await runtime.open(request.program, request.options)) - 1
    case 'run':
      return session(request.session).run(request.feeds, request.fetch ?? undefined)
    case 'set-state':
      return session(request.session).setState(request.values)
    case 'get-state':
      return session(request.session).getState(request.names)
    case 'close':
      return session(request.session).close()
  }
}

// One after another: the runtime's thread pool is shared, and order is part of what a session promises.
let last: Promise<unknown> = Promise.resolve()
let isEnding = false

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.kind === 'end') {
    isEnding = true
    // Not from outside: a thread that is terminated inside native code takes the process with it.
    last = last.then(() => process.exit())
    return
  }
  last = last.then(async () => {
    if (isEnding) return
    const { call } = request
    const reply: WorkerReply = await answer(request).then(
      (value) => ({ kind: 'done', call, value }),
      (error: unknown) => ({
        kind: 'failed',
        call,
        message: error instanceof Error ? error.message : String(error),
        code: FramewrightError.is(error) ? error.code : null,
      }),
    )
    parentPort?.postMessage(reply)
  })
})
