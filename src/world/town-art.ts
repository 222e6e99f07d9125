import { bush, ellipse, hills, n, type Pen, path, polygon, rect, sky, speckle, tree } from './drawing.ts'
import { house, lamp } from './scenery.ts'
import { canvasHeight, canvasWidth } from './world-pack.ts'

const W = canvasWidth
const H = canvasHeight

/** Where people live and play. */
export const townArt = {
  castle(pen: Pen): void {
    sky(pen, 4)
    hills(pen, 108, 9, 1.2, pen.color('#8cc47c', '#9ad084'))
    for (let i = 0; i < 4; i++) tree(pen, pen.range(0, W), pen.range(112, 120), pen.range(0.6, 0.9))
    castleWalls(pen, pen.range(70, 110), 134)
    hills(pen, 134, 3, 1.2, pen.gradient([pen.color('#79bf62', '#86c86a'), pen.color('#559f45')]))
    pen.add(
      polygon(
        [
          [120, 136],
          [140, 136],
          [180, H],
          [84, H],
        ],
        pen.color('#d8c6a4', '#cdbfa8'),
      ),
    )
    speckle(pen, 138, 60, ['#9ad876', '#458f42'])
  },
  harbour(pen: Pen): void {
    sky(pen, 4)
    const horizon = pen.range(92, 98)
    hills(pen, horizon - 2, 8, 0.8, pen.color('#8fb4a0', '#9ab8c4'))
    for (let x = pen.range(-6, 4); x < W; x += pen.range(26, 44))
      house(pen, x, horizon + 4, pen.range(0.55, 0.8))
    pen.add(rect(0, horizon + 3, W, 6, pen.color('#a39a90', '#b0a698')))
    pen.add(rect(0, horizon + 8, W, H, pen.gradient([pen.color('#3f94bf', '#468fc0'), pen.color('#1f5f94')])))
    for (let i = 0; i < 26; i++) {
      const t = pen.random.uniform()
      pen.add(rect(pen.range(0, W), horizon + 12 + 78 * t, 8 + 26 * t, 1 + t, pen.color('#9fd4ec'), 0.6))
    }
    crane(pen, pen.random.pick([pen.range(14, 50), pen.range(200, 236)]), horizon + 5)
    for (let x = pen.range(4, 20); x < W; x += pen.range(40, 70)) {
      pen.add(
        rect(x, 168, 7, 26, pen.color('#7a5a40', '#6a4e38'), 2) +
          rect(x - 1, 166, 9, 4, pen.color('#e8e2d6'), 2),
      )
    }
  },
  village(pen: Pen): void {
    sky(pen, 4)
    hills(pen, 100, 10, 1, pen.color('#94cc80', '#86c278'))
    hills(pen, 116, 6, 1.4, pen.color('#7cc068', '#88c870'))
    for (let x = pen.range(-20, 0); x < W; x += pen.range(46, 62)) {
      house(pen, x, pen.range(132, 140), pen.range(0.95, 1.25))
      if (pen.random.uniform() < 0.6) tree(pen, x - 8, 138, pen.range(0.7, 1))
    }
    hills(pen, 140, 2, 1, pen.color('#74ba5c', '#80c266'))
    pen.add(rect(0, 148, W, H, pen.gradient([pen.color('#d8c49c', '#cfbd9e'), pen.color('#b89c70')])))
    for (let i = 0; i < 44; i++) {
      const t = pen.random.uniform()
      pen.add(
        ellipse(
          pen.range(0, W),
          150 + 40 * t,
          3 + 4 * t,
          1.2 + 1.4 * t,
          pen.color('#c0aa80', '#e2d2ac'),
          0.8,
        ),
      )
    }
    lamp(pen, pen.range(20, W - 20), 148)
  },
  playground(pen: Pen): void {
    sky(pen, 4)
    hills(pen, 104, 7, 1.2, pen.color('#8fd07c', '#7fc474'))
    for (let i = 0; i < 5; i++) tree(pen, pen.range(0, W), pen.range(108, 122), pen.range(0.7, 1.05))
    hills(pen, 128, 2, 1, pen.gradient([pen.color('#76c45e', '#84cc68'), pen.color('#58a848')]))
    const first = pen.random.uniform() < 0.5
    swing(pen, first ? pen.range(20, 60) : pen.range(170, 200), 140)
    slide(pen, first ? pen.range(150, 190) : pen.range(30, 70), 142)
    pen.add(ellipse(pen.range(80, 170), 172, 66, 14, pen.color('#ecd498', '#e6cc8c')))
    for (let i = 0; i < 3; i++) bush(pen, pen.range(0, W), pen.range(130, 136), 0.7)
    speckle(pen, 140, 40, ['#9adc7c', '#4c9c44'])
  },
  garden(pen: Pen): void {
    sky(pen, 3)
    hills(pen, 108, 4, 1, pen.color('#8ccc7a', '#98d484'))
    for (let i = 0; i < 4; i++) tree(pen, pen.range(0, W), pen.range(112, 120), pen.range(0.8, 1.2))
    const fence = pen.color('#fbf6ec', '#d9b48a', '#c4d4e4')
    for (let x = 2; x < W; x += 11) {
      pen.add(path(`M${x} 134 v-22 l4 -5 l4 5 v22 Z`, fence))
    }
    pen.add(rect(0, 118, W, 3, fence) + rect(0, 128, W, 3, fence))
    hills(pen, 134, 2, 1, pen.gradient([pen.color('#78c660', '#84ce6a'), pen.color('#56a646')]))
    const petals =
      pen.season === 'winter' ? ['#ffffff'] : ['#ff6f91', '#ffd24d', '#b07cff', '#ffffff', '#ff9a4d']
    for (let i = 0; i < 16; i++) flower(pen, pen.range(0, W), pen.range(136, 146), pen.color(...petals))
    if (pen.random.uniform() < 0.6) pond(pen, pen.range(60, 190), 172)
    speckle(pen, 142, 60, ['#9ade7a', '#469a44'])
  },
} as const

