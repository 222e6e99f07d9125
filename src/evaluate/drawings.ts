import { createRandom, type Random } from '../util/random.ts'
import { createFrames, type Frames } from '../video/frames.ts'

/** Pixels on a side of a drawing. */
const side = 256

/**
 * A figure as a child may draw one, on transparency: a body, perhaps a head, legs, arms, ears or horns, a tail, a coat and a face,
 * in colours and proportions that the seed draws. It is no picture of anything that the world knows.
 * @returns one RGBA frame, straight alpha, 256×256; the figure touches two of its sides
 */
export async function drawFigure(seed: number): Promise<Frames> {
  const { default: sharp } = await import('sharp')
  const { data } = await sharp(Buffer.from(figureSvg(seed)))
    .trim({ threshold: 0 })
    .resize(side, side, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return createFrames({ data: pixels, count: 1, height: side, width: side, channels: 4, fps: 1 })
}

/** The figure as SVG, with room around it. */
function figureSvg(seed: number): string {
  const random = createRandom(seed)
  const paint = paintOf(random)
  const body = { x: 200, y: 210, rx: between(random, 45, 90), ry: between(random, 45, 90) }
  const hasHead = random.uniform() < 0.5
  const size = between(random, 0.5, 0.85)
  const head = hasHead
    ? {
        x: 200 + between(random, -0.4, 0.4) * body.rx,
        y: 210 - body.ry - 20,
        rx: body.rx * size,
        ry: body.rx * size * between(random, 0.8, 1.2),
      }
    : body
  const bodyShape = random.pick(shapes)(body, random)
  const parts = [
    random.pick(tails)(body, paint, random),
    random.pick(legs)(body, paint, random),
    random.pick(arms)(body, paint, random),
    random.pick(tops)(head, paint, random),
    outlined(bodyShape, paint.body, paint),
    `<clipPath id="body">${bodyShape}/></clipPath><g clip-path="url(#body)">${random.pick(coats)(body, paint, random)}</g>`,
    ...(hasHead ? [outlined(random.pick(shapes)(head, random), paint.head, paint)] : []),
    face(head, paint, random),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="-100 -120 600 600">${parts.join('')}</svg>`
}

/** Colours of a figure. */
interface Paint {
  readonly body: string
  readonly head: string
  readonly limbs: string
  readonly coat: string
  /** Of the outline; `none` for a third of the figures. */
  readonly line: string
  readonly lineWidth: number
}

function paintOf(random: Random): Paint {
  const hue = random.uniform() * 360
  const color = (turn: number): string =>
    `hsl(${Math.round((hue + turn) % 360)}, ${Math.round(between(random, 25, 95))}%, ${Math.round(between(random, 28, 78))}%)`
  const body = color(0)
  const other = color(between(random, 60, 300))
  return {
    body,
    head: random.pick([body, other, color(30)]),
    limbs: random.pick([body, other, color(180)]),
    coat: random.pick([other, color(120), '#f4f0e6', '#2b2730']),
    line: random.pick(['none', '#26222b', '#26222b']),
    lineWidth: between(random, 3, 7),
  }
}

/** Where a body or a head lies: its middle and half its sides. */
interface Place {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
}

/** An element that is not closed yet, so that it can be filled, or clip. */
type Shape = (place: Place, random: Random) => string

const polygon = (points: readonly (readonly [number, number])[]): string =>
  `<polygon points="${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"`

/** Corners at equal angles, at one or two distances in turn. */
function around({ x, y, rx, ry }: Place, count: number, distances: readonly number[]): string {
  return polygon(
    Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count - Math.PI / 2
      const distance = distances[i % distances.length] ?? 1
      return [x + Math.cos(angle) * rx * distance, y + Math.sin(angle) * ry * distance]
    }),
  )
}

const shapes: readonly Shape[] = [
  ({ x, y, rx, ry }) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}"`,
  ({ x, y, rx, ry }) =>
    `<rect x="${x - rx}" y="${y - ry}" width="${2 * rx}" height="${2 * ry}" rx="${0.3 * rx}"`,
  ({ x, y, rx, ry }) =>
    polygon([
      [x, y - ry],
      [x + rx, y + ry],
      [x - rx, y + ry],
    ]),
  ({ x, y, rx, ry }) =>
    polygon([
      [x - rx, y - ry],
      [x + rx, y - ry],
      [x + 0.5 * rx, y + ry],
      [x - 0.5 * rx, y + ry],
    ]),
  (place, random) => around(place, 5 + random.integer(4), [1]),
  (place, random) => around(place, 2 * (5 + random.integer(6)), [1, between(random, 0.6, 0.85)]),
  // A pear.
  ({ x, y, rx, ry }) =>
    `<path d="M ${x} ${y - ry} C ${x + 0.9 * rx} ${y - ry} ${x + 0.4 * rx} ${y - 0.1 * ry} ${x + rx} ${y + 0.4 * ry} C ${x + 1.1 * rx} ${y + 1.2 * ry} ${x - 1.1 * rx} ${y + 1.2 * ry} ${x - rx} ${y + 0.4 * ry} C ${x - 0.4 * rx} ${y - 0.1 * ry} ${x - 0.9 * rx} ${y - ry} ${x} ${y - ry} Z"`,
]

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform()

const outlined = (shape: string, fill: string, { line, lineWidth }: Paint): string =>
  `${shape} fill="${fill}" stroke="${line}" stroke-width="${lineWidth}" stroke-linejoin="round"/>`

const circle = (x: number, y: number, r: number): string => `<circle cx="${x}" cy="${y}" r="${r}"`

/** A limb along a path; its outline lies beneath it. */
function limb(path: string, width: number, { limbs, line, lineWidth }: Paint): string {
  const stroke = (color: string, thick: number): string =>
    `<path d="${path}" fill="none" stroke="${color}" stroke-width="${thick}" stroke-linecap="round"/>`
  return `${line === 'none' ? '' : stroke(line, width + 2 * lineWidth)}${stroke(limbs, width)}`
}

/** Draws something of a body or a head; nothing for those that have none. */
type Parts = (place: Place, paint: Paint, random: Random) => string

const nothing: Parts = () => ''

const legs: readonly Parts[] = [
  (place, paint, random) => straightLegs(place, paint, random, 2),
  (place, paint, random) => straightLegs(place, paint, random, 3 + random.integer(2)),
  ({ x, y, rx, ry }, paint, random) => {
    const width = between(random, 0.25, 0.5) * rx
    return [-0.5, 0.5]
      .map((at) =>
        outlined(
          `<ellipse cx="${x + at * rx}" cy="${y + ry}" rx="${width}" ry="${0.6 * width}"`,
          paint.limbs,
          paint,
        ),
      )
      .join('')
  },
  ({ x, y, rx, ry }, paint, random) => {
    const radius = between(random, 18, 30)
    return [-0.7, 0.7]
      .map(
        (at) =>
          `${outlined(circle(x + at * rx, y + ry, radius), '#3a3a40', paint)}${circle(x + at * rx, y + ry, radius / 2)} fill="${paint.limbs}"/>`,
      )
      .join('')
  },
]

function straightLegs({ x, y, rx, ry }: Place, paint: Paint, random: Random, count: number): string {
  const [length, width, spread] = [between(random, 25, 90), between(random, 8, 26), between(random, 0, 30)]
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? 0 : (2 * i) / (count - 1) - 1
    const hip = x + at * 0.55 * rx
    return limb(`M ${hip} ${y + 0.6 * ry} L ${hip + at * spread} ${y + ry + length}`, width, paint)
  }).join('')
}

