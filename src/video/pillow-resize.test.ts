import { expect, test } from 'vitest'
import type { HostTensor } from '../graph/tensor.ts'
import { readGoldenFile } from '../graph/test-golden.ts'
import { createFrames, type Frames } from './frames.ts'
import { type PillowFilter, resizeLikePillow } from './pillow-resize.ts'

const golden = readGoldenFile('wan-image')
const cases = Object.entries(golden.configs.resize as Record<string, PillowFilter>)

function pictureOf({ data, shape }: HostTensor): Frames {
  const [height = 0, width = 0] = shape
  return createFrames({
    data: Uint8Array.from(data as Float32Array),
    count: 1,
    height,
    width,
    channels: 3,
    fps: 1,
  })
}

test.each(cases)('%s: every pixel is Pillow’s (%s)', (name, filter) => {
  const from = pictureOf(golden.get(`resize/${name}/from`))
  const to = pictureOf(golden.get(`resize/${name}/to`))
  expect(resizeLikePillow(from, to, filter)).toEqual(to)
})
