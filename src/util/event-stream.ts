/**
 * Runs a job that reports as it goes, as an async generator of its reports; the job's result is the return value.
 * The job sees a signal that aborts when the given one does, or when the reader stops reading.
 */
export async function* eventStream<Event, Result>(
  job: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Event, Result> {
  const stop = new AbortController()
  const all = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const waiting: Event[] = []
  let wake: () => void = () => {}
  let isDone = false
  const emit = (event: Event): void => {
    waiting.push(event)
    wake()
  }
  const running = job(emit, all).finally(() => {
    isDone = true
    wake()
  })
  // The loop below reads the outcome; until then a failure is not unhandled.
  running.catch(() => {})
  try {
    while (true) {
      const event = waiting.shift()
      if (event !== undefined) yield event
      else if (isDone) return await running
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    stop.abort()
    await running.catch(() => {})
  }
}
