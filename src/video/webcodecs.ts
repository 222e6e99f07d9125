/**
 * The container library with Node's encoders and decoders beneath it; loaded when first needed,
 * as their native code takes longer to load than the rest of the program to start.
 */
export async function loadWebCodecs(): Promise<typeof import('mediabunny')> {
  await import('@napi-rs/webcodecs/polyfill')
  return import('mediabunny')
}

/**
 * Waits for work that may be done on threads that Node does not know of. Without a timer Node could find nothing
 * left to wait for, and end the process in the middle of a video.
 */
export async function awake<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, 60_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
