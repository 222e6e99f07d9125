import { expect, test } from 'vitest'
import { createTaskQueue } from './task-queue.ts'

/** A task that ends when it is told to. */
function held() {
  let end: (failure?: Error) => void = () => {}
  const ended = new Promise<void>((resolve, reject) => {
    end = (failure) => (failure ? reject(failure) : resolve())
  })
  return { task: () => ended, end }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1))

test('tasks run in order, one at a time', async () => {
  const queue = createTaskQueue(10)
  const seen: string[] = []
  for (const name of ['a', 'b', 'c']) {
    await queue.add(async () => {
      seen.push(`${name} begins`)
      await turn()
      seen.push(`${name} ends`)
    })
  }
  await queue.finish()
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('no more than so many wait', async () => {
  const queue = createTaskQueue(2)
  const first = held()
  let added = 0
  const adding = (async () => {
    await queue.add(first.task)
    for (; added < 5; added++) await queue.add(turn as () => Promise<void>)
  })()
  await turn()
  // One runs, two wait, and the one that was added last has not been let in.
  expect(added).toBe(2)
  first.end()
  await adding
  expect(added).toBe(5)
  await queue.finish()
})

test('after a failure nothing runs, and everybody is told', async () => {
  const queue = createTaskQueue(0)
  const first = held()
  let ran = false
  await queue.add(first.task)
  const waiting = queue.add(async () => {
    ran = true
  })
  const failure = new Error('no')
  first.end(failure)
  await expect(waiting).rejects.toBe(failure)
  await expect(queue.finish()).rejects.toBe(failure)
  await expect(queue.add(turn as () => Promise<void>)).rejects.toBe(failure)
  expect(ran).toBe(false)
})
