import type { CompiledProgram } from '../graph/compile.ts'
import type { Feeds, SessionOptions } from '../graph/session.ts'
import type { ErrorCode } from '../util/errors.ts'

/** What a worker thread is sent. */
export type ToWorker<Request> =
  | { readonly kind: 'call'; readonly call: number; readonly request: Request }
  | { readonly kind: 'abort'; readonly call: number }
  /** Ends the thread after the call that it is in; no answer. */
  | { readonly kind: 'end' }

/** What a worker thread sends: any number of notes to a call, and one answer. */
export type FromWorker =
  | { readonly kind: 'note' | 'done'; readonly call: number; readonly value: unknown }
  | {
      readonly kind: 'failed'
      readonly call: number
      readonly message: string
      readonly code: ErrorCode | null
    }

/** What is asked of the worker thread that holds sessions. */
export type SessionRequest =
  | { readonly kind: 'open'; readonly program: CompiledProgram; readonly options: SessionOptions }
  | {
      readonly kind: 'run'
      readonly session: number
      readonly feeds: Feeds
      readonly fetch: readonly string[] | null
    }
  | { readonly kind: 'set-state'; readonly session: number; readonly values: Feeds }
  | { readonly kind: 'get-state'; readonly session: number; readonly names: readonly string[] }
  | { readonly kind: 'close'; readonly session: number }
