import type { CompiledProgram } from '../graph/compile.ts'
import type { Feeds, SessionOptions } from '../graph/session.ts'
import type { ErrorCode } from '../util/errors.ts'

/** What is asked of the worker thread that holds the sessions. */
export type WorkerRequest =
  | {
      readonly kind: 'open'
      readonly call: number
      readonly program: CompiledProgram
      readonly options: SessionOptions
    }
  | {
      readonly kind: 'run'
      readonly call: number
      readonly session: number
      readonly feeds: Feeds
      readonly fetch: readonly string[] | null
    }
  | { readonly kind: 'set-state'; readonly call: number; readonly session: number; readonly values: Feeds }
  | {
      readonly kind: 'get-state'
      readonly call: number
      readonly session: number
      readonly names: readonly string[]
    }
  | { readonly kind: 'close'; readonly call: number; readonly session: number }
  /** Ends the thread after the call that it is at; no answer. */
  | { readonly kind: 'end' }

/** A request that is answered. */
export type WorkerCall = Exclude<WorkerRequest, { readonly kind: 'end' }>

export type WorkerReply =
  | { readonly kind: 'done'; readonly call: number; readonly value: unknown }
  | {
      readonly kind: 'failed'
      readonly call: number
      readonly message: string
      readonly code: ErrorCode | null
    }
