import { describe, expect, it } from 'vitest'
import { eventStream } from './event-stream.ts'

describe('eventStream', () => {
  it('yields every report in order, then returns the result', async () => {
    const events = eventStream<number, string>(async ({ emit }) => {
      emit(1)
      await Promise.resolve()
      emit(2)
      emit(3)
      return 'done'
    })
    const seen: number[] = []
    while (true) {
      const next = await events.next()
      if (next.done) {
        expect(next.value).toBe('done')
        break
      }
      seen.push(next.value)
    }
    expect(seen).toEqual([1, 2, 3])
  })

  it('throws what the job throws, after its reports', async () => {
    const failure = new Error('no')
    const events = eventStream<number, void>(async ({ emit }) => {
      emit(1)
      throw failure
    })
    expect(await events.next()).toEqual({ done: false, value: 1 })
    await expect(events.next()).rejects.toBe(failure)
  })

  it('tells the job to stop when nobody reads on, and waits for it', async () => {
    let stopped = false
    const events = eventStream<number, void>(async ({ emit, signal }) => {
      emit(1)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      stopped = true
    })
    await events.next()
    await events.return()
    expect(stopped).toBe(true)
  })

  it('hands the caller’s abort on', async () => {
    const stop = new AbortController()
    const events = eventStream<number, void>(async ({ emit, signal }) => {
      emit(1)
      await new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }, stop.signal)
    await events.next()
    const reason = new Error('enough')
    stop.abort(reason)
    await expect(events.next()).rejects.toBe(reason)
  })

  it('lets the job wait for its reader, so that no more than one report is kept for it', async () => {
    let made = 0
    const events = eventStream<number, void>(async ({ emit, taken }) => {
      for (; made < 100; made++) {
        emit(made)
        await taken()
      }
    })
    for (let read = 0; read < 5; read++) {
      await events.next()
      await new Promise((resolve) => setTimeout(resolve, 2))
      expect(made).toBe(read + 1)
    }
    let rest = 5
    for await (const event of events) expect(event).toBe(rest++)
    expect(rest).toBe(100)
  })

  it.each(['return', 'abort'])('does not leave a job waiting for a reader that is gone: %s', async (how) => {
    const stop = new AbortController()
    let isOver = false
    const events = eventStream<number, void>(async ({ emit, taken }) => {
      emit(1)
      await taken()
      isOver = true
    }, stop.signal)
    await events.next()
    if (how === 'return') await events.return()
    else stop.abort()
    await new Promise((resolve) => setTimeout(resolve, 2))
    expect(isOver).toBe(true)
  })
})
