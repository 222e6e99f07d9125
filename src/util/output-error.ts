import { FramewrightError } from './errors.ts'

/** Turns what the operating system says about writing `path` into one sentence. */
export function outputError(path: string, cause: unknown): FramewrightError {
  if (FramewrightError.is(cause)) return cause
  const reason = reasons[errorCode(cause)]
  const message = reason ?? (cause instanceof Error ? cause.message : String(cause))
  return new FramewrightError('E_OUTPUT', `${path} cannot be written: ${message}`, { cause })
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run it again',
  EDQUOT: 'your disk quota is used up; free some space and run it again',
  EACCES: 'you may not write in that folder; choose another one',
  EPERM: 'you may not write in that folder; choose another one',
  EROFS: 'that disk is read-only; choose another one',
  ENOENT: 'the folder does not exist; create it first',
  ENOTDIR: 'what should be its folder is a file',
  EISDIR: 'there is a folder of that name; choose another name',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
