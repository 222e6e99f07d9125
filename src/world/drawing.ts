import type { Random } from '../util/random.ts'
import { inSeason, shade } from './palette.ts'
import type { Season, Sky, TimeOfDay } from './settings.ts'
import { canvasHeight, canvasWidth } from './world-pack.ts'

/** What a setting is drawn with: a seeded hand, the hour, and the shapes that settings share. Units: canvas pixels. */
export interface Pen {
  readonly time: TimeOfDay
  readonly season: Season
  readonly sky: Sky
  readonly random: Random
  /** A number in [low, high). */
  range(low: number, high: number): number
  /** One of the colours, as it looks at this hour and season. */
  color(...choices: readonly string[]): string
  /** Defines a vertical gradient and returns its paint. */
  gradient(stops: readonly string[]): string
  add(svg: string): void
  /** The drawing so far as an SVG file. */
  svg(): string
}

const W = canvasWidth
const H = canvasHeight

/** When and under what a setting is drawn. */
export interface Hour {
  readonly time: TimeOfDay
  readonly season: Season
  readonly sky: Sky
}

export function createPen(random: Random, { time, season, sky }: Hour): Pen {
  const parts: string[] = []
  const defs: string[] = []
  return {
    time,
    season,
    sky,
    random,
    range: (low, high) => low + (high - low) * random.uniform(),
    color: (...choices) => shade(inSeason(random.pick(choices), season), time),
    gradient(stops) {
      const id = `g${defs.length}`
      const last = Math.max(1, stops.length - 1)
      const list = stops.map((stop, i) => `<stop offset="${i / last}" stop-color="${stop}"/>`).join('')
      defs.push(`<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${list}</linearGradient>`)
      return `url(#${id})`
    },
    add: (svg) => parts.push(svg),
    svg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${W}" height="${H}" viewBox="0 0 ${W} ${H}">` +
      `<defs>${defs.join('')}</defs>${parts.join('')}</svg>`,
  }
}

export function rect(x: number, y: number, w: number, h: number, fill: string, rx = 0): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(rx)}" fill="${fill}"/>`
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, opacity = 1): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" opacity="${n(opacity)}"/>`
}

export function polygon(points: readonly (readonly [number, number])[], fill: string, opacity = 1): string {
  const list = points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')
  return `<polygon points="${list}" fill="${fill}" opacity="${n(opacity)}" stroke="${fill}" stroke-width="1.5" stroke-linejoin="round"/>`
}

export function path(d: string, fill: string, extra = ''): string {
  return `<path d="${d}" fill="${fill}" ${extra}/>`
}

/** A rolling skyline filled to the bottom: sums of two sines about `y`. */
export function hills(pen: Pen, y: number, height: number, waves: number, fill: string): void {
  const phase = pen.range(0, 7)
  const second = pen.range(0, 7)
  let d = `M0 ${H}`
  for (let x = 0; x <= W; x += 8) {
    const turn = (x / W) * waves * Math.PI * 2
    const up = Math.sin(turn + phase) * 0.65 + Math.sin(turn * 1.9 + second) * 0.35
    d += ` L${x} ${n(y - up * height)}`
  }
  pen.add(path(`${d} L${W} ${H} Z`, fill))
}

/** Sky from the top to the bottom, with sun or moon, stars by night, clouds by day. */
export function sky(pen: Pen, clouds = 4, bodyY: readonly [number, number] = [18, 46]): void {
  const skies: { readonly [T in TimeOfDay]: readonly (readonly string[])[] } = {
    day: [
      ['#4aa8f0', '#bfe6ff'],
      ['#62bdf5', '#e3f5ff'],
      ['#3f9ae8', '#a8dcfb'],
      ['#76c9f2', '#fdf3d6'],
    ],
    sunset: [
      ['#5b4b9a', '#f0719a', '#ffb35c'],
      ['#3f4f9e', '#f28b74', '#ffd27a'],
      ['#7a4a9c', '#ff8f6b', '#ffc56b'],
    ],
    night: [
      ['#0b1440', '#27376f'],
      ['#101038', '#32306e'],
      ['#081a3c', '#1f4a72'],
    ],
  }
  if (pen.sky === 'overcast') {
    overcast(pen, clouds)
    return
  }
  const stops = pen.random.pick(skies[pen.time])
  pen.add(rect(0, 0, W, H, pen.gradient([...stops, stops.at(-1) ?? '#ffffff'])))
  if (pen.time === 'night') stars(pen, 46, 0.62)
  const x = pen.range(30, W - 30)
  const y = pen.range(bodyY[0], bodyY[1])
  if (pen.time === 'night') moon(pen, x, y, pen.range(8, 13))
  else if (pen.time === 'sunset') sun(pen, x, pen.range(60, 95), pen.range(15, 22), '#ffe9a8', '#ffb54d')
  else sun(pen, x, y, pen.range(10, 14), '#fff3b0', '#ffe066')
  for (let i = 0; i < clouds; i++) cloud(pen, pen.range(0, W), pen.range(14, 66), pen.range(0.6, 1.35))
}

/** A grey sky without sun, moon or stars, hung with clouds. */
function overcast(pen: Pen, clouds: number): void {
  const greys: { readonly [T in TimeOfDay]: readonly (readonly string[])[] } = {
    day: [
      ['#8c9bab', '#c3ccd4'],
      ['#98a5b4', '#d2d8dd'],
      ['#8393a8', '#b9c4d0'],
    ],
    sunset: [
      ['#6b6684', '#b78d90', '#d0a796'],
      ['#625f80', '#a6828e', '#c9a08a'],
    ],
    night: [
      ['#131928', '#2c3445'],
      ['#161c30', '#323b50'],
    ],
  }
  const puffs = { day: '#a9b4c0', sunset: '#94809a', night: '#3a4459' }
  const stops = pen.random.pick(greys[pen.time])
  pen.add(rect(0, 0, W, H, pen.gradient([...stops, stops.at(-1) ?? '#ffffff'])))
  for (let i = 0; i < clouds + 6; i++)
    cloud(pen, pen.range(0, W), pen.range(4, 60), pen.range(0.9, 2), pen.range(0.5, 0.85), puffs[pen.time])
}

