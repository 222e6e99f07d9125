import {
  ellipse,
  fir,
  hills,
  n,
  type Pen,
  path,
  polygon,
  rect,
  sky,
  speckle,
  stars,
  tree,
} from './drawing.ts'
import { peaks } from './scenery.ts'
import { canvasHeight, canvasWidth } from './world-pack.ts'

const W = canvasWidth
const H = canvasHeight

/** Wild places. */
export const wildArt = {
  river(pen: Pen): void {
    sky(pen, 4)
    hills(pen, 92, 10, 1.2, pen.color('#86c484', '#94cc88'))
    for (let x = pen.range(0, 10); x < W; x += pen.range(20, 40)) {
      if (pen.random.uniform() < 0.5) tree(pen, x, pen.range(110, 118), pen.range(0.7, 1.1))
      else fir(pen, x, pen.range(110, 118), pen.range(0.8, 1.1))
    }
    hills(pen, 116, 3, 1.5, pen.color('#6fbc5c', '#7cc466'))
    hills(
      pen,
      128,
      1.5,
      1.2,
      pen.gradient([pen.color('#4fa8dc', '#58b0d0'), pen.color('#2a78b4', '#2f84b0')]),
    )
    for (let i = 0; i < 30; i++) {
      const t = pen.random.uniform()
      pen.add(rect(pen.range(-10, W), 131 + 54 * t, 10 + 24 * t, 1 + 0.8 * t, pen.color('#a8dcf0'), 0.6))
    }
    for (let i = 0; i < 6; i++) rock(pen, pen.range(0, W), pen.range(128, 136), pen.range(0.6, 1.1))
    for (let x = pen.range(-4, 6); x < W; x += pen.range(10, 26)) reed(pen, x, H + 2, pen.range(10, 22))
  },
  volcano(pen: Pen): void {
    sky(pen, 2)
    const x = pen.range(90, 166)
    const rim = pen.range(34, 46)
    const half = pen.range(70, 92)
    pen.add(
      polygon(
        [
          [x - 14, rim],
          [x + 14, rim],
          [x + half, 130],
          [x - half, 130],
        ],
        pen.color('#6a5560', '#5f5664', '#74585a'),
      ),
    )
    for (let i = 0; i < 5; i++)
      pen.add(
        ellipse(
          x + pen.range(-16, 16),
          rim - 6 - i * 7,
          10 + i * 4,
          7 + i * 2,
          pen.color('#8d8790', '#a39aa0'),
          0.6,
        ),
      )
    const glow = ['#ff7a2f', '#ffb03c']
    pen.add(
      path(`M${n(x - 10)} ${n(rim - 1)} h20 l-4 26 l5 22 l-7 26 l-6 -30 l4 -18 Z`, pen.random.pick(glow)),
    )
    pen.add(ellipse(x, rim, 13, 4, '#ffd25a'))
    hills(pen, 126, 5, 1.3, pen.color('#574a54', '#5f5058'))
    hills(pen, 138, 3, 1, pen.gradient([pen.color('#6f5f62', '#66585f'), pen.color('#463c46')]))
    for (let i = 0; i < 3; i++) {
      const px = pen.range(10, W - 10)
      pen.add(
        ellipse(
          px,
          146 + 34 * pen.random.uniform(),
          pen.range(12, 26),
          pen.range(2, 4),
          pen.random.pick(glow),
        ),
      )
    }
    for (let i = 0; i < 8; i++)
      rock(pen, pen.range(0, W), pen.range(138, 150), pen.range(0.6, 1.3), ['#4a424c', '#5a4e58'])
    speckle(pen, 142, 40, ['#3d343e', '#83707a'])
  },
  ice(pen: Pen): void {
    sky(pen, 3)
    if (pen.time === 'night' && pen.sky === 'clear') {
      for (let i = 0; i < 4; i++) {
        const y = pen.range(24, 60)
        pen.add(
          path(
            `M-10 ${n(y)} q60 ${n(pen.range(-30, 10))} 130 0 t150 ${n(pen.range(-10, 10))} v14 q-70 20 -140 2 t-140 0 Z`,
            pen.random.pick(['#5fe0a8', '#7ad0e8', '#a58ae8']),
            'opacity="0.22"',
          ),
        )
      }
      stars(pen, 20, 0.4)
    }
    peaks(pen, 118, [18, 40], '#b4cde6', 5)
    pen.add(rect(0, 110, W, 22, pen.gradient([pen.color('#5fa8d0', '#68b0d4'), pen.color('#3f86b8')])))
    for (let i = 0; i < 5; i++) berg(pen, pen.range(0, W), pen.range(118, 128), pen.range(0.6, 1.1))
    hills(pen, 132, 2, 1.4, pen.gradient([pen.color('#f4faff', '#eaf4fc'), pen.color('#c4dcf0', '#cfe2f2')]))
    for (let i = 0; i < 7; i++) {
      const y = pen.range(142, 188)
      pen.add(
        path(
          `M${n(pen.range(0, W))} ${n(y)} l${n(pen.range(10, 30))} ${n(pen.range(-3, 3))} l${n(pen.range(6, 20))} ${n(pen.range(-4, 4))}`,
          'none',
          `stroke="${pen.color('#a8cce6')}" stroke-width="1.2"`,
        ),
      )
    }
    speckle(pen, 138, 40, ['#ffffff', '#b8d4ea'])
  },
  cave(pen: Pen): void {
    const [wall, deep, floor] = pen.random.pick([
      ['#5a5068', '#2a2438', '#6f6478'],
      ['#4f5868', '#222a38', '#66707e'],
      ['#64564c', '#2e2620', '#7a6a5c'],
    ] as const)
    pen.add(rect(0, 0, W, H, wall))
    pen.add(
      path(
        `M16 150 Q10 60 ${n(pen.range(60, 90))} 34 Q128 ${n(pen.range(10, 26))} ${n(pen.range(170, 196))} 36 Q246 60 240 150 Z`,
        deep,
      ),
    )
    for (let i = 0; i < 4; i++)
      crystal(
        pen,
        pen.random.pick([pen.range(20, 80), pen.range(176, 236)]),
        pen.range(138, 148),
        pen.range(0.8, 1.5),
      )
    hills(pen, 142, 3, 1.6, pen.gradient([floor, wall]))
    for (let x = pen.range(0, 16); x < W; x += pen.range(12, 26)) {
      const h = pen.range(14, 46)
      pen.add(
        polygon(
          [
            [x - 6, -2],
            [x + 6, -2],
            [x, h],
          ],
          wall,
        ),
      )
    }
    for (let i = 0; i < 7; i++)
      rock(pen, pen.range(0, W), pen.range(144, 154), pen.range(0.6, 1.4), [wall, floor])
    pen.add(ellipse(pen.range(70, 186), 170, 70, 16, '#fff2c8', 0.1))
    speckle(pen, 146, 40, [wall, '#938aa0'])
  },
} as const

