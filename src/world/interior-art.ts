import { ellipse, n, type Pen, path, polygon, rect } from './drawing.ts'
import { canvasHeight, canvasWidth } from './world-pack.ts'

const W = canvasWidth
const H = canvasHeight
const floorTop = 138

/** Rooms: a wall, a floor, a window that shows the hour, and furniture. */
export const interiorArt = {
  kitchen(pen: Pen): void {
    room(pen, ['#fbe7c6', '#d8efe4', '#fde0d4', '#e4ecf8'], ['#d9a86c', '#e8dccb', '#cfd6d9'], 'tiles')
    const windowX = pen.range(76, 140)
    windowPane(pen, windowX, 26)
    const wood = pen.color('#e07a5f', '#5fa8a0', '#f2b45a', '#7f9fd0', '#f4efe6')
    const top = pen.color('#f7f3ec', '#8a6a55')
    for (const x of [4, 30, W - 60, W - 34]) {
      pen.add(rect(x, 22, 24, 38, wood, 2) + ellipse(x + 19, 42, 1.6, 1.6, top))
    }
    pen.add(rect(0, 96, W, 6, top, 1) + rect(0, 102, W, 40, wood))
    for (let x = 4; x < W; x += 32) {
      pen.add(
        path(`M${x} 106 h24 v30 h-24 Z`, 'none', `stroke="${top}" stroke-width="1.4" opacity="0.7"`) +
          ellipse(x + 12, 111, 3.4, 1.3, top),
      )
    }
    const stove = pen.range(20, 60)
    pen.add(
      rect(stove, 94, 40, 48, pen.color('#5b6270', '#dfe3e8'), 2) +
        rect(stove + 6, 112, 28, 20, pen.color('#2e3440'), 2),
    )
    pen.add(
      rect(stove + 8, 82, 22, 12, pen.color('#d0504f', '#4f8fd0', '#8a93a0'), 2) +
        rect(stove + 29, 84, 8, 2.4, pen.color('#3a3f49')),
    )
    const fridge = pen.range(178, 204)
    pen.add(
      rect(fridge, 48, 38, 94, pen.color('#eef3f6', '#bfe0d8', '#f6c9c4'), 4) +
        rect(fridge, 80, 38, 1.6, pen.color('#9aa6b0')),
    )
    pen.add(
      rect(fridge + 4, 62, 2.4, 12, pen.color('#8a949e')) +
        rect(fridge + 4, 88, 2.4, 16, pen.color('#8a949e')),
    )
    const bowl = pen.range(96, 160)
    pen.add(
      ellipse(bowl - 5, 88, 5, 5, pen.color('#e8503f')) + ellipse(bowl + 4, 87, 5, 5, pen.color('#f0a83c')),
    )
    pen.add(path(`M${bowl - 14} 88 h28 q-4 9 -14 9 q-10 0 -14 -9 Z`, pen.color('#ffffff', '#4f8fd0')))
  },
  bedroom(pen: Pen): void {
    room(
      pen,
      ['#cfe0f6', '#f6dbe6', '#e6dcf6', '#dff0d8', '#fdf0cf'],
      ['#c99a66', '#b88858', '#d9b48a'],
      'boards',
    )
    windowPane(pen, pen.range(96, 128), 24)
    const left = pen.random.uniform() < 0.5
    const bedX = left ? pen.range(2, 14) : pen.range(W - 104, W - 92)
    const head = pen.color('#a8703f', '#f4efe6', '#8a5f9e')
    const cover = pen.color('#e0607a', '#5f8fe0', '#58b89a', '#f2b04a', '#9a7fe0')
    const pillowX = left ? bedX + 6 : bedX + 62
    pen.add(rect(left ? bedX : bedX + 86, 84, 6, 58, head, 2) + rect(bedX, 112, 92, 26, head, 3))
    pen.add(
      rect(bedX + 3, 102, 86, 16, pen.color('#ffffff'), 5) +
        rect(left ? bedX + 30 : bedX + 3, 100, 59, 28, cover, 5),
    )
    pen.add(ellipse(pillowX + 12, 102, 14, 7, pen.color('#fdf6ea')))
    const lampX = left ? bedX + 108 : bedX - 18
    pen.add(rect(lampX - 9, 118, 18, 24, head, 2) + rect(lampX - 1, 104, 2, 14, pen.color('#6a5f66')))
    if (pen.time === 'night') pen.add(ellipse(lampX, 98, 26, 24, '#ffe9a0', 0.3))
    pen.add(
      polygon(
        [
          [lampX - 5, 92],
          [lampX + 5, 92],
          [lampX + 9, 104],
          [lampX - 9, 104],
        ],
        pen.time === 'night' ? '#ffeeb0' : pen.color('#fbe3a0', '#f6b8c4'),
      ),
    )
    const frameX = left ? pen.range(190, 214) : pen.range(20, 44)
    pen.add(
      rect(frameX, 40, 30, 24, head, 1) +
        rect(frameX + 3, 43, 24, 18, pen.color('#9ad0f0')) +
        polygon(
          [
            [frameX + 4, 61],
            [frameX + 13, 49],
            [frameX + 26, 61],
          ],
          pen.color('#5fae6a'),
        ),
    )
    const shelf = left ? W - 46 : 8
    pen.add(rect(shelf, 90, 38, 52, head, 2))
    for (let i = 0; i < 6; i++)
      pen.add(rect(shelf + 4 + i * 5, 94, 4, 18, pen.color('#e0607a', '#5f8fe0', '#f2b04a', '#58b89a'), 0.5))
    pen.add(rect(shelf + 3, 114, 32, 24, pen.color('#7a5440')))
    pen.add(ellipse(pen.range(100, 156), 168, 58, 13, pen.color('#f2c4cf', '#c4d8f2', '#f6e4b4', '#cfe8c4')))
  },
  lounge(pen: Pen): void {
    room(pen, ['#f4e3d0', '#dcebe0', '#e6e0f2', '#f6e6b8'], ['#b98a5a', '#c99a66', '#a87a50'], 'boards')
    windowPane(pen, pen.range(30, 60), 24)
    const cloth = pen.color('#5f8fd0', '#d0705f', '#5aa88a', '#9a7fc8', '#e0a04f')
    const sofa = pen.range(96, 118)
    pen.add(
      rect(sofa, 96, 96, 30, cloth, 8) +
        rect(sofa - 8, 106, 16, 34, cloth, 6) +
        rect(sofa + 88, 106, 16, 34, cloth, 6),
    )
    pen.add(
      rect(sofa + 4, 116, 88, 22, pen.color('#ffffff'), 6) +
        rect(sofa + 6, 118, 42, 18, cloth, 5) +
        rect(sofa + 48, 118, 42, 18, cloth, 5),
    )
    for (const dx of [16, 70])
      pen.add(rect(sofa + dx, 102, 14, 14, pen.color('#f6d06a', '#f0f0ea', '#e88aa0'), 3))
    pen.add(
      rect(sofa + 14, 34, 46, 32, pen.color('#8a5a3a'), 1) +
        rect(sofa + 17, 37, 40, 26, pen.color('#a8d4e8')),
    )
    pen.add(
      polygon(
        [
          [sofa + 18, 63],
          [sofa + 32, 46],
          [sofa + 42, 56],
          [sofa + 56, 63],
        ],
        pen.color('#6aae6a'),
      ),
    )
    const plant = pen.range(8, 22)
    pen.add(rect(plant - 7, 126, 15, 16, pen.color('#d08a5a', '#e8e2d8'), 2))
    for (const a of [-60, -25, 10, 45])
      pen.add(ellipse(plant + a * 0.18, 114 + Math.abs(a) * 0.08, 5, 13, pen.color('#4f9e56', '#5fb060')))
    const lampX = pen.range(226, 242)
    if (pen.time === 'night') pen.add(ellipse(lampX, 66, 34, 34, '#ffe9a0', 0.3))
    pen.add(rect(lampX - 1, 72, 2.4, 70, pen.color('#5f5a58')))
    pen.add(
      polygon(
        [
          [lampX - 7, 54],
          [lampX + 7, 54],
          [lampX + 13, 74],
          [lampX - 13, 74],
        ],
        pen.time === 'night' ? '#ffeeb0' : pen.color('#f6e2b0', '#f2c4b4'),
      ),
    )
    pen.add(ellipse(pen.range(100, 156), 168, 72, 14, pen.color('#d8b4b8', '#b8c8dc', '#e0d2a8')))
  },
  classroom(pen: Pen): void {
    room(pen, ['#fbf0d4', '#e4f0e2', '#e2ecf6'], ['#d0a878', '#c8b090'], 'boards')
    const board = pen.range(70, 96)
    pen.add(
      rect(board - 4, 26, 108, 62, pen.color('#b08050'), 2) +
        rect(board, 30, 100, 54, pen.color('#2f6a52', '#33475a'), 1),
    )
    for (let i = 0; i < 4; i++) {
      const x = board + 8 + pen.range(0, 16)
      pen.add(
        path(
          `M${x} ${40 + i * 11} q8 -5 16 0 t16 0 t${n(pen.range(8, 30))} 0`,
          'none',
          'stroke="#f4f4ee" stroke-width="1.6" opacity="0.8"',
        ),
      )
    }
    windowPane(pen, pen.random.pick([8, 196]), 30)
    for (let i = 0; i < 3; i++) {
      const x = 12 + i * 84 + pen.range(0, 14)
      const wood = pen.color('#c08a50', '#d09c60')
      pen.add(
        rect(x, 112, 58, 6, wood, 1) +
          rect(x + 4, 118, 4, 26, pen.color('#8a949e')) +
          rect(x + 50, 118, 4, 26, pen.color('#8a949e')),
      )
      pen.add(rect(x + 16, 104, 16, 8, pen.color('#e0607a', '#5f8fe0', '#f2b04a', '#58b89a'), 1))
    }
    const globe = pen.range(214, 240)
    pen.add(
      ellipse(globe, 100, 10, 10, pen.color('#5aa0e0')) +
        ellipse(globe - 2, 98, 5, 4, pen.color('#6fbf6b')) +
        rect(globe - 6, 110, 12, 3, pen.color('#8a5a3a')),
    )
    pen.add(ellipse(pen.range(30, 50), 18, 9, 9, '#ffffff') + ellipse(40, 18, 7, 7, pen.color('#f4efe4')))
  },
  stage(pen: Pen): void {
    const back = pen.random.pick(['#3a2a5c', '#2a3a66', '#4a2440', '#24424a'])
    pen.add(rect(0, 0, W, H, pen.gradient([back, back, '#1a1428'])))
    for (let i = 0; i < 3; i++) {
      const x = pen.range(40, 216)
      const way = pen.range(-40, 40)
      pen.add(
        polygon(
          [
            [x - 4, 0],
            [x + 4, 0],
            [x + way + 34, 168],
            [x + way - 34, 168],
          ],
          pen.random.pick(['#fff2b8', '#bfe0ff', '#ffc4e0']),
          0.16,
        ),
      )
    }
    pen.add(rect(0, 140, W, H, pen.gradient([pen.random.pick(['#c08a54', '#a8744a']), '#7a4f34'])))
    for (let x = -4; x < W; x += 22)
      pen.add(
        path(`M${x + 8} 140 L${x - 14} ${H}`, 'none', 'stroke="#5f3d28" stroke-width="1" opacity="0.6"'),
      )
    const cloth = pen.random.pick(['#c0303f', '#8a2f8f', '#2f5fb0', '#b0603a'])
    for (let k = 0; k < 5; k++) {
      for (const x of [k * 8, W - 9 - k * 8]) {
        pen.add(rect(x, 0, 9, 150 - k * 5, cloth, 2))
        pen.add(`<rect x="${x}" y="0" width="4" height="${150 - k * 5}" fill="#000000" opacity="0.14"/>`)
      }
    }
    for (let x = 0; x < W; x += 32) pen.add(path(`M${x} 0 h32 v10 q-16 20 -32 0 Z`, cloth))
    for (let x = 14; x < W; x += 32)
      pen.add(ellipse(x, 188, 6, 4, '#ffe9a0', 0.9) + ellipse(x, 184, 12, 9, '#fff2c0', 0.2))
  },
} as const