function castleWalls(pen: Pen, x: number, y: number): void {
  const stone = pen.color('#b9b4c0', '#c8bfae', '#a9b0c0')
  const dark = pen.color('#8d8896', '#9a917f')
  const roof = pen.color('#c8505a', '#5a6fc0', '#8a5aa8')
  pen.add(rect(x - 40, y - 34, 110, 36, stone))
  for (let k = -40; k < 70; k += 11) pen.add(rect(x + k, y - 40, 6.5, 7, stone))
  for (const [dx, w, h] of [
    [-54, 24, 62],
    [60, 24, 58],
    [2, 28, 84],
  ] as const) {
    pen.add(rect(x + dx, y - h, w, h + 2, stone) + rect(x + dx + w * 0.7, y - h, w * 0.3, h + 2, dark, 0))
    pen.add(
      polygon(
        [
          [x + dx - 4, y - h],
          [x + dx + w / 2, y - h - 26],
          [x + dx + w + 4, y - h],
        ],
        roof,
      ),
    )
    pen.add(rect(x + dx + w / 2 - 3, y - h + 12, 6, 10, pen.time === 'day' ? dark : '#ffe08a', 3))
    pen.add(path(`M${n(x + dx + w / 2)} ${n(y - h - 26)} v-9 l10 3 l-10 3`, pen.color('#f0b43c', '#e0504f')))
  }
  pen.add(path(`M${n(x + 5)} ${n(y + 2)} v-18 q11 -16 22 0 v18 Z`, pen.color('#6a4a34')))
}

function crane(pen: Pen, x: number, y: number): void {
  const fill = pen.color('#e0903c', '#d05f4f')
  pen.add(rect(x - 2.5, y - 62, 5, 62, fill) + rect(x - 14, y - 62, 54, 4, fill))
  pen.add(
    path(
      `M${n(x)} ${n(y - 76)} L${n(x - 14)} ${n(y - 60)} M${n(x)} ${n(y - 76)} L${n(x + 38)} ${n(y - 60)} M${n(x)} ${n(y - 76)} V${n(y - 60)} M${n(x + 34)} ${n(y - 58)} v20`,
      'none',
      `stroke="${fill}" stroke-width="1.6"`,
    ),
  )
}

function swing(pen: Pen, x: number, y: number): void {
  const frame = pen.color('#d0504f', '#4f7fd0', '#e0a03c')
  pen.add(
    path(
      `M${n(x - 6)} ${n(y)} L${n(x)} ${n(y - 44)} L${n(x + 6)} ${n(y)} M${n(x + 44)} ${n(y)} L${n(x + 50)} ${n(y - 44)} L${n(x + 56)} ${n(y)} M${n(x)} ${n(y - 44)} H${n(x + 50)}`,
      'none',
      `stroke="${frame}" stroke-width="3" stroke-linecap="round"`,
    ),
  )
  for (const dx of [12, 32])
    pen.add(
      path(
        `M${n(x + dx)} ${n(y - 44)} v32 M${n(x + dx + 8)} ${n(y - 44)} v32 M${n(x + dx - 1)} ${n(y - 12)} h10`,
        'none',
        `stroke="${pen.color('#6a6f7a')}" stroke-width="1.4"`,
      ),
    )
}

function slide(pen: Pen, x: number, y: number): void {
  const chute = pen.color('#f0c03c', '#5fb0e0', '#e0607a')
  const rail = pen.color('#5f6f8a')
  pen.add(
    path(
      `M${n(x)} ${n(y)} V${n(y - 38)} M${n(x + 10)} ${n(y)} V${n(y - 38)} M${n(x)} ${n(y - 10)} h10 M${n(x)} ${n(y - 19)} h10 M${n(x)} ${n(y - 28)} h10`,
      'none',
      `stroke="${rail}" stroke-width="2.4"`,
    ),
  )
  pen.add(
    path(
      `M${n(x + 8)} ${n(y - 36)} C${n(x + 24)} ${n(y - 34)} ${n(x + 26)} ${n(y - 4)} ${n(x + 48)} ${n(y - 3)}`,
      'none',
      `stroke="${chute}" stroke-width="7" stroke-linecap="round"`,
    ),
  )
}

function flower(pen: Pen, x: number, y: number, petals: string): void {
  pen.add(rect(x - 0.7, y - 9, 1.4, 10, pen.color('#3f8f42')))
  for (let k = 0; k < 5; k++) {
    const a = (k / 5) * 2 * Math.PI
    pen.add(ellipse(x + 2.6 * Math.cos(a), y - 10 + 2.6 * Math.sin(a), 2.1, 2.1, petals))
  }
  pen.add(ellipse(x, y - 10, 1.6, 1.6, pen.color('#f6c84d')))
}

function pond(pen: Pen, x: number, y: number): void {
  pen.add(
    ellipse(x, y, 40, 11, pen.color('#c8c0ac', '#b0aca4')) +
      ellipse(x, y, 36, 9, pen.color('#58b0e0', '#64b8d8')),
  )
  pen.add(ellipse(x - 8, y - 2, 12, 2, '#ffffff', 0.3))
}