const arms: readonly Parts[] = [
  nothing,
  (place, paint, random) => twoArms(place, paint, random, -1),
  (place, paint, random) => twoArms(place, paint, random, 1),
  // Wings.
  ({ x, y, rx, ry }, paint, random) => {
    const [out, up] = [between(random, 40, 90), between(random, 10, 80)]
    return [-1, 1]
      .map((s) =>
        outlined(
          polygon([
            [x + s * 0.7 * rx, y - 0.4 * ry],
            [x + s * (rx + out), y - up],
            [x + s * (rx + 0.8 * out), y + 0.4 * up],
            [x + s * 0.7 * rx, y + 0.4 * ry],
          ]),
          paint.limbs,
          paint,
        ),
      )
      .join('')
  },
]

function twoArms({ x, y, rx }: Place, paint: Paint, random: Random, down: 1 | -1): string {
  const [out, length, width] = [between(random, 20, 60), between(random, 20, 70), between(random, 8, 22)]
  return [-1, 1]
    .map((s) =>
      limb(
        `M ${x + s * 0.6 * rx} ${y} Q ${x + s * (rx + out)} ${y} ${x + s * (rx + out)} ${y + down * length}`,
        width,
        paint,
      ),
    )
    .join('')
}

const tops: readonly Parts[] = [
  nothing,
  (place, paint, random) => ears(place, paint, between(random, 15, 35), between(random, 40, 95)),
  (place, paint, random) => {
    const radius = between(random, 18, 38)
    return [-1, 1]
      .map((s) =>
        outlined(circle(place.x + s * 0.75 * place.rx, place.y - 0.8 * place.ry, radius), paint.limbs, paint),
      )
      .join('')
  },
  ({ x, y, rx, ry }, paint, random) => {
    const [out, up] = [between(random, 5, 40), between(random, 30, 70)]
    return [-1, 1]
      .map((s) => {
        const [tipX, tipY] = [x + s * (0.3 * rx + out), y - ry - up]
        return `${limb(`M ${x + s * 0.3 * rx} ${y - 0.8 * ry} L ${tipX} ${tipY}`, 5, paint)}${outlined(circle(tipX, tipY, 11), paint.coat, paint)}`
      })
      .join('')
  },
  // A hat.
  ({ x, y, rx, ry }, paint, random) => {
    const height = between(random, 40, 85)
    const point = random.uniform() < 0.5 ? 0.05 : 0.6
    return outlined(
      polygon([
        [x - 0.9 * rx, y - 0.75 * ry],
        [x - point * rx, y - ry - height],
        [x + point * rx, y - ry - height],
        [x + 0.9 * rx, y - 0.75 * ry],
      ]),
      paint.coat,
      paint,
    )
  },
]

