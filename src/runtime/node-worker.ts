import * as ort from 'onnxruntime-node'
import { localRuntime, type Session } from '../graph/session.ts'
import type { SessionRequest } from './messages.ts'
import { serveCalls } from './serve-calls.ts'

const runtime = localRuntime(ort)
const sessions: Session[] = []

function session(index: number): Session {
  const found = sessions[index]
  if (!found) throw new RangeError(`there is no session ${index}`)
  return found
}

serveCalls(async (request: SessionRequest): Promise<unknown> => {
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
})