export function stars(pen: Pen, count: number, depth: number): void {
  for (let i = 0; i < count; i++) {
    const r = pen.range(0.5, 1.15)
    pen.add(
      ellipse(
        pen.range(0, W),
        pen.range(0, H * depth),
        r,
        r,
        pen.random.pick(['#ffffff', '#fff6cf', '#cfe2ff']),
        pen.range(0.55, 1),
      ),
    )
  }
}

function sun(pen: Pen, x: number, y: number, r: number, core: string, glow: string): void {
  pen.add(ellipse(x, y, r * 2.1, r * 2.1, glow, 0.18) + ellipse(x, y, r * 1.5, r * 1.5, glow, 0.3))
  pen.add(ellipse(x, y, r, r, core))
}

function moon(pen: Pen, x: number, y: number, r: number): void {
  pen.add(ellipse(x, y, r * 1.8, r * 1.8, '#cfd8ff', 0.16) + ellipse(x, y, r, r, '#fdf8dc'))
  pen.add(
    ellipse(x - r * 0.3, y - r * 0.2, r * 0.22, r * 0.22, '#e6dfb8') +
      ellipse(x + r * 0.35, y + r * 0.3, r * 0.16, r * 0.16, '#e6dfb8'),
  )
}

export function cloud(
  pen: Pen,
  x: number,
  y: number,
  s: number,
  opacity = pen.time === 'night' ? 0.3 : 0.88,
  fill = pen.time === 'sunset' ? '#ffd0c4' : pen.time === 'night' ? '#7f8fc4' : '#ffffff',
): void {
  const puffs = [
    [-16, 2, 11, 7],
    [-4, -4, 12, 10],
    [9, -1, 11, 9],
    [19, 3, 9, 6],
    [1, 4, 24, 6],
  ] as const
  let svg = ''
  for (const [dx, dy, rx, ry] of puffs) svg += ellipse(x + dx * s, y + dy * s, rx * s, ry * s, fill)
  pen.add(`<g opacity="${n(opacity)}">${svg}</g>`)
}

/** Blossoms in spring, now and then. */
function leavesOf(pen: Pen): string {
  if (pen.season === 'spring' && pen.random.uniform() < 0.6) return pen.color('#f7b6cf', '#ffd3e2', '#fdeef4')
  return pen.color('#3f9e4d', '#57b25a', '#2f8a4c')
}

/** A round-crowned tree whose trunk stands at (x, y). */
export function tree(pen: Pen, x: number, y: number, s: number, leaves = leavesOf(pen)): void {
  const trunk = pen.color('#8a5a3a', '#7a4d30')
  const light = pen.color('#7ccb6b')
  pen.add(rect(x - 2.5 * s, y - 22 * s, 5 * s, 22 * s, trunk, 1.5 * s))
  for (const [dx, dy, r] of [
    [-9, -26, 11],
    [9, -26, 11],
    [0, -36, 14],
    [0, -26, 13],
  ] as const) {
    pen.add(ellipse(x + dx * s, y + dy * s, r * s, r * s, leaves))
  }
  pen.add(ellipse(x - 4 * s, y - 39 * s, 6 * s, 5 * s, light, 0.45))
}

/** A fir with its foot at (x, y); snow on its steps if asked for. */
export function fir(pen: Pen, x: number, y: number, s: number, snow: 'snowy' | 'green' = 'green'): void {
  const green = pen.color('#2f7d57', '#2a6f4e', '#3a8a5f')
  pen.add(rect(x - 2 * s, y - 7 * s, 4 * s, 7 * s, pen.color('#7a4d30')))
  for (const [top, base, half] of [
    [-28, -5, 13],
    [-38, -16, 10.5],
    [-46, -27, 8],
  ] as const) {
    pen.add(
      polygon(
        [
          [x, y + top * s],
          [x - half * s, y + base * s],
          [x + half * s, y + base * s],
        ],
        green,
      ),
    )
    if (snow === 'snowy') {
      pen.add(
        polygon(
          [
            [x, y + top * s],
            [x - half * 0.45 * s, y + (top + (base - top) * 0.42) * s],
            [x + half * 0.45 * s, y + (top + (base - top) * 0.42) * s],
          ],
          pen.color('#f4fbff'),
        ),
      )
    }
  }
}

export function bush(pen: Pen, x: number, y: number, s: number): void {
  const fill = pen.color('#4fae58', '#3f9a50', '#66bb5c')
  for (const [dx, r] of [
    [-9, 7],
    [0, 10],
    [9, 7.5],
  ] as const)
    pen.add(ellipse(x + dx * s, y - r * 0.55 * s, r * s, r * s * 0.9, fill))
}

/** Little strokes and flowers that make a ground a ground, denser towards the front. */
export function speckle(pen: Pen, top: number, count: number, colors: readonly string[], size = 1): void {
  const hues = pen.season === 'winter' ? ['#ffffff', '#d5e3f0'] : colors
  for (let i = 0; i < count; i++) {
    const t = Math.sqrt(pen.random.uniform())
    const y = top + (H - top) * t
    const r = (0.6 + 1.3 * t) * size
    pen.add(ellipse(pen.range(0, W), y, r * 1.5, r * 0.8, pen.color(...hues), 0.8))
  }
}

export function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}
