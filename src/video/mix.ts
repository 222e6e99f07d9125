/**
 * `out` = (1 − share) a + share b, of pictures [height, width, channels]; colours weigh by their alpha, so that what
 * is transparent has none to give.
 */
export function mixPictures(
  out: Uint8Array,
  a: Uint8Array,
  b: Uint8Array,
  share: number,
  channels: 3 | 4,
): void {
  for (let at = 0; at < out.length; at += channels) {
    let weightA = 1 - share
    let weightB = share
    if (channels === 4) {
      weightA *= a[at + 3] ?? 0
      weightB *= b[at + 3] ?? 0
      out[at + 3] = Math.round(weightA + weightB)
    }
    const total = weightA + weightB || 1
    for (let c = 0; c < 3; c++) {
      out[at + c] = Math.round((weightA * (a[at + c] ?? 0) + weightB * (b[at + c] ?? 0)) / total)
    }
  }
}
