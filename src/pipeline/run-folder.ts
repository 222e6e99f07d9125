import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../disk/write-whole.ts'
import { type HostTensor, hostTensor } from '../graph/index.ts'
import type { PaintedChunk } from '../models/chunk-painter.ts'
import { readTensorFile, writeTensorFile } from '../runtime/index.ts'
import { parseStoryboard, type Storyboard } from '../story/index.ts'
import { takeRunFolder } from './run-record.ts'
import type { ValidOptions } from './validate.ts'

/**
 * A toybox run's finished parts, kept in a folder: what was asked for, the storyboard, and every painted chunk. The same run
 * begun again with that folder takes them from there, and ends with the same frames as if it had never been stopped.
 */
export interface RunFolder {
  /** The storyboard that was planned; null where none has been yet. */
  storyboard(): Promise<Storyboard | null>
  keepStoryboard(storyboard: Storyboard): Promise<void>
  /** A painted chunk of a shot; null where it has not been painted, or its file is damaged. */
  chunk(shot: number, chunk: number): Promise<PaintedChunk | null>
  keepChunk(shot: number, chunk: number, painted: PaintedChunk): Promise<void>
}

/**
 * Opens the folder of a run: a new or empty one is begun; one of the same run is gone on with.
 * @param weights a fingerprint of the weights; its first half is compared
 * @throws FramewrightError E_OPTION when the folder is of another run or of something else; E_OUTPUT
 */
export async function openRun(path: string, options: ValidOptions, weights: string): Promise<RunFolder> {
  const { director, characters, width, height, preview: _preview, run: _run, ...rest } = options
  await takeRunFolder(path, {
    model: 'toybox',
    weights: weights.slice(0, 32),
    isDirected: director !== undefined,
    options: { ...rest, size: `${width}x${height}` },
    characters,
  })
  return runFolder(path)
}

function runFolder(path: string): RunFolder {
  const board = join(path, 'storyboard.json')
  const chunkFile = (shot: number, chunk: number): string =>
    join(path, `shot-${shot + 1}-chunk-${chunk + 1}.safetensors`)
  return {
    storyboard: async () => {
      const text = await readFile(board, 'utf8').catch(() => null)
      return text === null ? null : parseStoryboard(text)
    },
    keepStoryboard: async (storyboard) => writeWhole(board, `${JSON.stringify(storyboard, null, 2)}\n`),
    chunk: async (shot, chunk) => {
      const file = chunkFile(shot, chunk)
      const read = await readTensorFile(file).catch(() => null)
      const latents = read?.tensors.get('latents')?.data
      if (!read || !(latents instanceof Float32Array)) {
        await rm(file, { force: true })
        return null
      }
      const maps: Float32Array[] = []
      for (let map = read.tensors.get('map.0'); map; map = read.tensors.get(`map.${maps.length}`)) {
        if (map.data instanceof Float32Array) maps.push(map.data)
      }
      return { latents, maps }
    },
    keepChunk: async (shot, chunk, { latents, maps }) => {
      const tensors = new Map<string, HostTensor>([['latents', hostTensor(latents, [latents.length])]])
      for (const [i, map] of maps.entries()) tensors.set(`map.${i}`, hostTensor(map, [map.length]))
      await writeTensorFile(chunkFile(shot, chunk), tensors, { format: 'framewright' }, 'F32')
    },
  }
}
