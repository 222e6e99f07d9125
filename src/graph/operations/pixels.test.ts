import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { bytesOf, hostTensor, localRuntime } from '../session.ts'
import { input } from '../tensor.ts'
import { pictureBytes } from './pixels.ts'

test('pictures become pixels: channels last, the nearest level, nothing beyond black and white', async () => {
  const shape = [2, 3, 2, 1]
  const values = Float32Array.of(
    ...[-1, -0.999, 0, 1, 0.5, -0.5],
    ...[-7, 7, 0.004, -1.001, 1.001, 127 / 127.5 - 1],
  )
  const session = await localRuntime(ort).open(compile({ pixels: pictureBytes(input('x', shape)) }))
  const outputs = await session.run({ x: hostTensor(values, shape) })
  await session.close()
  expect(outputs.pixels?.shape).toEqual([2, 2, 1, 3])
  expect([...bytesOf(outputs, 'pixels')]).toEqual([
    // Picture by picture, pixel by pixel: 0 lies halfway between two levels, and is rounded up.
    ...[0, 128, 191],
    ...[0, 255, 64],
    ...[0, 128, 255],
    ...[255, 0, 127],
  ])
})
