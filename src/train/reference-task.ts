import { at, type Feeds, hostTensor, input, type Runtime } from '../graph/index.ts'
import {
  drawReference,
  pictureChannels,
  type ReferenceConfig,
  referenceFeeds,
  referenceInputs,
} from '../models/reference.ts'
import type { TextVectors } from '../models/text-input.ts'
import { defaultOptimiser, Parameters, trainingProgram } from '../nn/index.ts'
import { pickWeighted } from '../util/pick-weighted.ts'
import { createRandom, type Random } from '../util/random.ts'
import { createTally, type Learned } from '../world/learned.ts'
import type { WorldPack } from '../world/world-pack.ts'
import type { WorldContent } from '../world/worlds.ts'
import { pictureLoss } from './picture-loss.ts'
import { type Subject, type SubjectPictures, subjectsOf } from './reference-data.ts'
import { inspectReferences } from './reference-inspect.ts'
import type { TrainingTask } from './trainer.ts'

/** Vectors of lines' words, in the lines' order. */
export type EncodeText = (lines: readonly string[]) => Promise<readonly TextVectors[]>

export interface ReferenceTaskOptions {
  readonly config: ReferenceConfig
  readonly seed: number
  readonly batchSize: number
  readonly pack: WorldPack
  /** What it draws. */
  readonly content: WorldContent
  readonly encodeText: EncodeText
  /** For looks at the network while it trains. */
  readonly runtime: Runtime
  readonly threads: number
}

/** Apart from the streams of items. */
const phraseStream = 2 ** 40

/** Settings have more to tell than their share of the subjects: every picture is full, and of many things. */
const settingShare = 0.45

/** The reference generator's training: pictures of all that the world shows, from their words. */
export async function referenceTask(options: ReferenceTaskOptions): Promise<TrainingTask> {
  const { config, batchSize } = options
  const subjects = subjectsOf(options.pack, config, options.content)
  const parameters = new Parameters()
  const drawn = drawReference(parameters, config, referenceInputs(config, batchSize))
  const loss = pictureLoss(drawn, input('pictures', drawn.shape))
  const program = trainingProgram(loss, parameters.list, defaultOptimiser)
  return {
    name: 'reference',
    parameters: parameters.list,
    program,
    optimiser: defaultOptimiser,
    batchSize,
    batch: (step) => referenceBatch(options, subjects, step),
    learned: (steps) => learnedFromPictures(options.seed, steps * batchSize, subjects),
    inspect: (weights, folder, step) => inspectReferences({ ...options, subjects }, weights, folder, step),
  }
}

async function referenceBatch(
  { config, seed, batchSize, encodeText }: ReferenceTaskOptions,
  subjects: readonly Subject[],
  step: number,
): Promise<Feeds> {
  const size = pictureChannels * config.size ** 2
  const pictures = new Float32Array(batchSize * size)
  const drawn = Array.from({ length: batchSize }, (_, i) => {
    const random = createRandom(seed, step * batchSize + i)
    const subject = pickSubject(subjects, random)
    const shown = pickLooks(subject, random)
    const take = { view: random.integer(config.views), tone: shown.tone ?? random.integer(config.tones) }
    pictures.set(
      shown.draw(take.view).map((value) => 2 * value - 1),
      i * size,
    )
    return { kind: subject.kind, take, phrase: phraseOf(shown, random) }
  })
  const texts = await encodeText(drawn.map(({ phrase }) => phrase))
  const items = drawn.map(({ kind, take }, i) => ({ text: at(texts, i), kind, take }))
  return {
    pictures: hostTensor(pictures, [batchSize, pictureChannels, config.size, config.size]),
    ...referenceFeeds(config, items),
  }
}

/** Ways of saying each subject: few, so that many a phrase has been encoded before. */
const phrasings = 16

function phraseOf(shown: SubjectPictures, random: Random): string {
  return shown.phrase(createRandom(random.integer(phrasings), phraseStream))
}

function pickSubject(subjects: readonly Subject[], random: Random): Subject {
  const kind = random.uniform() < settingShare ? 'setting' : 'actor'
  const one = pickWeighted(
    random,
    subjects.filter((subject) => subject.kind === kind),
    ({ share }) => share,
  )
  if (!one) throw new RangeError(`the world has no ${kind}`)
  return one
}

/** How often a subject that has other looks is shown in one of them. */
const othersShare = 0.45

/** Nothing is drawn where there is nothing to choose, so that plain worlds keep their streams. */
function pickLooks(subject: Subject, random: Random): SubjectPictures {
  if (subject.others.length > 0 && random.uniform() < othersShare) return random.pick(subject.others)
  return subject.tones.length > 0 ? random.pick([subject, ...subject.tones]) : subject
}

/** What so many items have shown. */
function learnedFromPictures(seed: number, items: number, subjects: readonly Subject[]): Learned {
  const tally = createTally()
  for (let item = 0; item < items; item++) {
    const random = createRandom(seed, item)
    for (const [kind, name] of pickLooks(pickSubject(subjects, random), random).shows) tally.add(kind, name)
  }
  return tally.learned()
}
