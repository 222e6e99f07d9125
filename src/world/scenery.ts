import { ellipse, n, type Pen, path, polygon, rect } from './drawing.ts'
import { canvasWidth } from './world-pack.ts'

const W = canvasWidth

// The things that stand about in settings. Each stands with its foot at (x, y), in canvas pixels, at scale s.

export function palm(pen: Pen, x: number, y: number, s: number): void {
  const lean = pen.range(-9, 9) * s
  const trunk = pen.color('#a8743f', '#9a6a3a')
  pen.add(
    path(
      `M${n(x)} ${n(y)} Q${n(x)} ${n(y - 26 * s)} ${n(x + lean)} ${n(y - 50 * s)}`,
      'none',
      `stroke="${trunk}" stroke-width="${n(4.5 * s)}" stroke-linecap="round"`,
    ),
  )
  const top: readonly [number, number] = [x + lean, y - 50 * s]
  for (const angle of [-165, -135, -95, -50, -15, 20, 200]) {
    const a = (angle * Math.PI) / 180
    const tip: readonly [number, number] = [
      top[0] + Math.cos(a) * 24 * s,
      top[1] + Math.sin(a) * 13 * s + 7 * s,
    ]
    const bend: readonly [number, number] = [
      top[0] + Math.cos(a) * 13 * s,
      top[1] + Math.sin(a) * 13 * s - 6 * s,
    ]
    pen.add(
      path(
        `M${n(top[0])} ${n(top[1])} Q${n(bend[0])} ${n(bend[1])} ${n(tip[0])} ${n(tip[1])} Q${n(bend[0])} ${n(bend[1] + 8 * s)} ${n(top[0])} ${n(top[1])}`,
        pen.color('#3fae5a', '#58b84e', '#2f9a58'),
      ),
    )
  }
}

export function parasol(pen: Pen, x: number, y: number): void {
  const fill = pen.color('#f0586a', '#4f8fe0', '#f5a83c', '#9a6bd0')
  pen.add(rect(x - 0.9, y - 28, 1.8, 28, pen.color('#f4efe4')))
  pen.add(path(`M${n(x - 19)} ${n(y - 24)} Q${n(x)} ${n(y - 46)} ${n(x + 19)} ${n(y - 24)} Z`, fill))
  pen.add(
    path(`M${n(x - 6)} ${n(y - 24)} Q${n(x)} ${n(y - 46)} ${n(x + 6)} ${n(y - 24)} Z`, pen.color('#fff6e4')),
  )
}

export function mushroom(pen: Pen, x: number, y: number): void {
  pen.add(rect(x - 1.6, y - 5, 3.2, 6, pen.color('#f6ead6'), 1.2))
  pen.add(
    path(
      `M${n(x - 5)} ${n(y - 4)} Q${n(x)} ${n(y - 13)} ${n(x + 5)} ${n(y - 4)} Z`,
      pen.color('#e0503f', '#d98a3f'),
    ),
  )
}

export function skyline(
  pen: Pen,
  base: number,
  heights: readonly [number, number],
  colors: readonly string[],
  style: 'plain' | 'windows',
): void {
  for (let x = -6; x < W; ) {
    const w = pen.range(22, 42)
    const h = pen.range(heights[0], heights[1])
    pen.add(rect(x, base - h, w + 1, h, pen.color(...colors)))
    if (style === 'windows') {
      const lit =
        pen.time === 'night'
          ? ['#ffe08a', '#ffd06b', '#33406e']
          : pen.time === 'sunset'
            ? ['#ffe2a0', '#b8c4de']
            : ['#e4f2fb', '#cfe6f6']
      for (let wy = base - h + 6; wy < base - 18; wy += 10) {
        for (let wx = x + 4; wx < x + w - 6; wx += 8)
          pen.add(rect(wx, wy, 4.6, 5.6, pen.random.pick(lit), 0.6))
      }
      pen.add(rect(x + w / 2 - 4, base - 13, 8, 13, pen.color('#7a5a46', '#5f6f86'), 1))
    }
    x += w
  }
}

