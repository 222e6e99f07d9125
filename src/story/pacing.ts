import { FramewrightError } from '../util/errors.ts'
import { type Beat, storyLimits } from './storyboard.ts'

/** Durations are counted in these, in seconds: three frames at 12 a second. */
const unit = storyLimits.shortestSeconds
/** An ordinary shot's length where no length of the whole is asked for. */
const usualSeconds = 2.5

/** What a shot's length depends on. */
export interface PacedShot {
  readonly beat: Beat
  /** 0 to 1. */
  readonly tension: number
  /** How many events it holds: more than one where shots were joined. */
  readonly events: number
}

/**
 * How long each shot lasts, in seconds: time to look at first, quicker toward the climax, room at the end.
 * @param seconds of the whole; null for what the shots need
 * @throws FramewrightError E_OPTION when so many shots do not fit into the time
 */
export function durationsOf(shots: readonly PacedShot[], seconds: number | null): number[] {
  const weights = shots.map((shot, i) => weightOf(shot, i, shots))
  const total = seconds ?? weights.reduce((a, b) => a + b, 0) * usualSeconds
  const [shortest, longest] = [unit * shots.length, storyLimits.longestSeconds * shots.length]
  if (seconds !== null && (seconds < shortest || seconds > longest)) {
    throw new FramewrightError(
      'E_OPTION',
      `\`seconds\` of ${shots.length} shot${shots.length === 1 ? '' : 's'} must be ${shortest} to ${longest}, got ${seconds}: use other \`seconds\` or \`shots\``,
    )
  }
  const count = Math.max(shots.length, Math.round(Math.min(total, longest) / unit - 1e-9))
  const whole = seconds === null ? count : Math.floor(seconds / unit + 1e-9)
  const units = share(whole, weights)
  const rest = seconds === null ? 0 : seconds - whole * unit
  return units.map((n, i) => tidy(n * unit + (i === shorterThanMost(units) ? rest : 0)))
}

/** The last shot that has not the longest length allowed: what is left over goes to it. */
function shorterThanMost(units: readonly number[]): number {
  return units.findLastIndex((n) => n < mostUnits)
}

const mostUnits = storyLimits.longestSeconds / unit

function tidy(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

function weightOf({ beat, tension, events }: PacedShot, i: number, shots: readonly PacedShot[]): number {
  const climax = shots.findIndex((shot) => shot.beat === 'climax')
  const nearness = climax <= 0 ? 1 : Math.max(0, 1 - Math.abs(climax - i) / climax)
  const byBeat: { readonly [Name in Beat]: number } = {
    establishing: 1.25,
    rising: 1.15 - 0.3 * nearness,
    climax: 0.8,
    falling: 1,
    closing: 1.5,
  }
  const weight = byBeat[beat] * (1.1 - 0.25 * tension)
  return weight * (1 + 0.5 * Math.max(0, events - 1))
}

/** Whole units in proportion to weights, each at least 1 and at most the longest shot; the largest remainders first. */
function share(total: number, weights: readonly number[]): number[] {
  const units = weights.map(() => 1)
  let left = total - units.length
  while (left > 0) {
    const open = units.flatMap((n, i) => (n < mostUnits ? [i] : []))
    const weight = open.reduce((sum, i) => sum + (weights[i] ?? 0), 0)
    if (open.length === 0 || weight === 0) break
    const wanted = open.map((i) => ({ i, share: (left * (weights[i] ?? 0)) / weight }))
    const given = wanted.map(({ i, share }) => Math.min(Math.floor(share), mostUnits - (units[i] ?? 0)))
    for (const [k, { i }] of wanted.entries()) units[i] = (units[i] ?? 0) + (given[k] ?? 0)
    left -= given.reduce((a, b) => a + b, 0)
    if (given.every((n) => n === 0)) {
      const byRemainder = [...wanted].sort((a, b) => b.share - a.share || a.i - b.i)
      for (const { i } of byRemainder.slice(0, left)) units[i] = (units[i] ?? 0) + 1
      left -= Math.min(left, byRemainder.length)
    }
  }
  return units
}
