import { join } from 'node:path'
import { type HostTensor, hostTensor, type Shape } from '../../graph/index.ts'
import { readTensorFile, writeTensorFile } from '../../runtime/tensor-file.ts'
import { type Run, takeRunFolder } from '../run-record.ts'

/**
 * What a run of Wan has made so far, in a folder: `run.json`, and for each shot of each video a file a step with what the
 * network predicted in it. A walk depends on the network through these alone, so that a run goes on to the same bytes from any step.
 */
export interface WanRunFolder {
  /** The predictions of a shot's first steps, in order, up to the first that is missing or damaged. */
  predictions(part: FilmPart): Promise<Float32Array[]>
  savePrediction(part: FilmPart, step: number, predicted: Float32Array, shape: Shape): Promise<void>
  /** Latents after the last step, for other programs; as the transformer has them. */
  saveLatents(part: FilmPart, latents: Float32Array, shape: Shape): Promise<void>
  /** Vectors of the texts, or null where none are saved, or their file is damaged. */
  texts(): Promise<Float32Array[] | null>
  saveTexts(texts: readonly Float32Array[]): Promise<void>
  /** What was read of the given pictures, or null as of the texts. */
  pictures(): Promise<SavedPictures | null>
  savePictures(pictures: SavedPictures): Promise<void>
}

/** Counted from 0; `shot` is null where there is one only. */
export interface FilmPart {
  readonly video: number
  readonly shot: number | null
}

/** As `ReadPictures`, but for the shapes, which follow from the checkpoint. */
export interface SavedPictures {
  readonly features: Float32Array
  readonly condition: Float32Array
}

/**
 * Opens the folder of a run: a new or empty one is begun; one of the same run is gone on with.
 * @throws FramewrightError E_OPTION when the folder is of another run or of something else; E_OUTPUT
 */
export async function openWanRun(path: string, run: Run): Promise<WanRunFolder> {
  await takeRunFolder(path, run)
  return {
    predictions: async (part) => {
      const found: Float32Array[] = []
      while (true) {
        const predicted = (await readFloats(join(path, stepFile(part, found.length))))?.get('predicted')
        if (!predicted) return found
        found.push(predicted)
      }
    },
    savePrediction: (part, step, predicted, shape) =>
      write(join(path, stepFile(part, step)), { predicted: hostTensor(predicted, shape) }),
    saveLatents: (part, latents, shape) =>
      write(join(path, `${partName(part)}-latents.safetensors`), { latents: hostTensor(latents, shape) }),
    texts: async () => {
      const saved = await readFloats(join(path, textFile))
      if (saved === null) return null
      // Not in the file's order, in which the tenth is before the second.
      const texts = Array.from({ length: saved.size }, (_, i) => saved.get(textName(i)))
      return texts.every((text) => text !== undefined) ? texts : null
    },
    saveTexts: (texts) =>
      write(
        join(path, textFile),
        Object.fromEntries(texts.map((data, i) => [textName(i), hostTensor(data, [data.length])])),
      ),
    pictures: async () => {
      const saved = await readFloats(join(path, pictureFile))
      const [condition, features] = [saved?.get('condition'), saved?.get('features')]
      return condition && features ? { condition, features } : null
    },
    savePictures: ({ condition, features }) =>
      write(join(path, pictureFile), {
        condition: hostTensor(condition, [condition.length]),
        features: hostTensor(features, [features.length]),
      }),
  }
}

/** Tensors of a file by their names; null where it is not there, or damaged. */
async function readFloats(file: string): Promise<ReadonlyMap<string, Float32Array> | null> {
  const read = await readTensorFile(file).catch(() => null)
  return read && new Map([...read.tensors].map(([name, { data }]) => [name, data as Float32Array]))
}

async function write(file: string, tensors: Readonly<Record<string, HostTensor>>): Promise<void> {
  await writeTensorFile(file, new Map(Object.entries(tensors)), { format: 'framewright' }, 'F32')
}

const textName = (index: number): string => `text.${index}`

const textFile = 'texts.safetensors'
const pictureFile = 'pictures.safetensors'

const partName = ({ video, shot }: FilmPart): string =>
  `video-${video + 1}${shot === null ? '' : `-shot-${shot + 1}`}`

const stepFile = (part: FilmPart, step: number): string =>
  `${partName(part)}-step-${String(step + 1).padStart(3, '0')}.safetensors`
