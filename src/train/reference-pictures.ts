import { settingReference } from '../world/reference.ts'
import type { SettingLook } from '../world/settings.ts'
import type { WorldPack } from '../world/world-pack.ts'

/**
 * A setting's view as the networks take it: RGBA in [0, 1], [4, size, size].
 * @param size of a side, in pixels @default 64
 */
export function settingPicture(
  { setting, time, season, weather }: SettingLook,
  pack: WorldPack,
  variant: number,
  size?: number,
): Float32Array {
  const rgb = settingReference(setting, time, variant, pack, { size, season, weather })
  const area = rgb.length / 3
  const out = new Float32Array(area * 4).fill(1)
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) out[c * area + i] = (rgb[i * 3 + c] ?? 0) / 255
  }
  return out
}

/** Straight RGBA bytes [N, N, 4] → premultiplied numbers [4, N, N] in [0, 1]. */
export function premultiplied(rgba: Uint8Array): Float32Array {
  const area = rgba.length / 4
  const out = new Float32Array(rgba.length)
  for (let i = 0; i < area; i++) {
    const alpha = (rgba[i * 4 + 3] ?? 0) / 255
    for (let c = 0; c < 3; c++) out[c * area + i] = ((rgba[i * 4 + c] ?? 0) / 255) * alpha
    out[3 * area + i] = alpha
  }
  return out
}
