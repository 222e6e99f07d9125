import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodeStream, decodeVideo, readImage } from './decode.ts'
import { encodeVideo } from './encode.ts'
import { sliceFrames } from './frames.ts'
import { colorBars, ffmpegDecode, ffmpegProgram, gradient, psnr, temporaryFolder } from './test-pictures.ts'

const folder = await temporaryFolder()
const bars = colorBars({ count: 24, height: 64, width: 96, fps: 24 })

test('a range, from bytes, starts and ends where it should', async () => {
  const { path } = await encodeVideo(bars, join(folder, 'range.mp4'))
  const part = await decodeVideo(await readFile(path), { startSeconds: 0.25, endSeconds: 0.5 })
  expect(part.count).toBe(6)
  expect(psnr(part.data, sliceFrames(bars, 6, 12).data)).toBeGreaterThan(30)
})

test('a stream stops when asked', async () => {
  const { path } = await encodeVideo(bars, join(folder, 'stop.webm'))
  const abort = new AbortController()
  const reading = (async () => {
    for await (const _ of decodeStream(path, { signal: abort.signal })) abort.abort(new Error('enough'))
  })()
  await expect(reading).rejects.toThrow('enough')
})

test('a program that does nothing else lives until its video is written and read', async () => {
  const program = `
    const { encodeVideo, decodeVideo, solidFrames } = await import(process.argv[1])
    const frames = solidFrames({ count: 40, height: 128, width: 128, channels: 3, fps: 24 }, [9, 99, 199])
    await encodeVideo(frames, process.argv[2])
    console.log((await decodeVideo(process.argv[2])).count)`
  const index = new URL('./index.ts', import.meta.url).href
  const args = ['--import', 'tsx', '--input-type=module', '-e', program, index, join(folder, 'alone.mp4')]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toBe('40\n')
})

// FFmpeg writes what we do not: other matrices, ranges and layouts, odd sizes, turned pictures.
test.each([
  ['BT.601', ['-vf', 'scale=out_color_matrix=bt601', '-colorspace', 'smpte170m', '-pix_fmt', 'yuv420p']],
  [
    'full range',
    [
      '-vf',
      'scale=out_color_matrix=bt709:out_range=full',
      '-colorspace',
      'bt709',
      '-color_range',
      'pc',
      '-pix_fmt',
      'yuv420p',
    ],
  ],
  ['4:4:4', ['-vf', 'scale=out_color_matrix=bt709', '-colorspace', 'bt709', '-pix_fmt', 'yuv444p']],
  ['4:2:2', ['-vf', 'scale=out_color_matrix=bt709', '-colorspace', 'bt709', '-pix_fmt', 'yuv422p']],
])('a file in %s has the same colours', async (name, args) => {
  const original = gradient({ count: 8, height: 64, width: 96, fps: 24 })
  const path = join(folder, `${name.replace(/\W/g, '')}.mp4`)
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '96x64', '-r', '24', '-i', 'pipe:0']
  await ffmpegProgram(
    'ffmpeg',
    ['-v', 'error', ...input, ...args, '-c:v', 'libx264', '-crf', '4', path],
    original.data,
  )
  const decoded = await decodeVideo(path)
  expect(psnr(decoded.data, original.data)).toBeGreaterThan(38)
  expect(psnr(decoded.data, await ffmpegDecode(path))).toBeGreaterThan(38)
})

test('a film on its side is turned upright', async () => {
  const { path } = await encodeVideo(
    gradient({ count: 4, height: 64, width: 96, fps: 24 }),
    join(folder, 'flat.mp4'),
  )
  for (const degrees of [90, 180, 270]) {
    const turned = join(folder, `turned-${degrees}.mp4`)
    const rotate = ['-v', 'error', '-i', path, '-c', 'copy', '-metadata:s:v', `rotate=${degrees}`, turned]
    await ffmpegProgram('ffmpeg', rotate)
    const decoded = await decodeVideo(turned)
    expect(psnr(decoded.data, await ffmpegDecode(turned))).toBeGreaterThan(38)
  }
})

test('a picture comes upright as RGBA, whatever it was', async () => {
  const data = Uint8Array.from([255, 0, 0, 0, 0, 255])
  const image = sharp(data, { raw: { width: 2, height: 1, channels: 3 } })
  const path = join(folder, 'picture.png')
  await writeFile(path, await image.clone().png().toBuffer())
  expect(await readImage(path)).toMatchObject({ count: 1, width: 2, height: 1, channels: 4 })
  expect([...(await readImage(path)).data]).toEqual([255, 0, 0, 255, 0, 0, 255, 255])
  // EXIF orientation 6: to be turned a quarter clockwise.
  const turned = await image.clone().withMetadata({ orientation: 6 }).png().toBuffer()
  expect(await readImage(turned)).toMatchObject({ width: 1, height: 2 })
  const grey = await sharp(data, { raw: { width: 2, height: 1, channels: 3 } })
    .greyscale()
    .png()
    .toBuffer()
  expect((await readImage(grey)).data.length).toBe(8)
})

test('what cannot be read is named', async () => {
  const text = join(folder, 'text.mp4')
  await writeFile(text, 'not a video at all')
  const failure = (message: RegExp) => ({ code: 'E_DATA', message: expect.stringMatching(message) })
  await expect(decodeVideo(text)).rejects.toMatchObject(failure(/text\.mp4 is not a video that can be read/))
  await expect(decodeVideo(join(folder, 'none.mp4'))).rejects.toMatchObject(
    failure(/none\.mp4 cannot be opened/),
  )
  await expect(decodeVideo(folder)).rejects.toMatchObject(failure(/is a folder/))
  await expect(readImage(text)).rejects.toMatchObject(failure(/is not a picture/))
  await expect(readImage(new Uint8Array(0))).rejects.toMatchObject(failure(/is not a picture/))
  const cut = await readFile((await encodeVideo(bars, join(folder, 'whole.mp4'))).path)
  await expect(decodeVideo(cut.subarray(0, 200))).rejects.toMatchObject({ code: 'E_DATA' })
})