function rock(
  pen: Pen,
  x: number,
  y: number,
  s: number,
  colors: readonly string[] = ['#98a0a8', '#8a8f98'],
): void {
  pen.add(
    polygon(
      [
        [x - 9 * s, y],
        [x - 6 * s, y - 7 * s],
        [x + 1 * s, y - 10 * s],
        [x + 7 * s, y - 6 * s],
        [x + 10 * s, y],
      ],
      pen.color(...colors),
    ),
  )
}

function reed(pen: Pen, x: number, y: number, h: number): void {
  const bend = pen.range(-4, 4)
  pen.add(
    path(
      `M${n(x)} ${n(y)} q0 ${n(-h / 2)} ${n(bend)} ${n(-h)}`,
      'none',
      `stroke="${pen.color('#4f9a4c', '#6aac54')}" stroke-width="2" stroke-linecap="round"`,
    ),
  )
}

function berg(pen: Pen, x: number, y: number, s: number): void {
  pen.add(
    polygon(
      [
        [x - 16 * s, y],
        [x - 9 * s, y - 12 * s],
        [x - 1 * s, y - 20 * s],
        [x + 7 * s, y - 10 * s],
        [x + 17 * s, y],
      ],
      pen.color('#eaf5fd', '#d8ebf8'),
    ),
  )
}

function crystal(pen: Pen, x: number, y: number, s: number): void {
  const fill = pen.random.pick(['#7ad0f0', '#b48af0', '#7af0b8', '#f08ac0'])
  for (const [dx, h, w] of [
    [-6, 16, 4],
    [0, 26, 5],
    [7, 14, 4],
  ] as const)
    pen.add(
      polygon(
        [
          [x + (dx - w) * s, y],
          [x + dx * 1.3 * s, y - h * s],
          [x + (dx + w) * s, y],
        ],
        fill,
        0.85,
      ),
    )
}
