/** Shows how far work has come, on standard error. */
export interface Progress {
  /** Begins a stage, and ends the one before it. */
  start(name: string): void
  /** How much of the stage is done: `done` of `total` steps. @param note instead of the time left */
  step(done: number, total: number, note?: string): void
  /** Ends the stage with what came of it. */
  end(note: string): void
  /** A line of its own between the others. */
  say(line: string): void
}

/** Where progress is written: `process.stderr`, or a stand-in. */
export interface Terminal {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

/** A bar that is drawn over and over on a terminal; a line at each stage's end elsewhere. */
export function createProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  return terminal.isTTY === true ? new BarProgress(terminal, now) : new LineProgress(terminal, now)
}

/** Shows nothing but what is said. */
export function quietProgress(terminal: Terminal): Progress {
  return {
    start: () => {},
    step: () => {},
    end: () => {},
    say: (line) => terminal.write(`${line}\n`),
  }
}

/** Milliseconds between two lines of notes where there is no bar to redraw. */
const noteEvery = 30_000

class LineProgress implements Progress {
  readonly #terminal: Terminal
  readonly #now: () => number
  #name = ''
  #noted = Number.NEGATIVE_INFINITY

  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal
    this.#now = now
  }

  start(name: string): void {
    this.#name = name
  }

  step(done: number, total: number, note?: string): void {
    if (note === undefined || (this.#now() - this.#noted < noteEvery && done < total)) return
    this.#noted = this.#now()
    this.say(`${done}/${total}  ${note}`)
  }

  end(note: string): void {
    this.say(`${this.#name.padEnd(nameWidth)} ${note}`)
  }

  say(line: string): void {
    this.#terminal.write(`${line}\n`)
  }
}

const nameWidth = 10
const barWidth = 24
/** Milliseconds between two drawings: faster than the eye follows only costs time. */
const drawEvery = 80

class BarProgress implements Progress {
  readonly #terminal: Terminal
  readonly #now: () => number
  #name = ''
  #started = 0
  #drawn = Number.NEGATIVE_INFINITY

  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal
    this.#now = now
  }

  start(name: string): void {
    this.#name = name
    this.#started = this.#now()
    this.#drawn = Number.NEGATIVE_INFINITY
    this.#draw(`${name.padEnd(nameWidth)} …`)
  }

  step(done: number, total: number, note?: string): void {
    const now = this.#now()
    if (now - this.#drawn < drawEvery && done < total) return
    this.#drawn = now
    const share = total > 0 ? Math.min(1, done / total) : 0
    const full = Math.round(share * barWidth)
    const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`
    const left = done > 0 ? formatSeconds((((now - this.#started) / done) * (total - done)) / 1000) : '…'
    this.#draw(`${this.#name.padEnd(nameWidth)} ${bar} ${done}/${total}  ${note ?? `${left} left`}`)
  }

  end(note: string): void {
    this.say(`${this.#name.padEnd(nameWidth)} ${note}`)
  }

  say(line: string): void {
    this.#draw(line)
    this.#terminal.write('\n')
  }

  #draw(line: string): void {
    const room = (this.#terminal.columns ?? 80) - 1
    this.#terminal.write(`\r\u001b[2K${line.length > room ? line.slice(0, room) : line}`)
  }
}

/** `4 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** Tenths of a second where seconds would be too coarse. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 9_950 ? `${(milliseconds / 1000).toFixed(1)} s` : formatSeconds(milliseconds / 1000)
}
