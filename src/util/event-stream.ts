/** How a job reports. */
export interface Reporter<Event> {
  emit(event: Event): void
  /**
   * Resolves when the reader has taken everything so far, or will read no more. Large events wait for it: one is made
   * while the reader is at the one before, and no more.
   */
  taken(): Promise<void>
  /** Aborts when the given signal does, or when the reader stops reading. */
  readonly signal: AbortSignal
}

/** Runs a job that reports as it goes, as an async generator of its reports; the job's result is the return value. */
export async function* eventStream<Event, Result>(
  job: (reporter: Reporter<Event>) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Event, Result> {
  const stop = new AbortController()
  const all = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const waiting: Event[] = []
  let wake: () => void = () => {}
  let isDone = false
  let resume: () => void = () => {}
  const emit = (event: Event): void => {
    waiting.push(event)
    wake()
  }
  const taken = async (): Promise<void> => {
    while (!all.aborted && waiting.length > 0) {
      await new Promise<void>((resolve) => {
        resume = resolve
      })
    }
  }
  all.addEventListener('abort', () => resume())
  const running = job({ emit, taken, signal: all }).finally(() => {
    isDone = true
    wake()
  })
  // The loop below reads the outcome; until then a failure is not unhandled.
  running.catch(() => {})
  try {
    while (true) {
      const event = waiting.shift()
      if (waiting.length === 0) resume()
      if (event !== undefined) yield event
      else if (isDone) return await running
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    stop.abort()
    await running.catch(() => {})
  }
}
