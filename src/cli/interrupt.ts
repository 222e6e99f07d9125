/** Why work stopped: Ctrl-C, or the system ended the program. */
export class Interrupted extends Error {
  /** @param message what became of the work */
  constructor(message = 'interrupted; nothing was written') {
    super(message)
    this.name = 'Interrupted'
  }
}

/**
 * Runs a job with a signal that aborts at Ctrl-C, so that it can stop cleanly; a second Ctrl-C ends the program at
 * once.
 * @param reason what the signal aborts with
 */
export async function interruptible<T>(
  job: (signal: AbortSignal) => Promise<T>,
  reason = new Interrupted(),
): Promise<T> {
  const controller = new AbortController()
  const stop = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      // As if nobody had listened.
      process.off(signal, stop)
      process.kill(process.pid, signal)
    }
    controller.abort(reason)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await job(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
