import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Shape } from '../../graph/index.ts'
import { readTensorFile, writeTensorFile } from '../../runtime/tensor-file.ts'
import { FramewrightError } from '../../util/errors.ts'
import { outputError } from '../../util/output-error.ts'

/** Everything that the numbers of a run depend on. */
export type RunSettings = Readonly<Record<string, string | number | boolean | null>>

/**
 * What a run has made so far, in a folder: `run.json`, and for each video a file a step with what the network predicted
 * in it. A walk depends on the network through these alone, so that a run goes on to the same bytes from any step.
 */
export interface RunFolder {
  /** The predictions of a video's first steps, in order. */
  predictions(video: number): Promise<Float32Array[]>
  savePrediction(video: number, step: number, predicted: Float32Array, shape: Shape): Promise<void>
  /** Latents after the last step, for other programs; as the transformer has them. */
  saveLatents(video: number, latents: Float32Array, shape: Shape): Promise<void>
  /** Vectors of the texts, or null where none are saved. */
  texts(): Promise<Float32Array[] | null>
  saveTexts(texts: readonly Float32Array[]): Promise<void>
}

const manifest = 'run.json'

/**
 * Opens a folder for a run: an empty one, or with `resume` one that holds a run with the same settings.
 * @throws FramewrightError E_OPTION when it holds another run, or one that is not to be gone on with; E_OUTPUT
 */
export async function openRunFolder(
  folder: string,
  settings: RunSettings,
  resume: boolean,
): Promise<RunFolder> {
  const path = join(folder, manifest)
  const known = await readFile(path, 'utf8').catch(() => null)
  if (known !== null && !resume) {
    throw new FramewrightError(
      'E_OPTION',
      `${folder} holds an unfinished run: go on with it (--resume), or remove the folder`,
    )
  }
  if (known === null && resume) {
    throw new FramewrightError('E_OPTION', `${folder} holds no run to go on with: leave \`resume\` out`)
  }
  if (known === null) {
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(`${path}.tmp`, `${JSON.stringify(settings, null, 2)}\n`)
      await rename(`${path}.tmp`, path)
    } catch (cause) {
      throw outputError(path, cause)
    }
  } else checkSame(folder, known, settings)
  return new Folder(folder)
}

/** Removes what a run has saved, when its video is where it should be. */
export async function removeRunFolder(folder: string): Promise<void> {
  const isRun = await readFile(join(folder, manifest)).catch(() => null)
  if (isRun !== null) await rm(folder, { recursive: true, force: true })
}

function checkSame(folder: string, known: string, settings: RunSettings): void {
  let saved: Record<string, unknown>
  try {
    saved = JSON.parse(known) as Record<string, unknown>
  } catch (cause) {
    throw new FramewrightError('E_OPTION', `${join(folder, manifest)} is damaged: remove the folder`, {
      cause,
    })
  }
  const names = [...new Set([...Object.keys(settings), ...Object.keys(saved)])]
  const other = names.filter((name) => !isDeepStrictEqual(saved[name], settings[name]))
  if (other.length === 0) return
  const list = other.map(
    (name) => `${name} ${JSON.stringify(saved[name])}, now ${JSON.stringify(settings[name])}`,
  )
  throw new FramewrightError(
    'E_OPTION',
    `${folder} holds a run with other settings (${list.join('; ')}): give the same, or remove the folder`,
  )
}

class Folder implements RunFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async predictions(video: number): Promise<Float32Array[]> {
    const names = new Set(await readdir(this.#folder))
    const found: Float32Array[] = []
    while (names.has(stepFile(video, found.length))) {
      found.push(await this.#read(stepFile(video, found.length), 'predicted'))
    }
    return found
  }

  savePrediction(video: number, step: number, predicted: Float32Array, shape: Shape): Promise<void> {
    return this.#write(stepFile(video, step), new Map([['predicted', { data: predicted, shape }]]))
  }

  saveLatents(video: number, latents: Float32Array, shape: Shape): Promise<void> {
    return this.#write(`video-${video}-latents.safetensors`, new Map([['latents', { data: latents, shape }]]))
  }

  async texts(): Promise<Float32Array[] | null> {
    if (!(await readdir(this.#folder)).includes(textFile)) return null
    const { tensors } = await readTensorFile(join(this.#folder, textFile))
    return [...tensors].sort(([a], [b]) => Number(a) - Number(b)).map(([, { data }]) => data as Float32Array)
  }

  saveTexts(texts: readonly Float32Array[]): Promise<void> {
    return this.#write(
      textFile,
      new Map(texts.map((data, i) => [`${i}`, { data, shape: [data.length] }] as const)),
    )
  }

  async #read(file: string, name: string): Promise<Float32Array> {
    const { tensors } = await readTensorFile(join(this.#folder, file))
    const data = tensors.get(name)?.data
    if (data instanceof Float32Array) return data
    throw new FramewrightError(
      'E_OPTION',
      `${join(this.#folder, file)} holds no "${name}": remove the folder`,
    )
  }

  async #write(
    file: string,
    tensors: ReadonlyMap<string, { data: Float32Array; shape: Shape }>,
  ): Promise<void> {
    const held = new Map(
      [...tensors].map(([name, one]) => [name, { ...one, dtype: 'f32' as const }] as const),
    )
    await writeTensorFile(join(this.#folder, file), held, {}, 'F32')
  }
}

const textFile = 'texts.safetensors'

const stepFile = (video: number, step: number): string =>
  `video-${video}-step-${String(step).padStart(3, '0')}.safetensors`
