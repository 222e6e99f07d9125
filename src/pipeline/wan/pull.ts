import { mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { copyWhole } from '../../disk/write-whole.ts'
import {
  describeRepository,
  type HubRepository,
  type PullOptions,
  pullRepository,
} from '../../runtime/hub.ts'
import { FramewrightError } from '../../util/errors.ts'
import { outputError } from '../../util/output-error.ts'
import { modelStore, type PublishedModel, publishedModel, publishedModels } from './catalogue.ts'
import { openWanCheckpoint } from './checkpoint.ts'

/** A model that will be brought: what is told before anything is. */
export interface PullPlan {
  readonly model: PublishedModel
  readonly folder: string
  readonly totalBytes: number
  readonly files: number
  /** As the hub says, else as the catalogue does. */
  readonly licence: string
  /** Where it comes from. */
  readonly source: string
  /** Brings it, and opens it once to see that it is whole. */
  pull(options?: PullOptions): Promise<void>
}

/** Folders of a published pipeline that are read; a repository has pictures and examples beside them. */
const parts =
  /^(?:transformer|vae|text_encoder|image_encoder|image_processor|tokenizer|scheduler)\/[\w.-]+\.(?:safetensors|json)$/
const isWanted = (path: string): boolean => path === 'model_index.json' || parts.test(path)

export interface PlanPullOptions {
  /** Where models lie. @default `modelStore()` */
  readonly store?: string
  /** The hub, or a mirror of it. @default `HF_ENDPOINT`, else the hub */
  readonly endpoint?: string | undefined
  /** A folder that has the model already, as diffusers saves it: it is copied from there. */
  readonly from?: string | undefined
  readonly signal?: AbortSignal
}

/**
 * Looks up what a model consists of; nothing is brought yet.
 * @throws FramewrightError E_OPTION when there is no such model; E_DOWNLOAD when the hub cannot be reached
 */
export async function planPull(name: string, options: PlanPullOptions = {}): Promise<PullPlan> {
  const model = publishedModel(name)
  if (!model) {
    const names = publishedModels.map((one) => one.name).join(', ')
    throw new FramewrightError('E_OPTION', `there is no model "${name}" to pull: there are ${names}`)
  }
  const folder = join(options.store ?? modelStore(), name)
  return options.from === undefined
    ? fromHub(model, folder, options)
    : fromFolder(model, folder, options.from)
}

async function fromHub(model: PublishedModel, folder: string, options: PlanPullOptions): Promise<PullPlan> {
  const endpoint = options.endpoint ?? process.env.HF_ENDPOINT
  const where = { ...(endpoint ? { endpoint } : {}), ...(options.signal ? { signal: options.signal } : {}) }
  const repository: HubRepository = await describeRepository(model.repository, isWanted, where).catch(
    (cause: unknown) => {
      if (FramewrightError.is(cause)) throw cause
      options.signal?.throwIfAborted()
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new FramewrightError(
        'E_DOWNLOAD',
        `${reason}: look at the connection, or name a mirror in HF_ENDPOINT`,
        {
          cause,
        },
      )
    },
  )
  // The index goes last: a folder that has it has everything.
  const files = [...repository.files].sort((a, b) => Number(isIndex(a.path)) - Number(isIndex(b.path)))
  if (!files.some(({ path }) => isIndex(path))) {
    throw new FramewrightError('E_DOWNLOAD', `${model.repository} has no model_index.json`)
  }
  return {
    model,
    folder,
    files: files.length,
    totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    licence: repository.licence ?? model.licence,
    source: `${endpoint ?? 'https://huggingface.co'}/${model.repository}`,
    pull: async (pulling = {}) => {
      await pullRepository({ ...repository, files }, folder, { ...where, ...pulling })
      await openWanCheckpoint(folder)
    },
  }
}

const isIndex = (path: string): boolean => path === 'model_index.json'

async function fromFolder(model: PublishedModel, folder: string, from: string): Promise<PullPlan> {
  await openWanCheckpoint(from)
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)))
    .filter(isWanted)
    .sort((a, b) => Number(isIndex(a)) - Number(isIndex(b)))
  const sizes = await Promise.all(paths.map(async (path) => (await stat(join(from, path))).size))
  const totalBytes = sizes.reduce((a, b) => a + b, 0)
  return {
    model,
    folder,
    files: paths.length,
    totalBytes,
    licence: model.licence,
    source: from,
    pull: async ({ onProgress, signal } = {}) => {
      let done = 0
      for (const [i, path] of paths.entries()) {
        signal?.throwIfAborted()
        const to = join(folder, path)
        try {
          await mkdir(dirname(to), { recursive: true })
          await copyWhole(join(from, path), to)
        } catch (cause) {
          throw outputError(to, cause)
        }
        done += sizes[i] ?? 0
        onProgress?.(done, totalBytes, path)
      }
      await openWanCheckpoint(folder)
    },
  }
}