export function lamp(pen: Pen, x: number, y: number): void {
  pen.add(rect(x - 1, y - 40, 2, 40, pen.color('#4d5563')) + rect(x - 1, y - 40, 9, 2, pen.color('#4d5563')))
  if (pen.time !== 'day') pen.add(ellipse(x + 7, y - 36, 11, 11, '#ffe9a0', 0.28))
  pen.add(ellipse(x + 7, y - 37, 3.4, 2.6, '#fff2bf'))
}

export function peaks(
  pen: Pen,
  base: number,
  heights: readonly [number, number],
  color: string,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const x = ((i + pen.range(0.1, 0.9)) / count) * W
    const h = pen.range(heights[0], heights[1])
    const half = h * pen.range(0.75, 1.05)
    pen.add(
      polygon(
        [
          [x, base - h],
          [x - half, base],
          [x + half, base],
        ],
        pen.color(color),
      ),
    )
    pen.add(
      polygon(
        [
          [x, base - h],
          [x, base],
          [x + half, base],
        ],
        pen.color('#6f86b0'),
        0.28,
      ),
    )
    const s = 0.36
    pen.add(
      polygon(
        [
          [x, base - h],
          [x - half * s, base - h * (1 - s)],
          [x - half * 0.12, base - h * 0.72],
          [x + half * 0.1, base - h * 0.6],
          [x + half * s, base - h * (1 - s)],
        ],
        pen.color('#f7fbff'),
      ),
    )
  }
}

export function mesa(pen: Pen, x: number, y: number): void {
  const w = pen.range(30, 64)
  const h = pen.range(16, 38)
  const fill = pen.color('#c8714f', '#b9654a', '#cf8058')
  pen.add(
    polygon(
      [
        [x, y],
        [x + 5, y - h],
        [x + w - 5, y - h],
        [x + w, y],
      ],
      fill,
    ),
  )
  pen.add(rect(x + 4, y - h * 0.62, w - 8, h * 0.13, pen.color('#e29a70')))
}

export function cactus(pen: Pen, x: number, y: number, s: number): void {
  const fill = pen.color('#4f9e5a', '#3f8f58')
  pen.add(rect(x - 3 * s, y - 30 * s, 6 * s, 30 * s, fill, 3 * s))
  pen.add(
    rect(x - 12 * s, y - 16 * s, 12 * s, 4.5 * s, fill, 2 * s) +
      rect(x - 12 * s, y - 24 * s, 4.5 * s, 12 * s, fill, 2 * s),
  )
  pen.add(
    rect(x, y - 20 * s, 12 * s, 4.5 * s, fill, 2 * s) +
      rect(x + 8 * s, y - 29 * s, 4.5 * s, 12 * s, fill, 2 * s),
  )
}

export function planet(pen: Pen, x: number, y: number, r: number, colors?: readonly [string, string]): void {
  const [base, band] =
    colors ??
    pen.random.pick([
      ['#e8a05a', '#f4c98a'],
      ['#d9648a', '#f0a0b8'],
      ['#5a9ee8', '#a8d4f8'],
      ['#7cc48a', '#bfe6b8'],
      ['#b08ae0', '#d8c4f4'],
    ] as const)
  if (!colors && pen.random.uniform() < 0.4)
    pen.add(
      `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(r * 1.8)}" ry="${n(r * 0.45)}" fill="none" stroke="${band}" stroke-width="${n(r * 0.16)}" transform="rotate(-18 ${n(x)} ${n(y)})"/>`,
    )
  pen.add(ellipse(x, y, r, r, base))
  pen.add(
    ellipse(x - r * 0.2, y - r * 0.25, r * 0.6, r * 0.2, band, 0.9) +
      ellipse(x + r * 0.15, y + r * 0.35, r * 0.66, r * 0.16, band, 0.8),
  )
  pen.add(ellipse(x - r * 0.35, y - r * 0.4, r * 0.35, r * 0.3, '#ffffff', 0.22))
}

export function weed(pen: Pen, x: number, y: number, h: number): void {
  const bend = pen.range(-7, 7)
  pen.add(
    path(
      `M${n(x)} ${n(y)} q${n(bend)} ${n(-h / 3)} 0 ${n(-h / 2)} q${n(-bend)} ${n(-h / 4)} ${n(bend * 0.5)} ${n(-h / 2)}`,
      'none',
      `stroke="${pen.color('#3fae7a', '#58b85e', '#2f9a8a')}" stroke-width="4" stroke-linecap="round"`,
    ),
  )
}

