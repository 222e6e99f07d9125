import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type HostTensor, sizeOf } from '../graph/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { parseTensorFile, writeTensorFile } from './tensor-file.ts'

/** A file of a weight folder, and where it comes from. */
const partSchema = z.strictObject({
  /** A name in the manifest's folder. */
  file: z.string().regex(/^\w[\w.-]*$/),
  /** Of the file's bytes, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Numbers in the network; 0 for a file that is no network. */
  parameters: z.int().min(0),
  /** What it learned from. */
  trainedOn: z.string(),
  /** Of this project, when it was trained; null for weights that others published. */
  commit: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
})

const manifestSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1),
  parts: z.record(z.string(), partSchema),
})

export type WeightPart = Readonly<z.infer<typeof partSchema>>

/** The table of contents of a folder of weights: `manifest.json`. */
export type WeightManifest = Readonly<z.infer<typeof manifestSchema>>

/** @throws FramewrightError E_WEIGHTS when there is no manifest, or it is not one */
export async function readManifest(folder: string): Promise<WeightManifest> {
  const path = join(folder, 'manifest.json')
  const bytes = await readOrExplain(path)
  try {
    return manifestSchema.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw new FramewrightError('E_WEIGHTS', `${path} is damaged: ${remedy}`, { cause })
  }
}

/**
 * The bytes of one part, as its manifest describes them.
 * @throws FramewrightError E_WEIGHTS when the part is not listed, or its file is missing, cut short or altered
 */
export async function readPart(folder: string, part: string): Promise<Buffer> {
  const { name, parts } = await readManifest(folder)
  const record = Object.hasOwn(parts, part) ? parts[part] : undefined
  if (!record) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${join(folder, 'manifest.json')} lists no "${part}" of ${name}: train it with "framewright train ${part}", or ${remedy}`,
    )
  }
  const path = join(folder, record.file)
  const bytes = await readOrExplain(path)
  const sha256 = sha256Of(bytes)
  if (sha256 !== record.sha256) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${path} is cut short or altered (sha256 ${sha256.slice(0, 12)}…, expected ${record.sha256.slice(0, 12)}…): ${remedy}`,
    )
  }
  return bytes
}

/**
 * One network's weights as 32-bit numbers, checked against the manifest.
 * @throws FramewrightError E_WEIGHTS as `readPart`, or when the file is no safetensors file
 */
export async function readWeights(folder: string, part: string): Promise<Map<string, HostTensor>> {
  const bytes = await readPart(folder, part)
  try {
    return parseTensorFile(bytes).tensors
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError('E_WEIGHTS', `"${part}" in ${folder} is no file of weights: ${reason}`, {
      cause,
    })
  }
}

/** What a manifest says of a part beyond what can be measured. */
export type WeightNotes = Pick<WeightPart, 'trainedOn' | 'commit' | 'settings'>

/**
 * Writes trained weights in 16 bits as `<part>.safetensors`, and the part's entry in the manifest; others stay.
 * Both files are complete before they take their names; a crash between the two is found by the sha256.
 */
export async function writePart(
  folder: string,
  { name, part }: { readonly name: string; readonly part: string },
  weights: ReadonlyMap<string, HostTensor>,
  notes: WeightNotes,
): Promise<WeightPart> {
  const file = `${part}.safetensors`
  const fresh = join(folder, `${file}.new`)
  await writeTensorFile(fresh, weights, { format: 'framewright', model: name, part }, 'F16')
  const record: WeightPart = {
    file,
    sha256: sha256Of(await readFile(fresh)),
    parameters: [...weights.values()].reduce((n, { shape }) => n + sizeOf(shape), 0),
    ...notes,
  }
  const path = join(folder, 'manifest.json')
  const known = await readManifest(folder).catch(async (error: unknown) => {
    // Only a folder without any manifest starts a new one: a damaged one is the user's to look at.
    if (await readFile(path).catch(() => null)) throw error
    return { format: 1, name, parts: {} } as const
  })
  const manifest: WeightManifest = manifestSchema.parse({
    ...known,
    parts: { ...known.parts, [part]: record },
  })
  try {
    await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`)
    await rename(fresh, join(folder, file))
    await rename(`${path}.new`, path)
  } catch (cause) {
    throw outputError(path, cause)
  }
  return record
}

const remedy = 'reinstall framewright, or in a clone run "git checkout -- weights"'

async function readOrExplain(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const what = code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`
    throw new FramewrightError('E_WEIGHTS', `${path} ${what}: ${remedy}`, { cause })
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
