/** Tasks that run one after another, beside whoever asks for them. */
export interface TaskQueue {
  /**
   * Adds a task, and resolves when there is room for another: whoever adds faster than tasks end has to wait.
   * @throws what an earlier task has thrown; none runs after it
   */
  add(task: () => Promise<void>): Promise<void>
  /** Resolves when every task has ended. @throws what one of them has thrown */
  finish(): Promise<void>
}

/** @param most tasks that wait beside the one that runs */
export function createTaskQueue(most: number): TaskQueue {
  let last: Promise<void> = Promise.resolve()
  let open = 0
  let failure: { readonly reason: unknown } | null = null
  let waiting: (() => void)[] = []
  const run = async (task: () => Promise<void>): Promise<void> => {
    try {
      if (!failure) await task()
    } catch (reason) {
      failure = { reason }
    } finally {
      open -= 1
      for (const wake of waiting) wake()
      waiting = []
    }
  }
  const failed = (): void => {
    if (failure) throw failure.reason
  }
  return {
    add: async (task) => {
      failed()
      open += 1
      last = last.then(() => run(task))
      while (open > most + 1 && !failure) {
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
      failed()
    },
    finish: async () => {
      await last
      failed()
    },
  }
}