export function coral(pen: Pen, x: number, y: number, s: number): void {
  const fill = pen.color('#ff7f8a', '#ff9a5a', '#d07fe0', '#ffb84d', '#ff6fae')
  for (const [dx, h] of [
    [-6, 10],
    [0, 16],
    [6, 12],
  ] as const) {
    pen.add(
      rect(x + dx * s - 2 * s, y - h * s, 4 * s, h * s, fill, 2 * s) +
        ellipse(x + dx * s, y - h * s, 3 * s, 3 * s, fill),
    )
  }
}

export function house(pen: Pen, x: number, y: number, s: number): void {
  pen.add(rect(x, y - 24 * s, 36 * s, 24 * s, pen.color('#f6e2c4', '#e9c9b0', '#dfe6ee')))
  pen.add(
    polygon(
      [
        [x - 4 * s, y - 24 * s],
        [x + 18 * s, y - 42 * s],
        [x + 40 * s, y - 24 * s],
      ],
      pen.color('#d0604f', '#8a5f9e', '#4f7fa8'),
    ),
  )
  pen.add(rect(x + 14 * s, y - 14 * s, 8 * s, 14 * s, pen.color('#8a5a3a')))
  const pane = pen.time === 'day' ? '#bfe4f6' : '#ffe08a'
  pen.add(rect(x + 4 * s, y - 18 * s, 7 * s, 7 * s, pane) + rect(x + 25 * s, y - 18 * s, 7 * s, 7 * s, pane))
}

export function barn(pen: Pen, x: number, y: number): void {
  const red = pen.color('#c8473f', '#b8403a', '#a8604a')
  const trim = pen.color('#fbf3e6')
  pen.add(
    polygon(
      [
        [x, y],
        [x, y - 30],
        [x + 12, y - 46],
        [x + 34, y - 54],
        [x + 56, y - 46],
        [x + 68, y - 30],
        [x + 68, y],
      ],
      red,
    ),
  )
  pen.add(
    path(
      `M${n(x - 3)} ${n(y - 29)} L${n(x + 12)} ${n(y - 47)} L${n(x + 34)} ${n(y - 55)} L${n(x + 56)} ${n(y - 47)} L${n(x + 71)} ${n(y - 29)}`,
      'none',
      `stroke="${pen.color('#6f5a66')}" stroke-width="4"`,
    ),
  )
  pen.add(rect(x + 22, y - 24, 24, 24, trim) + rect(x + 24, y - 22, 20, 22, red))
  pen.add(
    path(`M${n(x + 24)} ${n(y - 22)} l20 22 m0 -22 l-20 22`, 'none', `stroke="${trim}" stroke-width="2"`),
  )
  pen.add(rect(x + 28, y - 42, 12, 9, pen.time === 'day' ? trim : '#ffe08a'))
}

export function hay(pen: Pen, x: number, y: number): void {
  pen.add(
    ellipse(x, y - 7, 10, 8, pen.color('#e2b74f', '#d9a943')) + ellipse(x, y - 7, 6, 5, pen.color('#f0cd74')),
  )
}

export function fern(pen: Pen, x: number, y: number, s: number): void {
  const fill = pen.color('#3f9e4d', '#2f8a4c', '#57b25a')
  for (const angle of [-150, -120, -90, -60, -30]) {
    const a = (angle * Math.PI) / 180
    const tipX = x + Math.cos(a) * 18 * s
    const tipY = y + Math.sin(a) * 20 * s
    pen.add(
      path(
        `M${n(x)} ${n(y)} Q${n(x + Math.cos(a) * 8 * s - 3)} ${n(y + Math.sin(a) * 16 * s)} ${n(tipX)} ${n(tipY)} Q${n(x + Math.cos(a) * 10 * s + 3)} ${n(y + Math.sin(a) * 8 * s)} ${n(x)} ${n(y)}`,
        fill,
      ),
    )
  }
}
