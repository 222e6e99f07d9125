import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FramewrightError } from '../util/errors.ts'
import { createRandom } from '../util/random.ts'
import { actorOf, actors } from './actors.ts'
import { decodeLoop, rasterise } from './pack-art.ts'
import { type Crop, cropOf, cutOut, putBack } from './pack-crop.ts'
import { openPackWriter } from './pack-writer.ts'
import { props } from './props.ts'
import { type Backdrop, backdropsOf, drawSetting } from './setting-art.ts'
import { type SettingName, settingNames, settingVariants } from './settings.ts'
import {
  type Canvas,
  canvasHeight,
  canvasKey,
  canvasWidth,
  createSprite,
  type Sprite,
  spriteSizes,
  type WorldPack,
} from './world-pack.ts'

export interface BuildPackOptions {
  /** Where `npm install` of `world-data/` put the art. @default 'world-data/node_modules' */
  readonly source?: string | undefined
  /** Where the pack goes. @default '.cache/world' */
  readonly target?: string | undefined
  /** Ids of the actors to take. @default all */
  readonly cast?: readonly string[] | undefined
  /** The settings to draw. @default all */
  readonly places?: readonly SettingName[] | undefined
  /** `small` is for tests: 32×32 sprites of 8 pictures, one canvas of 64×48 a setting, time, season and sky. @default 'full' */
  readonly detail?: 'full' | 'small' | undefined
  /** Called after every picture that is done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** A picture of the pack: what it is made from (a loop's code point, or a drawing's hash), and how many pictures. */
interface SpriteRow {
  readonly id: string
  readonly from: string
  readonly frames: number
}

interface CanvasRow {
  readonly key: string
  readonly from: string
  readonly variants: number
}

/** What a pack holds. */
interface PackContents {
  readonly spriteSize: number
  readonly canvasWidth: number
  readonly canvasHeight: number
  readonly sprites: readonly SpriteRow[]
  readonly canvases: readonly CanvasRow[]
}

/**
 * The pack's table of contents, `pack.json`; the pixels lie in its order in `sprites.bin` and `canvases.bin`. Of a
 * sprite only its crop is kept: what lies around it is empty in all of its pictures.
 */
interface PackIndex {
  /** How the files are laid out; a pack of another format is built again. */
  readonly format: typeof packFormat
  /** What it was asked to hold; absent for all. */
  readonly made: Pick<BuildPackOptions, 'cast' | 'places' | 'detail'>
  readonly contents: PackContents
  readonly crops: readonly Crop[]
}

/** 1 held whole squares, without their crops and without a number. */
const packFormat = 2

/** What a pack holds of each thing; `frames` is the most pictures of a loop, spread evenly over it. */
const details = {
  full: { spriteSize: spriteSizes[0], frames: 1000, variants: settingVariants, canvasWidth, canvasHeight },
  small: { spriteSize: 32, frames: 8, variants: 1, canvasWidth: 64, canvasHeight: 48 },
} as const
type Detail = (typeof details)[keyof typeof details]

const defaultTarget = '.cache/world'

/** What a pack of these options holds. */
function contentsOf(options: BuildPackOptions): PackContents {
  const detail = details[options.detail ?? 'full']
  const cast = options.cast?.map(actorOf) ?? actors
  const places = options.places ?? settingNames
  return {
    spriteSize: detail.spriteSize,
    canvasWidth: detail.canvasWidth,
    canvasHeight: detail.canvasHeight,
    sprites: [
      ...cast.map(({ id, codePoint, pictures }) => ({
        id,
        from: codePoint,
        frames: Math.min(pictures, detail.frames),
      })),
      ...props.map((prop) => ({
        id: prop.id,
        from: prop.svg === null ? prop.codePoint : hashOf(prop.svg),
        frames: Math.min(prop.frames, detail.frames),
      })),
    ],
    canvases: places.flatMap(backdropsOf).map((backdrop) => ({
      key: canvasKey(backdrop.setting, backdrop.time, backdrop.season, backdrop.sky),
      from: hashOf(svgOf(backdrop, 0)),
      variants: Math.min(backdrop.variants, detail.variants),
    })),
  }
}

/**
 * Decodes the actors' loops and draws the settings: sprites of 96×96 at 12 pictures a second, canvases of 256×192.
 * Takes about three minutes and 600 MB on disk the first time; pictures that an older pack in the same place holds
 * already are taken from there.
 * @throws FramewrightError E_DATA when the art is not installed
 */
export async function buildPack(options: BuildPackOptions = {}): Promise<void> {
  const source = options.source ?? 'world-data/node_modules'
  const target = options.target ?? defaultTarget
  const detail = details[options.detail ?? 'full']
  const contents = contentsOf(options)
  const backdrops = (options.places ?? settingNames).flatMap(backdropsOf)
  const total = contents.sprites.length + contents.canvases.length
  let done = 0
  const step = (): void => {
    options.signal?.throwIfAborted()
    options.onProgress?.(++done, total)
  }
  await mkdir(target, { recursive: true })
  const old = await oldPictures(target, contents)
  const crops: Crop[] = []
  const writer = await openPackWriter(target)
  try {
    const picturesOf = async (row: SpriteRow): Promise<Uint8Array> =>
      old.sprite(row) ?? spriteOf(row, source, detail)
    for await (const [row, pictures] of oneAhead(contents.sprites, picturesOf)) {
      const crop = cropOf(pictures, row.frames, contents.spriteSize)
      crops.push(crop)
      await writer.sprites(cutOut(pictures, row.frames, contents.spriteSize, crop))
      step()
    }
    for (const [i, row] of contents.canvases.entries()) {
      const backdrop = backdrops[i]
      for (let variant = 0; backdrop && variant < row.variants; variant++)
        await writer.canvases(
          await rasterise(svgOf(backdrop, variant), detail.canvasWidth, detail.canvasHeight),
        )
      step()
    }
    const { cast, places } = options
    const made = { cast, places, detail: options.detail }
    await writer.finish(JSON.stringify({ format: packFormat, made, contents, crops } satisfies PackIndex))
  } finally {
    await writer.close()
  }
}

/** Each item with what is made of it, in order; the next is begun before the last is taken. */
async function* oneAhead<Item, Made>(
  items: readonly Item[],
  make: (item: Item) => Promise<Made>,
): AsyncGenerator<readonly [Item, Made]> {
  const begin = (index: number): Promise<Made> | undefined => {
    const item = items[index]
    const made = item === undefined ? undefined : make(item)
    // Whoever waits for it hears of a failure; one that nobody waits for any more must not end the process.
    made?.catch(() => {})
    return made
  }
  let next = begin(0)
  for (const [i, item] of items.entries()) {
    const now = next
    next = begin(i + 1)
    if (now !== undefined) yield [item, await now]
  }
}

/** Pictures of a row: the actor's loop or the drawing, [frames, size, size, 4] premultiplied. */
async function spriteOf(
  { id, frames }: SpriteRow,
  source: string,
  { spriteSize }: Detail,
): Promise<Uint8Array> {
  const prop = props.find((one) => one.id === id)
  if (prop && prop.svg !== null) return rasterise(prop.svg, spriteSize, spriteSize, { alpha: 'with-alpha' })
  const { codePoint, loopFrames } = prop ?? actorOf(id)
  return decodeLoop({ source, codePoint, loopFrames, frames, size: spriteSize })
}

function svgOf(backdrop: Backdrop, variant: number): string {
  return drawSetting(backdrop, createRandom(variant, settingNames.indexOf(backdrop.setting)))
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/**
 * Reads the pack, and builds it first where there is none, where it has another format, or where what it was asked to
 * hold has changed since.
 * @param folder @default '.cache/world'
 * @throws FramewrightError E_DATA when it must be built and the art is not installed
 */
export async function openPack(folder = defaultTarget): Promise<WorldPack> {
  const index = await readIndex(folder).catch(() => null)
  const made = index?.made ?? {}
  const isToday = JSON.stringify(index?.contents) === JSON.stringify(contentsOf(made))
  if (!isToday) await buildPack({ ...made, target: folder })
  return loadPack(folder)
}

/**
 * Reads a pack that `buildPack` made. Pictures are read from disk when they are first drawn.
 * @param folder @default '.cache/world'
 * @throws FramewrightError E_DATA when there is none, or it is not whole
 */
export async function loadPack(folder = defaultTarget): Promise<WorldPack> {
  const { contents, crops } = await readIndex(folder)
  const { spriteSize } = contents
  const rows = contents.sprites.map((row, i) => {
    const crop = crops[i] ?? { left: 0, top: 0, width: spriteSize, height: spriteSize }
    return { ...row, crop, bytes: row.frames * crop.width * crop.height * 4 }
  })
  const spriteTotal = rows.reduce((sum, { bytes }) => sum + bytes, 0)
  const spriteFile = await openPart(folder, 'sprites.bin', spriteTotal)
  const sprites = new Map<string, Sprite>()
  let offset = 0
  for (const { id, frames, crop, bytes } of rows) {
    const from = offset
    const read = (): Uint8Array => putBack(spriteFile(from, bytes), frames, spriteSize, crop)
    sprites.set(id, createSprite(read, frames, spriteSize))
    offset += bytes
  }
  return { sprites, canvases: await openCanvases(folder, contents) }
}

async function openCanvases(folder: string, contents: PackContents): Promise<Map<string, Canvas[]>> {
  const size = contents.canvasWidth * contents.canvasHeight * 3
  const total = contents.canvases.reduce((sum, { variants }) => sum + size * variants, 0)
  const file = await openPart(folder, 'canvases.bin', total)
  const canvases = new Map<string, Canvas[]>()
  let offset = 0
  for (const { key, variants } of contents.canvases) {
    const list: Canvas[] = []
    for (let v = 0; v < variants; v++, offset += size) {
      const from = offset
      list.push(lazyCanvas(contents, () => file(from, size)))
    }
    canvases.set(key, list)
  }
  return canvases
}

function lazyCanvas(
  { canvasWidth: width, canvasHeight: height }: PackContents,
  read: () => Uint8Array,
): Canvas {
  let data: Uint8Array | null = null
  return {
    width,
    height,
    get data() {
      data ??= read()
      return data
    },
  }
}

async function readIndex(folder: string): Promise<PackIndex> {
  let index: Partial<PackIndex>
  try {
    index = JSON.parse(await readFile(join(folder, 'pack.json'), 'utf8')) as Partial<PackIndex>
  } catch (cause) {
    throw new FramewrightError('E_DATA', `no world pack in ${folder}: build it first (buildPack)`, { cause })
  }
  if (index.format === packFormat) return index as PackIndex
  throw new FramewrightError(
    'E_DATA',
    `the world pack in ${folder} has format ${index.format ?? 1}, and this version reads ${packFormat}: build it again (buildPack, or openPack, which does)`,
  )
}

/** A reader of stretches of a file. @throws FramewrightError E_DATA when it is not `length` bytes long */
async function openPart(
  folder: string,
  name: string,
  length: number,
): Promise<(offset: number, length: number) => Uint8Array> {
  const path = join(folder, name)
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size !== length)
    throw new FramewrightError('E_DATA', `the world pack is cut short (${path}): build it again`)
  return (offset, bytes) => {
    const out = new Uint8Array(bytes)
    const file = openSync(path, 'r')
    try {
      readSync(file, out, 0, bytes, offset)
    } finally {
      closeSync(file)
    }
    return out
  }
}

/** Sprites of the pack that lies there, for those rows that are the same. */
async function oldPictures(
  folder: string,
  { spriteSize }: PackContents,
): Promise<{ sprite(row: SpriteRow): Uint8Array | null }> {
  const old = await readIndex(folder).catch(() => null)
  const pack = old?.contents?.spriteSize === spriteSize ? await loadPack(folder).catch(() => null) : null
  const rows = new Map(pack ? old?.contents.sprites.map((row) => [row.id, row]) : [])
  return {
    sprite(row) {
      const isSame = JSON.stringify(rows.get(row.id)) === JSON.stringify(row)
      return (isSame && pack?.sprites.get(row.id)?.levels[0]?.data) || null
    },
  }
}
