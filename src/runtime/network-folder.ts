import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import type { MappedWeight } from '../graph/compile.ts'
import { FramewrightError } from '../util/errors.ts'
import { mapWeightFile, type WeightFile } from './mapped-weights.ts'

/** Names under which diffusers and transformers save a network. */
const publishedStems = ['diffusion_pytorch_model', 'model']

const ending = '.safetensors'
export const indexEnding = '.safetensors.index.json'
const pickleEndings = /\.(?:bin|pth|pt|ckpt|pkl)$/i

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) })

/**
 * The weights of one network that diffusers or transformers saved: a safetensors file, or several with an index
 * (`<name>.safetensors.index.json`). Only headers are read.
 * @throws FramewrightError E_WEIGHTS when there is none, or several, or a pickle file only; when a file is not
 *   well-formed; when index and files name different tensors
 */
export async function mapNetworkFolder(folder: string): Promise<WeightFile> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new FramewrightError(
      'E_WEIGHTS',
      `the folder ${folder} cannot be read: give one with a network’s files`,
      {
        cause,
      },
    )
  })
  const index = chosen(names, indexEnding, folder)
  if (index !== null) return mapNetworkIndex(join(folder, index))
  const file = chosen(names, ending, folder)
  if (file !== null) return mapNetworkFile(join(folder, file))
  const pickle = names.find((name) => pickleEndings.test(name))
  if (pickle !== undefined) throw pickleError(join(folder, pickle))
  throw new FramewrightError('E_WEIGHTS', `${folder} holds no ${ending} file`)
}

/**
 * The weights of one safetensors file.
 * @throws FramewrightError E_WEIGHTS when it is not well-formed, or a pickle file
 */
export async function mapNetworkFile(path: string): Promise<WeightFile> {
  if (pickleEndings.test(path)) throw pickleError(path)
  try {
    return await mapWeightFile(path)
  } catch (cause) {
    if (!FramewrightError.is(cause) || cause.message.includes(path)) throw cause
    throw new FramewrightError('E_WEIGHTS', `${path}: ${cause.message}`, { cause })
  }
}

export function isPickle(path: string): boolean {
  return pickleEndings.test(path)
}

/** Reading a pickle runs what is written in it: no such file is opened, whoever made it. */
export function pickleError(path: string): FramewrightError {
  return new FramewrightError(
    'E_WEIGHTS',
    `${path} is a pickle file, which runs code of its author when it is read, and is not opened: take the same weights as ${ending}`,
  )
}

/** The only file with this ending, or the one with a published name. */
function chosen(names: readonly string[], end: string, folder: string): string | null {
  const found = names.filter((name) => name.endsWith(end)).sort()
  const published = publishedStems.map((stem) => `${stem}${end}`).find((name) => found.includes(name))
  if (published !== undefined) return published
  if (found.length > 1) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${folder} holds several networks (${found.slice(0, 4).join(', ')}${found.length > 4 ? ' …' : ''}): leave one of them there`,
    )
  }
  return found[0] ?? null
}

/**
 * The weights of a network in several safetensors files, by its index beside them.
 * @throws FramewrightError E_WEIGHTS when a file is not well-formed, or index and files name different tensors
 */
export async function mapNetworkIndex(index: string): Promise<WeightFile> {
  const folder = dirname(index)
  const places = await readIndex(index)
  const weights = new Map<string, MappedWeight>()
  const problems: string[] = []
  for (const shard of [...new Set(places.values())].sort()) {
    const { weights: found } = await mapNetworkFile(join(folder, shard))
    for (const [name, weight] of found) {
      if (places.get(name) === shard) weights.set(name, weight)
      else problems.push(`${name} is in ${shard} and not in the index`)
    }
  }
  for (const [name, shard] of places) if (!weights.has(name)) problems.push(`${name} is not in ${shard}`)
  if (problems.length === 0) return { weights, weightFolder: resolve(folder) }
  const more = problems.length > 6 ? ` and ${problems.length - 6} more` : ''
  throw new FramewrightError(
    'E_WEIGHTS',
    `${index} does not fit its files (${problems.slice(0, 6).join('; ')}${more})`,
  )
}

/** Which file each tensor lies in. */
async function readIndex(path: string): Promise<Map<string, string>> {
  const index = await readJson(path)
  const parsed = indexSchema.safeParse(index)
  if (!parsed.success) throw new FramewrightError('E_WEIGHTS', `${path} is no index of safetensors files`)
  const places = new Map(Object.entries(parsed.data.weight_map))
  for (const file of places.values()) {
    // A name with a path in it could point anywhere.
    if (basename(file) !== file || !file.endsWith(ending)) {
      throw new FramewrightError('E_WEIGHTS', `${path} names "${file}", which is no ${ending} file beside it`)
    }
  }
  return places
}

/** @throws FramewrightError E_WEIGHTS when it is missing, or no JSON */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FramewrightError('E_WEIGHTS', `${path} cannot be read`, { cause })
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FramewrightError('E_WEIGHTS', `${path} is no JSON`, { cause })
  }
}

/** What lies at a path. */
export async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  const found = await stat(path).catch(() => null)
  return found === null ? 'nothing' : found.isDirectory() ? 'folder' : 'file'
}

/** Bytes that the weights take in their files. */
export function bytesOf(weights: ReadonlyMap<string, MappedWeight>): number {
  return [...weights.values()].reduce((sum, { length }) => sum + length, 0)
}
