import type { Random } from '../util/random.ts'
import {
  bush,
  cloud,
  createPen,
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
import { interiorArt } from './interior-art.ts'
import {
  barn,
  cactus,
  coral,
  fern,
  hay,
  house,
  lamp,
  mesa,
  mushroom,
  palm,
  parasol,
  peaks,
  planet,
  skyline,
  weed,
} from './scenery.ts'
import {
  canBe,
  type Season,
  type SettingName,
  type Sky,
  settings,
  settingVariants,
  type TimeOfDay,
} from './settings.ts'
import { townArt } from './town-art.ts'
import { wildArt } from './wild-art.ts'
import { canvasHeight, canvasWidth } from './world-pack.ts'

const W = canvasWidth
const H = canvasHeight

/** A setting at a time of day and of the year, and under a sky; `variants` is how many drawings there are of it. */
export interface Backdrop {
  readonly setting: SettingName
  readonly time: TimeOfDay
  readonly season: Season
  readonly sky: Sky
  readonly variants: number
}

/** Drawings of what comes up less often than a clear summer. */
const fewer: { readonly [S in Season]: { readonly [K in Sky]: number } } = {
  summer: { clear: settingVariants, overcast: 3 },
  spring: { clear: 3, overcast: 0 },
  autumn: { clear: 3, overcast: 2 },
  winter: { clear: 3, overcast: 2 },
}

/** All looks of a setting that are drawn. */
export function backdropsOf(name: SettingName): Backdrop[] {
  const setting = settings[name]
  const overcast = setting.weathers.filter((weather) => weather !== 'clear')
  return setting.times.flatMap((time) =>
    setting.seasons.flatMap((season) => {
      const clear: Backdrop = { setting: name, time, season, sky: 'clear', variants: fewer[season].clear }
      const isOvercast = overcast.some((weather) => canBe(setting, season, weather))
      return isOvercast ? [clear, { ...clear, sky: 'overcast', variants: fewer[season].overcast }] : [clear]
    }),
  )
}

/** A setting's picture as an SVG file of 256×192; layout and colours vary with `random`. */
export function drawSetting(look: Omit<Backdrop, 'variants'>, random: Random): string {
  const pen = createPen(random, look)
  art[look.setting](pen)
  return pen.svg()
}

const art: { readonly [Name in SettingName]: (pen: Pen) => void } = {
  beach(pen) {
    sky(pen)
    const horizon = pen.range(84, 96)
    pen.add(
      rect(
        0,
        horizon,
        W,
        H,
        pen.gradient([pen.color('#2f8fd0', '#2a9dc8'), pen.color('#5fc6e0', '#6fd6dc')]),
      ),
    )
    for (let i = 0; i < 9; i++)
      pen.add(
        rect(pen.range(0, W), pen.range(horizon + 4, 118), pen.range(14, 40), 1.4, pen.color('#bfeaf5'), 0.7),
      )
    if (pen.random.uniform() < 0.5) hills(pen, horizon + 1, 3, 0.7, pen.color('#2f8fd0'))
    const shore = 122
    hills(pen, shore, 3.4, 1.2, pen.color('#ffffff'))
    hills(
      pen,
      shore + 4,
      3.4,
      1.2,
      pen.gradient([pen.color('#f6dc9c', '#fbe3ae', '#f2d08a'), pen.color('#e9bd74', '#e2b468')]),
    )
    speckle(pen, shore + 12, 60, ['#d9a85c', '#fff0c6'])
    for (const side of [0, 1] as const)
      if (pen.random.uniform() < 0.75)
        palm(pen, side ? pen.range(205, 246) : pen.range(10, 50), pen.range(136, 146), pen.range(0.9, 1.25))
    if (pen.random.uniform() < 0.7) parasol(pen, pen.range(50, 206), pen.range(138, 146))
  },
  forest(pen) {
    sky(pen, 2)
    hills(pen, 86, 8, 1.5, pen.color('#7cbf8c', '#8cc796'))
    hills(pen, 104, 6, 2, pen.color('#5aa872', '#66b07a'))
    for (let x = -4; x < W + 10; x += pen.range(12, 22))
      fir(pen, x, pen.range(112, 120), pen.range(0.8, 1.15))
    hills(
      pen,
      122,
      3,
      1.4,
      pen.gradient([pen.color('#6fbf63', '#7cc46a', '#63b25c'), pen.color('#3f8f4b', '#478f42')]),
    )
    for (let x = pen.range(0, 20); x < W + 10; x += pen.range(34, 58)) {
      if (pen.random.uniform() < 0.6) tree(pen, x, pen.range(124, 136), pen.range(1, 1.5))
      else fir(pen, x, pen.range(124, 136), pen.range(1.2, 1.7))
    }
    speckle(pen, 134, 70, ['#8fd47a', '#2f7d45', '#a8dc86'])
    for (let i = 0; i < 3; i++) mushroom(pen, pen.range(10, W - 10), pen.range(142, 184))
  },
  city(pen) {
    sky(pen, 3)
    skyline(pen, 146, [40, 84], ['#8fa9c9', '#9db4d2', '#a9b8cf'], 'plain')
    skyline(pen, 146, [28, 66], ['#e08a6d', '#e9b36b', '#7fb0a8', '#c9738a', '#8d8fc7', '#d9c79a'], 'windows')
    const pavement = pen.season === 'winter' ? ['#eef4fa', '#e3ecf5'] : ['#d9d4cc', '#cfcac4']
    pen.add(rect(0, 140, W, 12, pen.color(...pavement)))
    pen.add(rect(0, 151, W, 2, pen.color('#a8a39c')))
    pen.add(rect(0, 153, W, H, pen.gradient([pen.color('#6b7079'), pen.color('#565b64')])))
    for (let x = pen.range(-20, 0); x < W; x += 36) pen.add(rect(x, 171, 18, 2.4, pen.color('#f2e6b5')))
    for (let x = pen.range(8, 40); x < W; x += pen.range(56, 90))
      pen.random.uniform() < 0.5 ? tree(pen, x, 147, 0.8) : lamp(pen, x, 148)
  },
  mountains(pen) {
    sky(pen, 3)
    peaks(pen, 124, [52, 78], '#8fa6cc', 5)
    peaks(pen, 130, [34, 56], '#a9bcdc', 6)
    hills(pen, 122, 6, 1.1, pen.color('#dcebf8', '#e4eefa'))
    for (let x = pen.range(0, 14); x < W + 8; x += pen.range(15, 34))
      fir(pen, x, pen.range(120, 132), pen.range(0.7, 1.15), 'snowy')
    hills(pen, 134, 4, 0.9, pen.gradient([pen.color('#f6fbff'), pen.color('#d3e4f4', '#cfe0f6')]))
    speckle(pen, 142, 40, ['#ffffff', '#bcd4ea'])
  },
  desert(pen) {
    sky(pen, 1)
    for (let i = 0; i < 2; i++) mesa(pen, pen.range(10, W - 40), 108)
    hills(pen, 106, 7, 1.1, pen.color('#e0a765', '#dba05c', '#e6b06f'))
    hills(pen, 120, 7, 0.9, pen.color('#ebbb74', '#e8b36a'))
    hills(pen, 134, 5, 0.8, pen.gradient([pen.color('#f5d08c', '#f0c67e'), pen.color('#dfa860', '#d99f55')]))
    for (let i = 0; i < 4; i++) cactus(pen, pen.range(8, W - 8), pen.range(128, 142), pen.range(0.8, 1.3))
    speckle(pen, 142, 46, ['#c98f4c', '#fbe2ac'])
  },
  space(pen) {
    const stops = pen.random.pick([
      ['#0a0a2e', '#2a1457'],
      ['#06122e', '#123a5e'],
      ['#140a33', '#43165c'],
      ['#050818', '#1b2350'],
    ])
    pen.add(rect(0, 0, W, H, pen.gradient(stops)))
    const glow = pen.random.pick(['#7a4bd6', '#3a86d6', '#c94b9a', '#36b3a0'])
    for (let i = 0; i < 6; i++)
      pen.add(ellipse(pen.range(0, W), pen.range(0, H), pen.range(40, 90), pen.range(14, 36), glow, 0.09))
    stars(pen, 130, 1)
    const count = 2 + pen.random.integer(2)
    for (let i = 0; i < count; i++)
      planet(
        pen,
        pen.range(16, W - 16),
        pen.random.uniform() < 0.5 ? pen.range(16, 62) : pen.range(128, 180),
        pen.range(9, 26),
      )
  },
  underwater(pen) {
    const light = pen.random.pick(['#58c9e8', '#4fb8ea', '#5fd3d6'])
    pen.add(
      rect(
        0,
        0,
        W,
        H,
        pen.gradient([pen.color(light), pen.color('#1f7fc0', '#1c86b8'), pen.color('#14508f')]),
      ),
    )
    for (let i = 0; i < 5; i++) {
      const x = pen.range(0, W)
      pen.add(
        polygon(
          [
            [x, 0],
            [x + pen.range(10, 22), 0],
            [x + pen.range(0, 40), 150],
            [x - pen.range(10, 30), 150],
          ],
          '#ffffff',
          pen.time === 'night' ? 0.03 : 0.09,
        ),
      )
    }
    hills(pen, 148, 7, 1.3, pen.color('#3f86a8', '#3a7f9e'))
    for (let x = 4; x < W; x += pen.range(16, 40)) weed(pen, x, pen.range(156, 166), pen.range(20, 52))
    hills(pen, 163, 4, 1, pen.gradient([pen.color('#ecd59b', '#e6cf98'), pen.color('#c9a866')]))
    for (let i = 0; i < 7; i++) coral(pen, pen.range(6, W - 6), pen.range(164, 176), pen.range(0.8, 1.5))
    for (let i = 0; i < 18; i++) {
      const r = pen.range(1, 3)
      pen.add(ellipse(pen.range(0, W), pen.range(10, 150), r, r, '#e8fbff', 0.4))
    }
  },
  meadow(pen) {
    sky(pen, 4)
    hills(pen, 104, 9, 1.1, pen.color('#8ed07a', '#9ad884', '#7cc674'))
    for (let i = 0; i < 4; i++) tree(pen, pen.range(0, W), pen.range(104, 116), pen.range(0.6, 0.95))
    hills(pen, 118, 6, 1.3, pen.color('#79c466', '#86cc6c'))
    hills(
      pen,
      132,
      4,
      1,
      pen.gradient([pen.color('#6cbd56', '#7ac95f', '#62b552'), pen.color('#4c9e45', '#559f3e')]),
    )
    for (let i = 0; i < 4; i++) bush(pen, pen.range(0, W), pen.range(126, 136), pen.range(0.7, 1.1))
    speckle(pen, 136, 70, ['#8fd86f', '#3f8f42'])
    speckle(
      pen,
      138,
      44,
      pen.random.pick([
        ['#ff7fa8', '#ffffff'],
        ['#ffd84d', '#ffffff'],
        ['#c58cff', '#ff9ad0'],
        ['#ff6b5a', '#ffe27a'],
      ]),
      1.25,
    )
  },
  moon(pen) {
    pen.add(rect(0, 0, W, H, pen.gradient(['#04050f', '#12163a'])))
    stars(pen, 90, 0.68)
    planet(pen, pen.range(30, W - 30), pen.range(26, 56), pen.range(13, 20), ['#3f8fe0', '#5fbf6b'])
    hills(pen, 116, 8, 1.5, '#7c8096')
    hills(pen, 130, 5, 1, pen.gradient([pen.random.pick(['#b9bccb', '#c2c0bd', '#aeb4c8']), '#85889c']))
    for (let i = 0; i < 12; i++) {
      const t = pen.random.uniform()
      const x = pen.range(0, W)
      const y = 138 + 50 * t
      const r = 4 + 12 * t
      pen.add(ellipse(x, y, r, r * 0.34, '#7b7e92') + ellipse(x, y + r * 0.07, r * 0.86, r * 0.26, '#95989f'))
    }
  },
  road(pen) {
    sky(pen, 4)
    hills(pen, 102, 10, 1, pen.color('#9ad07c', '#86c47c'))
    hills(pen, 116, 8, 1.4, pen.color('#7cbf64', '#8ac86a'))
    for (let i = 0; i < 5; i++) tree(pen, pen.range(0, W), pen.range(122, 134), pen.range(0.6, 1))
    if (pen.random.uniform() < 0.6) house(pen, pen.range(20, W - 50), 134, pen.range(0.7, 1))
    hills(pen, 132, 2, 1, pen.color('#6fb858', '#7cc060'))
    for (let x = 6; x < W; x += 24) pen.add(rect(x, 134, 2.6, 11, pen.color('#f2ede2')))
    pen.add(rect(0, 137, W, 2, pen.color('#f2ede2')))
    pen.add(rect(0, 150, W, 32, pen.gradient([pen.color('#747a84', '#7c7a80'), pen.color('#5c626c')])))
    pen.add(rect(0, 150, W, 1.6, pen.color('#e8e4da')) + rect(0, 180.5, W, 1.6, pen.color('#e8e4da')))
    for (let x = pen.range(-30, 0); x < W; x += 40) pen.add(rect(x, 164, 20, 2.4, pen.color('#f6e7a8')))
  },
  ...interiorArt,
  ...townArt,
  ...wildArt,
  sea(pen) {
    sky(pen, 5)
    const horizon = pen.range(86, 94)
    if (pen.random.uniform() < 0.5)
      pen.add(
        ellipse(
          pen.range(20, W - 20),
          horizon + 3,
          pen.range(20, 38),
          pen.range(8, 16),
          pen.color('#6fa86a', '#8aa8b8'),
        ),
      )
    pen.add(
      rect(
        0,
        horizon,
        W,
        H,
        pen.gradient([pen.color('#3a9ad6', '#3f8fd0', '#35a0c8'), pen.color('#1f6db4', '#1c6aa8')]),
      ),
    )
    for (let row = 0; row < 8; row++) {
      const t = row / 7
      const y = horizon + 7 + 88 * t * t
      const step = 12 + 22 * t
      let d = `M${n(-pen.range(0, step))} ${n(y)}`
      for (let x = 0; x < W + 2 * step; x += step) d += ` q${n(step / 2)} ${n(-3 - 4 * t)} ${n(step)} 0`
      pen.add(
        path(
          d,
          'none',
          `stroke="${pen.color('#7cc6ee', '#8fd2f0')}" stroke-width="${n(1 + 1.2 * t)}" opacity="0.6"`,
        ),
      )
    }
  },
  farm(pen) {
    sky(pen, 4)
    hills(pen, 106, 6, 1, pen.color('#a6d17c', '#e3cf74', '#8fc774'))
    for (let i = 0; i < 3; i++) tree(pen, pen.range(0, W), pen.range(112, 122), pen.range(0.7, 1))
    hills(pen, 124, 3, 1, pen.color('#8cc665', '#98cf6e'))
    barn(pen, pen.range(16, W - 86), 136)
    for (let x = pen.range(-10, 0); x < W; x += 18)
      pen.add(rect(x, 126, 2.6, 13, pen.color('#c99a66', '#f2ede2')))
    pen.add(rect(0, 129, W, 2.2, pen.color('#c99a66')) + rect(0, 134, W, 2.2, pen.color('#c99a66')))
    hills(
      pen,
      140,
      2,
      1,
      pen.gradient([pen.color('#b9d27a', '#d9c284', '#a6cc70'), pen.color('#8fb254', '#bfa05e')]),
    )
    for (let i = 0; i < 3; i++) hay(pen, pen.range(0, W), pen.range(140, 148))
    speckle(pen, 146, 60, ['#8aa84c', '#e9d98f'])
  },
  sky(pen) {
    sky(pen, 6)
    for (let i = 0; i < 9; i++) cloud(pen, pen.range(0, W), pen.range(40, 150), pen.range(0.5, 1.4))
    for (let i = 0; i < 14; i++)
      cloud(
        pen,
        pen.range(0, W),
        pen.range(172, 196),
        pen.range(1.4, 2.4),
        pen.time === 'night' ? 0.45 : 0.95,
      )
  },
  jungle(pen) {
    sky(pen, 1)
    hills(pen, 72, 12, 2, pen.color('#7cc49a', '#86c99a'))
    hills(pen, 92, 10, 2.6, pen.color('#4fa878', '#58b080'))
    for (let i = 0; i < 7; i++) palm(pen, pen.range(0, W), pen.range(118, 130), pen.range(1, 1.5))
    hills(pen, 126, 4, 1.7, pen.gradient([pen.color('#5cb35a', '#4fa650'), pen.color('#2f7a3f', '#3a7a38')]))
    for (let i = 0; i < 8; i++) fern(pen, pen.range(0, W), pen.range(134, 144), pen.range(0.8, 1.4))
    for (let i = 0; i < 5; i++) {
      const x = pen.range(0, W)
      pen.add(
        path(
          `M${n(x)} 0 q${n(pen.range(-14, 14))} 30 ${n(pen.range(-4, 4))} ${n(pen.range(30, 66))}`,
          'none',
          `stroke="${pen.color('#2f7d45')}" stroke-width="2.2"`,
        ),
      )
    }
    speckle(pen, 140, 60, ['#7fd06a', '#246b38', '#ff8fb0'])
  },
}
