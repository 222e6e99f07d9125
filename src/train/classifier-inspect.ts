import type { Runtime } from '../graph/index.ts'
import type { ClassifierConfig } from '../models/classifier.ts'
import { openClassifier } from '../models/classifier-reader.ts'
import type { Weights } from '../nn/index.ts'
import { labelIndex } from '../world/labels.ts'
import { settings } from '../world/settings.ts'
import type { ScriptedClip } from './classifier-clips.ts'

/**
 * Shares of what the classifier reads rightly of clips that it was not trained on; subjects are found without being
 * asked for, what they do is read from the cells that name them.
 */
export async function inspectClassifier(
  runtime: Runtime,
  config: ClassifierConfig,
  weights: Weights,
  clips: readonly ScriptedClip[],
): Promise<Record<string, number>> {
  const reader = await openClassifier(runtime, config, weights, { threads: 1 })
  const tally = new Map<string, { right: number; of: number }>()
  const count = (name: string, isRight: boolean): void => {
    const known = tally.get(name) ?? { right: 0, of: 0 }
    tally.set(name, { right: known.right + (isRight ? 1 : 0), of: known.of + 1 })
  }
  for (const { script, frames } of clips) {
    const subjects = script.actors.map(({ actorId }) => labelIndex('subjects', actorId))
    const asked = script.actors.length === 1 ? ['anyone' as const] : subjects.map((index) => [index])
    const { shown, scene, actors } = await reader.readMoments(frames, asked)
    const different = new Set(subjects)
    const found = mostShown(shown, config.names.subjects, different.size)
    for (const index of different) count('subject', found.includes(index))
    for (const [a, actor] of script.actors.entries()) {
      const heads = actors[a]?.heads
      if (!heads) continue
      count('action', best(heads.actions) === labelIndex('actions', actor.action))
      if (actor.direction !== null)
        count(
          'direction',
          best(heads.directions.subarray(0, 2)) === labelIndex('directions', actor.direction),
        )
      if (actor.looks.coat !== null)
        count('coat', best(heads.coats) === labelIndex('coats', actor.looks.coat))
    }
    count('setting', best(scene.settings) === labelIndex('settings', script.setting))
    if (settings[script.setting].saysTime)
      count('time', best(scene.times) === labelIndex('times', script.time))
    count('weather', best(scene.weathers) === labelIndex('weathers', script.weather))
    count('count', best(scene.counts) === labelIndex('counts', `${script.actors.length}`))
  }
  await reader.close()
  return Object.fromEntries([...tally].map(([name, { right, of }]) => [name, right / of]))
}

/** Index of the greatest number. */
function best(numbers: Float32Array): number {
  return numbers.indexOf(Math.max(...numbers))
}

/** The subjects that most cells show, `count` of them. */
function mostShown(shown: Float32Array, subjects: number, count: number): number[] {
  const sums = new Float32Array(subjects)
  for (const [at, value] of shown.entries()) {
    const index = at % (subjects + 1)
    if (index < subjects) sums[index] = (sums[index] ?? 0) + value
  }
  return [...sums.keys()].sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0)).slice(0, count)
}
