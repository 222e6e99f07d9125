/** The part of a square picture that is not empty, in pixels. */
export interface Crop {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The smallest crop that holds all that is not empty in any of the pictures, [frames, size, size, 4]. */
export function cropOf(pictures: Uint8Array, frames: number, size: number): Crop {
  let [left, right, top, bottom] = [size, 0, size, 0]
  for (let y = 0; y < frames * size; y++) {
    for (let x = 0; x < size; x++) {
      if (pictures[(y * size + x) * 4 + 3] === 0) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y % size)
      bottom = Math.max(bottom, (y % size) + 1)
    }
  }
  return {
    left: Math.min(left, right),
    top: Math.min(top, bottom),
    width: Math.max(0, right - left),
    height: Math.max(0, bottom - top),
  }
}

/** [frames, size, size, 4] → [frames, crop.height, crop.width, 4]. */
export function cutOut(pictures: Uint8Array, frames: number, size: number, crop: Crop): Uint8Array {
  const row = crop.width * 4
  const out = new Uint8Array(frames * crop.height * row)
  eachRow(frames, size, crop, (whole, part) => out.set(pictures.subarray(whole, whole + row), part))
  return out
}

/** [frames, crop.height, crop.width, 4] → [frames, size, size, 4]. */
export function putBack(cut: Uint8Array, frames: number, size: number, crop: Crop): Uint8Array {
  const row = crop.width * 4
  const out = new Uint8Array(frames * size * size * 4)
  eachRow(frames, size, crop, (whole, part) => out.set(cut.subarray(part, part + row), whole))
  return out
}

/** Calls back with each row's offset in the whole pictures and in the crops. */
function eachRow(
  frames: number,
  size: number,
  crop: Crop,
  call: (whole: number, part: number) => void,
): void {
  let part = 0
  for (let frame = 0; frame < frames; frame++) {
    for (let y = crop.top; y < crop.top + crop.height; y++, part += crop.width * 4) {
      call(((frame * size + y) * size + crop.left) * 4, part)
    }
  }
}
