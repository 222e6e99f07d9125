/** [height, width, channels] → [size, size, channels]: means over each new pixel's area. */
export function areaMeans(
  data: Uint8Array | Float32Array,
  width: number,
  height: number,
  channels: number,
  size: number,
  columns: readonly Overlap[] = stretch(width, size, 0, size),
  rows: readonly Overlap[] = stretch(height, size, 0, size),
): Float32Array {
  const narrow = new Float32Array(height * size * channels)
  for (const { from, to, share } of columns) {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < channels; c++) {
        const i = (y * size + to) * channels + c
        narrow[i] = (narrow[i] ?? 0) + (data[(y * width + from) * channels + c] ?? 0) * share
      }
    }
  }
  const out = new Float32Array(size * size * channels)
  const row = size * channels
  for (const { from, to, share } of rows) {
    for (let i = 0; i < row; i++)
      out[to * row + i] = (out[to * row + i] ?? 0) + (narrow[from * row + i] ?? 0) * share
  }
  return out
}

/** An old pixel and a new one that overlap, with the share of the new one that it fills. */
export interface Overlap {
  readonly from: number
  readonly to: number
  readonly share: number
}

/** `length` old pixels stretched over [start, start + width) of `size` new ones. */
export function stretch(length: number, size: number, start: number, width: number): Overlap[] {
  const scale = width / length
  const out: Overlap[] = []
  for (let from = 0; from < length; from++) {
    const [low, high] = [start + from * scale, start + (from + 1) * scale]
    for (let to = Math.max(0, Math.floor(low)); to < Math.min(size, high - 1e-9); to++) {
      const share = Math.min(high, to + 1) - Math.max(low, to)
      if (share > 1e-9) out.push({ from, to, share })
    }
  }
  return out
}
