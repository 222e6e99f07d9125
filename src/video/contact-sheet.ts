import type { OverlayOptions } from 'sharp'
import { FramewrightError } from '../util/errors.ts'
import { type Frames, sliceFrames } from './frames.ts'
import { escapeXml, printable } from './metadata.ts'

export interface ContactSheetOptions {
  /** How many clips stand side by side. @default 1 */
  readonly columns?: number | undefined
  /** How many frames of each clip are shown, spread evenly from its first to its last. @default 6 */
  readonly framesPerRow?: number | undefined
  /** The caption beneath each clip, in the clips' order; cut to two lines. */
  readonly labels?: readonly string[] | undefined
  /** Of each frame shown, in pixels. @default the first clip's width, 192 at most */
  readonly frameWidth?: number | undefined
}

/**
 * Clips at one glance: a row of frames for each, its caption beneath, on white.
 * @returns the bytes of a PNG, for `writePng`
 * @throws FramewrightError E_OPTION for a number that is not whole and above 0, or when there is nothing to show.
 */
export async function contactSheet(
  clips: Frames | readonly Frames[],
  options: ContactSheetOptions = {},
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const rows = 'data' in clips ? [clips] : clips
  const layout = arrange(rows, options)
  const overlays: OverlayOptions[] = []
  for (const [row, clip] of rows.entries()) {
    const left = GAP + (row % layout.columns) * (layout.clipWidth + GAP)
    const top = GAP + Math.floor(row / layout.columns) * (layout.clipHeight + GAP)
    const chosen = evenly(clip.count, layout.framesPerRow)
    for (const [place, index] of chosen.entries()) {
      const { data, width, height, channels } = sliceFrames(clip, index, index + 1)
      const input = await sharp(data, { raw: { width, height, channels } })
        .resize(layout.frameWidth, layout.frameHeight, { fit: 'contain', background: PAPER })
        .flatten({ background: PAPER })
        .png({ compressionLevel: 1 })
        .toBuffer()
      overlays.push({ input, left: left + place * (layout.frameWidth + SEAM), top })
    }
    const label = options.labels?.[row]
    if (label) overlays.push({ input: caption(label, layout.clipWidth), left, top: top + layout.frameHeight })
  }
  return sharp({ create: { width: layout.width, height: layout.height, channels: 3, background: PAPER } })
    .composite(overlays)
    .png()
    .toBuffer()
}

const PAPER = '#ffffff'
/** Pixels around clips, and between the frames of one. */
const GAP = 12
const SEAM = 2
const FONT_SIZE = 15
const LINE_HEIGHT = 20
/** A letter is about half as wide as high; a little more is safe. */
const LETTER_WIDTH = FONT_SIZE * 0.56

/** Where things go; pixels. */
interface Layout {
  readonly columns: number
  readonly framesPerRow: number
  readonly frameWidth: number
  readonly frameHeight: number
  /** The clip's row of frames with its caption. */
  readonly clipWidth: number
  readonly clipHeight: number
  readonly width: number
  readonly height: number
}

function arrange(clips: readonly Frames[], options: ContactSheetOptions): Layout {
  const [first] = clips
  if (!first || clips.some((clip) => clip.count === 0)) {
    throw new FramewrightError('E_OPTION', 'a contact sheet needs at least one clip, and a frame in each')
  }
  const { columns = 1, framesPerRow = 6, frameWidth = Math.min(first.width, 192) } = options
  for (const [name, value] of Object.entries({ columns, framesPerRow, frameWidth })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new FramewrightError('E_OPTION', `\`${name}\` must be a whole number above 0, got ${value}`)
    }
  }
  const shown = Math.min(framesPerRow, Math.max(...clips.map((clip) => clip.count)))
  const frameHeight = Math.max(1, Math.round((frameWidth * first.height) / first.width))
  const clipWidth = shown * (frameWidth + SEAM) - SEAM
  const lines = Math.max(0, ...(options.labels ?? []).map((label) => wrap(label, clipWidth).length))
  const clipHeight = frameHeight + (lines > 0 ? captionHeight(lines) : 0)
  const columnsUsed = Math.min(columns, clips.length)
  const rows = Math.ceil(clips.length / columns)
  return {
    columns,
    framesPerRow,
    frameWidth,
    frameHeight,
    clipWidth,
    clipHeight,
    width: GAP + columnsUsed * (clipWidth + GAP),
    height: GAP + rows * (clipHeight + GAP),
  }
}

/** `wanted` indices of `count`, evenly from first to last; all where there are not so many. */
export function evenly(count: number, wanted: number): number[] {
  if (count <= wanted) return Array.from({ length: count }, (_, index) => index)
  if (wanted === 1) return [Math.floor(count / 2)]
  return Array.from({ length: wanted }, (_, index) => Math.round((index * (count - 1)) / (wanted - 1)))
}

function captionHeight(lines: number): number {
  return 8 + lines * LINE_HEIGHT
}

function caption(text: string, width: number): Buffer {
  const lines = wrap(text, width)
  const spans = lines.map(
    (line, at) => `<tspan x="0" y="${(at + 1) * LINE_HEIGHT}">${escapeXml(line)}</tspan>`,
  )
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${captionHeight(lines.length)}">
<text font-family="sans-serif" font-size="${FONT_SIZE}" fill="#222222">${spans.join('')}</text></svg>`,
  )
}

/** Breaks at spaces into two lines at most; what does not fit ends in …. */
function wrap(text: string, width: number): string[] {
  const room = Math.max(4, Math.floor(width / LETTER_WIDTH))
  const characters = [...printable(text).replace(/\s+/g, ' ').trim()]
  if (characters.length <= room) return [characters.join('')]
  const space = characters.lastIndexOf(' ', room)
  const end = space > 0 ? space : room
  const rest = characters.slice(space > 0 ? end + 1 : end)
  const second = rest.length <= room ? rest : [...rest.slice(0, room - 1), '…']
  return [characters.slice(0, end).join(''), second.join('')]
}