function ears({ x, y, rx, ry }: Place, paint: Paint, width: number, height: number): string {
  return [-1, 1]
    .map((s) => {
      const [at, top] = [x + s * 0.55 * rx, y - 0.6 * ry]
      return outlined(
        polygon([
          [at - width, top],
          [at + s * width, top - height],
          [at + width, top],
        ]),
        paint.limbs,
        paint,
      )
    })
    .join('')
}

const tails: readonly Parts[] = [
  nothing,
  nothing,
  ({ x, y, rx, ry }, paint, random) => {
    const [out, up] = [between(random, 30, 70), between(random, 10, 110)]
    return limb(
      `M ${x - 0.6 * rx} ${y + 0.5 * ry} Q ${x - rx - out} ${y + 0.6 * ry} ${x - rx - out} ${y + 0.5 * ry - up}`,
      between(random, 8, 24),
      paint,
    )
  },
  ({ x, y, rx, ry }, paint, random) => {
    const out = between(random, 40, 80)
    return outlined(
      polygon([
        [x - 0.6 * rx, y + 0.2 * ry],
        [x - rx - out, y + 0.3 * ry],
        [x - 0.6 * rx, y + 0.7 * ry],
      ]),
      paint.limbs,
      paint,
    )
  },
]

const coats: readonly Parts[] = [
  nothing,
  ({ x, y, rx, ry }, { coat }) =>
    `<ellipse cx="${x}" cy="${y + 0.35 * ry}" rx="${0.6 * rx}" ry="${0.55 * ry}" fill="${coat}"/>`,
  ({ x, y, rx, ry }, { coat }, random) =>
    Array.from({ length: 6 + random.integer(6) }, () => {
      const [dx, dy] = [between(random, -1, 1), between(random, -1, 1)]
      return `${circle(x + dx * rx, y + dy * ry, between(random, 6, 16))} fill="${coat}"/>`
    }).join(''),
  ({ x, y, rx, ry }, { coat }, random) => {
    const [isUpright, thick] = [random.uniform() < 0.5, between(random, 8, 18)]
    return Array.from({ length: 12 }, (_, i) => {
      const at = (isUpright ? x : y) - 120 + i * 2.2 * thick
      return isUpright
        ? `<rect x="${at}" y="${y - 1.2 * ry}" width="${thick}" height="${2.4 * ry}" fill="${coat}"/>`
        : `<rect x="${x - 1.2 * rx}" y="${at}" width="${2.4 * rx}" height="${thick}" fill="${coat}"/>`
    }).join('')
  },
]

/** One to three eyes and a mouth. */
function face({ x, y, rx, ry }: Place, { coat }: Paint, random: Random): string {
  const count = random.pick([1, 2, 2, 2, 3])
  const radius = (between(random, 0.16, 0.3) * rx * 2) / (count + 0.5)
  const eyes = Array.from({ length: count }, (_, i) => {
    const at = x + (i - (count - 1) / 2) * 0.62 * rx
    const white = `${circle(at, y - 0.15 * ry, radius)} fill="#ffffff" stroke="#26222b" stroke-width="2"/>`
    return `${white}${circle(at, y - 0.15 * ry, radius * 0.5)} fill="#1b1820"/>`
  })
  const mouth = random.pick([
    `<path d="M ${x - 0.35 * rx} ${y + 0.3 * ry} Q ${x} ${y + 0.65 * ry} ${x + 0.35 * rx} ${y + 0.3 * ry}" fill="none" stroke="#26222b" stroke-width="6" stroke-linecap="round"/>`,
    `<ellipse cx="${x}" cy="${y + 0.42 * ry}" rx="${0.22 * rx}" ry="${0.18 * ry}" fill="#7a2230"/>`,
    `${polygon([
      [x - 0.25 * rx, y + 0.25 * ry],
      [x + 0.25 * rx, y + 0.25 * ry],
      [x, y + 0.6 * ry],
    ])} fill="${coat}" stroke="#26222b" stroke-width="3"/>`,
  ])
  return `${eyes.join('')}${mouth}`
}