function room(
  pen: Pen,
  walls: readonly string[],
  floors: readonly string[],
  style: 'tiles' | 'boards',
): void {
  const wall = pen.color(...walls)
  pen.add(rect(0, 0, W, H, wall))
  for (let x = 10; x < W; x += 28)
    pen.add(`<rect x="${x}" y="0" width="10" height="${floorTop}" fill="#ffffff" opacity="0.13"/>`)
  pen.add(rect(0, floorTop, W, H, pen.color(...floors)))
  const line = pen.color('#ffffff')
  for (const y of style === 'tiles' ? [146, 158, 174] : [148, 160, 175])
    pen.add(`<rect x="0" y="${y}" width="${W}" height="1" fill="${line}" opacity="0.35"/>`)
  if (style === 'tiles') {
    for (let k = -8; k <= 8; k++)
      pen.add(
        path(
          `M${W / 2 + k * 18} ${floorTop} L${W / 2 + k * 32} ${H}`,
          'none',
          `stroke="${line}" stroke-width="1" opacity="0.35"`,
        ),
      )
  }
  pen.add(rect(0, floorTop - 4, W, 5, pen.color('#fbf6ee')))
}

function windowPane(pen: Pen, x: number, y: number): void {
  const sky = pen.time === 'night' ? ['#101a4a', '#2c3f7c'] : ['#62bdf5', '#d9f2ff']
  pen.add(rect(x - 3, y - 3, 58, 52, '#fbf6ee', 2) + rect(x, y, 52, 46, pen.gradient(sky)))
  if (pen.time === 'night') {
    for (let i = 0; i < 9; i++)
      pen.add(ellipse(x + pen.range(4, 48), y + pen.range(4, 30), 0.8, 0.8, '#ffffff'))
    pen.add(ellipse(x + pen.range(12, 40), y + 14, 6, 6, '#fdf8dc'))
  } else {
    pen.add(ellipse(x + pen.range(12, 40), y + 13, 6, 6, '#fff0a0'))
  }
  pen.add(path(`M${x} ${y + 46} v-10 q13 -12 26 -3 q13 -8 26 0 v13 Z`, pen.color('#6fbf63')))
  pen.add(rect(x + 25, y, 2, 46, '#fbf6ee') + rect(x, y + 22, 52, 2, '#fbf6ee'))
}
