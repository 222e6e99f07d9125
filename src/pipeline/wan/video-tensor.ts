import { type HostTensor, hostTensor } from '../../graph/index.ts'
import type { Frames } from '../../video/index.ts'

/** RGB frames as the autoencoder takes them: [1, 3, F, H, W] in −1…1. */
export function videoTensor({ data, count, height, width, channels }: Frames): HostTensor {
  const area = count * height * width
  const out = new Float32Array(3 * area)
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < area; i++) out[c * area + i] = (data[i * channels + c] ?? 0) / 127.5 - 1
  }
  return hostTensor(out, [1, 3, count, height, width])
}
