import { readFile, stat } from 'node:fs/promises'
import { type ErrorCode, FramewrightError } from '../util/errors.ts'

/** Bytes of a document: the largest that are of use are smaller. */
const mostBytes = 64 << 20

/** What a file is read as. */
export interface FileKind {
  readonly code: ErrorCode
  /** `storyboard`. */
  readonly name: string
}

/**
 * Reads the text of a document that a person has written.
 * @throws FramewrightError with the kind's code when it cannot be read
 */
export async function readDocument(path: string, { code, name }: FileKind): Promise<string> {
  const refused = (reason: string, cause?: unknown): FramewrightError =>
    new FramewrightError(code, `${path} is no ${name}: ${reason}`, { cause })
  const { size } = await stat(path).catch((cause) => Promise.reject(refused(reasonOf(cause), cause)))
  if (size > mostBytes) throw refused(`it has more than ${mostBytes >> 20} MB`)
  const text = await readFile(path, 'utf8').catch((cause) => Promise.reject(refused(reasonOf(cause), cause)))
  // Windows' editors put a mark before the text.
  return text.replace(/^\uFEFF/, '')
}

function reasonOf(cause: unknown): string {
  return reasons[String((cause as NodeJS.ErrnoException).code)] ?? 'it cannot be read'
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
}
