import { join } from 'node:path'
import { modelStore, publishedModels } from '../pipeline/wan/catalogue.ts'
import { gigabytes } from '../pipeline/wan/memory-plan.ts'
import { planPull } from '../pipeline/wan/pull.ts'
import { kindOf } from '../runtime/network-folder.ts'
import { FramewrightError } from '../util/errors.ts'
import { Interrupted, interruptible } from './interrupt.ts'
import { createProgress, quietProgress } from './progress.ts'

interface ManageOptions {
  readonly from: string | undefined
  readonly isJson: boolean
  readonly isQuiet: boolean
}

const actions: Readonly<Record<string, (name: string | undefined, options: ManageOptions) => Promise<void>>> =
  { list, pull }

/** Runs `models <action>`. @throws FramewrightError E_OPTION, E_DOWNLOAD, E_OUTPUT, E_WEIGHTS */
export async function manageModels(
  action: string,
  name: string | undefined,
  options: ManageOptions,
): Promise<void> {
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (!run) {
    const known = Object.keys(actions).join(' or ')
    throw new FramewrightError('E_OPTION', `models is followed by ${known}, got "${action}"`)
  }
  await run(name, options)
}

async function list(_name: string | undefined, { isJson }: ManageOptions): Promise<void> {
  const store = modelStore()
  const rows = await Promise.all(
    publishedModels.map(async ({ name, about, licence, repository }) => {
      const isHere = (await kindOf(join(store, name, 'model_index.json'))) === 'file'
      return { name, about, licence, repository, folder: isHere ? join(store, name) : null }
    }),
  )
  const lines = rows.map(
    ({ name, about, licence, folder }) =>
      `${name.padEnd(22)} ${about}, ${licence}; ${folder === null ? `pull ${name} to use it` : 'here'}`,
  )
  process.stdout.write(isJson ? `${JSON.stringify(rows)}\n` : `${lines.join('\n')}\n`)
}

async function pull(name: string | undefined, { from, isJson, isQuiet }: ManageOptions): Promise<void> {
  if (name === undefined) throw new FramewrightError('E_OPTION', 'models pull is followed by a model’s name')
  const progress = isQuiet || isJson ? quietProgress(process.stderr) : createProgress(process.stderr)
  const interrupted = new Interrupted('interrupted; the same again goes on where it stopped')
  await interruptible(async (signal) => {
    const plan = await planPull(name, { from, signal })
    const { totalBytes, files, licence, source, folder } = plan
    progress.say(
      `${name}: ${gigabytes(totalBytes)} in ${files} files from ${source}, licence ${licence}, to ${folder}`,
    )
    progress.start('pull')
    await plan.pull({
      signal,
      onProgress: (done, total, file) =>
        progress.step(done, total, `${gigabytes(total - done)} left, ${file}`),
    })
    progress.end(`${files} files`)
    const report = { model: name, folder, bytes: totalBytes, files, licence, source }
    process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : `${name} is in ${folder}\n`)
  }, interrupted)
}
