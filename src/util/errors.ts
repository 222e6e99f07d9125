/** Stable codes: programs may switch on them, and they never change their meaning. */
export type ErrorCode =
  | 'E_SHAPE'
  | 'E_WEIGHTS'
  | 'E_PROMPT'
  | 'E_OPTION'
  | 'E_OUTPUT'
  | 'E_PROVIDER'
  | 'E_DATA'
  | 'E_PLAN'
  | 'E_STORY'
  | 'E_ENCODE'
  | 'E_DOWNLOAD'

const marker = Symbol.for('framewright.error')

/**
 * Every failure that a user can cause or mend.
 * The message is one sentence: what was got, what is allowed, what to do.
 */
export class FramewrightError extends Error {
  readonly code: ErrorCode
  readonly [marker] = true

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'FramewrightError'
    this.code = code
  }

  /** True for an error of any copy of this package, so that duplicate installs do not hide it. */
  static is(error: unknown): error is FramewrightError {
    return typeof error === 'object' && error !== null && marker in error
  }
}
