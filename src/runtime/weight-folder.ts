import { createHash } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeAllWhole } from '../disk/write-whole.ts'
import { type HostTensor, sizeOf } from '../graph/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { mapWeightFile, type WeightFile } from './mapped-weights.ts'
import { parseTensorFile, tensorFileBytes } from './tensor-file.ts'

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
  const bytes = await explain(path, () => readFile(path))
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
  const { path, sha256 } = await findPart(folder, part)
  const bytes = await explain(path, () => readFile(path))
  refuseOther(path, sha256Of(bytes), sha256)
  return bytes
}

/** A part's weights where they lie in their file. */
export interface MappedPart extends WeightFile {
  /** Settles when the file's bytes have been read and compared; until then nothing made of them may leave. */
  readonly checked: Promise<void>
}

/**
 * One network's weights where they lie, without reading them here: their bytes are compared with the manifest beside
 * whatever is done with them.
 * @throws FramewrightError E_WEIGHTS as `readPart`, or when the file is no safetensors file; `checked` rejects with it, too
 */
export async function mapPart(folder: string, part: string): Promise<MappedPart> {
  const { path, sha256 } = await findPart(folder, part)
  const checked = sha256OfFile(path).then((found) => refuseOther(path, found, sha256))
  // Whoever waits for it gets its failure.
  checked.catch(() => {})
  try {
    return { ...(await mapWeightFile(path)), checked }
  } catch (error) {
    // That a file is not what it was says more than what is wrong in it.
    await checked
    throw error
  }
}

async function findPart(
  folder: string,
  part: string,
): Promise<{ readonly path: string; readonly sha256: string }> {
  const { name, parts } = await readManifest(folder)
  const record = Object.hasOwn(parts, part) ? parts[part] : undefined
  if (!record) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${join(folder, 'manifest.json')} lists no "${part}" of ${name}: train it with "framewright train ${part}", or ${remedy}`,
    )
  }
  return { path: join(folder, record.file), sha256: record.sha256 }
}

function refuseOther(path: string, found: string, expected: string): void {
  if (found === expected) return
  throw new FramewrightError(
    'E_WEIGHTS',
    `${path} is cut short or altered (sha256 ${found.slice(0, 12)}…, expected ${expected.slice(0, 12)}…): ${remedy}`,
  )
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
  const bytes = tensorFileBytes(weights, { format: 'framewright', model: name, part }, 'F16')
  const record: WeightPart = {
    file,
    sha256: sha256Of(bytes),
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
  await mkdir(folder, { recursive: true }).catch((cause: unknown) =>
    Promise.reject(outputError(folder, cause)),
  )
  await writeAllWhole([
    [join(folder, file), bytes],
    [path, `${JSON.stringify(manifest, null, 2)}\n`],
  ])
  return record
}

const remedy = 'reinstall framewright, or in a clone run "git checkout -- weights"'

/** Runs something that reads a file; what goes wrong is told with what to do. */
async function explain<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const what = code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`
    throw new FramewrightError('E_WEIGHTS', `${path} ${what}: ${remedy}`, { cause })
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A piece at a time, so that neither memory nor this thread is taken by a whole file: 1 MB takes half a millisecond. */
async function sha256OfFile(path: string): Promise<string> {
  return explain(path, async () => {
    const hash = createHash('sha256')
    const file = await open(path)
    try {
      const piece = new Uint8Array(2 ** 20)
      while (true) {
        const { bytesRead } = await file.read(piece, 0, piece.length)
        if (bytesRead === 0) return hash.digest('hex')
        hash.update(piece.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
    }
  })
}
