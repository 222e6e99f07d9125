import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contactSheet } from './contact-sheet.ts'
import { readImage } from './decode.ts'
import { drawBoxes, drawPlan } from './draw-boxes.ts'
import { type Frames, sliceFrames, solidFrames } from './frames.ts'
import type { MotionPlan, State } from './motion-plan.ts'
import { writePng } from './png.ts'
import { colorBars, gradient, names, temporaryFolder } from './test-pictures.ts'

const folder = await temporaryFolder()
const size = { height: 72, width: 128 }

test('clips stand in rows with the right frames', async () => {
  // Frame n is of level 10 n.
  const data = Uint8Array.from({ length: 9 * 72 * 128 * 3 }, (_, at) => 10 * Math.floor(at / (72 * 128 * 3)))
  const clip: Frames = { ...size, data, count: 9, channels: 3, fps: 12 }
  const sheet = await readImage(await contactSheet([clip, clip], { framesPerRow: 3 }))
  expect([sheet.width, sheet.height]).toEqual([12 + 3 * 130 - 2 + 12, 12 + 2 * (72 + 12)])
  const level = (x: number, y: number) => sheet.data[(y * sheet.width + x) * 4]
  expect([level(12 + 5, 20), level(12 + 130 + 5, 20), level(12 + 260 + 5, 20)]).toEqual([0, 40, 80])
  expect(level(12 + 5, 12 + 72 + 6)).toBe(255)
})

test('captions are drawn, whatever is in them, beneath their clip', async () => {
  const clips = [colorBars({ ...size, count: 12, fps: 12 }), gradient({ ...size, count: 2, fps: 12 })]
  const labels = [
    'a fox & a <hen> "talk"; then they go on and on, over hill and dale, until the line is full and '.repeat(
      3,
    ),
    '\u0000 雨',
  ]
  const sheet = await readImage(await contactSheet(clips, { labels, columns: 2, framesPerRow: 4 }))
  let ink = 0
  for (let y = 12 + 72 + 2; y < 12 + 72 + 46; y++) {
    for (let x = 12; x < 12 + 4 * 130; x++) if ((sheet.data[(y * sheet.width + x) * 4] ?? 255) < 128) ink += 1
  }
  expect(ink).toBeGreaterThan(500)
  await expect(contactSheet([])).rejects.toMatchObject({ code: 'E_OPTION' })
  await expect(contactSheet(clips, { columns: 0 })).rejects.toMatchObject({ code: 'E_OPTION' })
})

test('a sheet and a frame are written as PNG, and nothing else is', async () => {
  const clip = colorBars({ ...size, count: 3, fps: 12 })
  await writePng(join(folder, 'sheet.png'), await contactSheet(clip))
  await writePng(join(folder, 'frame.png'), sliceFrames(clip, 1, 2))
  expect((await readImage(join(folder, 'frame.png'))).width).toBe(128)
  await expect(writePng(join(folder, 'clip.png'), clip)).rejects.toMatchObject({ code: 'E_SHAPE' })
  await expect(writePng(join(folder, 'none/a.png'), sliceFrames(clip, 0, 1))).rejects.toMatchObject({
    code: 'E_OUTPUT',
  })
  expect(await names(folder)).toEqual(['frame.png', 'sheet.png'])
})

const still: State = {
  centerX: 0.5,
  centerY: 0.5,
  width: 0.5,
  height: 0.5,
  facing: 1,
  phase: 0.25,
  presence: 1,
}
const plan: MotionPlan = {
  fps: 12,
  actors: [{ id: 'fox', phrase: 'a <red> fox', states: [still, { ...still, presence: 0 }] }],
  camera: [],
}

test('a box is drawn on its edge, and only while its actor is there', async () => {
  const frames = solidFrames({ ...size, count: 3, channels: 3, fps: 12 }, [10, 20, 30])
  const drawn = await drawBoxes(frames, plan)
  expect(drawn).toMatchObject({ count: 3, ...size, channels: 3 })
  const red = (frame: number, x: number, y: number) => drawn.data[((frame * 72 + y) * 128 + x) * 3] ?? 0
  expect(red(0, 32, 50)).toBeGreaterThan(100)
  expect(red(0, 40, 60)).toBe(10)
  expect(sliceFrames(drawn, 1, 3).data).toEqual(sliceFrames(frames, 1, 3).data)
})

test('transparent frames stay so where nothing is drawn', async () => {
  const frames = solidFrames({ ...size, count: 1, channels: 4, fps: 12 }, [0, 0, 0, 0])
  const drawn = await drawBoxes(frames, plan)
  expect(drawn.data[3]).toBe(0)
  expect(drawn.data[(50 * 128 + 32) * 4 + 3]).toBeGreaterThan(100)
})

test('a plan can be drawn without frames', async () => {
  expect(await drawPlan(plan, size)).toMatchObject({ count: 2, fps: 12, ...size })
})
