import type { z } from 'zod'
import { FramewrightError } from '../util/errors.ts'

/**
 * A network's published settings, checked.
 * @param source file or folder that they were read from, and `what` they describe, for messages
 * @throws FramewrightError E_WEIGHTS when they are not as the schema says
 */
export function parseConfig<T>(schema: z.ZodType<T>, json: unknown, source: string, what: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new FramewrightError(
    'E_WEIGHTS',
    `${source} describes no ${what} that can be read (${issue?.path.join('.')}: ${issue?.message})`,
    { cause: parsed.error },
  )
}
