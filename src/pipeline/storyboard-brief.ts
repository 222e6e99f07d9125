import type { CameraMoveName, CastEntry, Shot, Storyboard } from '../story/index.ts'
import { type Entity, type Language, type SceneGraph, understand } from '../text/index.ts'
import { FramewrightError } from '../util/errors.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import {
  type FilmBrief,
  fewerWarnings,
  leftOutWarnings,
  type PictureBrief,
  type ShotActor,
  type ShotBrief,
  stagingOfActors,
} from './brief.ts'
import { headId, headsOf } from './head-count.ts'
import { oneOf, withPose } from './noun-phrase.ts'
import { toyboxVocabulary } from './repertoire.ts'
import { precipitationIn, seenPlace, settingPhrase, unseenWarnings } from './setting-phrase.ts'
import { plannerWarnings, unmadeWarnings } from './storyboard-warnings.ts'
import { accessoryOf, withoutWorn, withWorn, wornBy } from './worn.ts'

export interface StoryboardBriefOptions {
  readonly language: Language
  /** Characters and objects that a shot holds. */
  readonly most: number
  /** What the weights know, null where they do not say. @default what those that ship know */
  readonly vocabulary?: Vocabulary | null
}

/**
 * A storyboard's shots: each member of the cast has one picture for all of them, until the story changes its looks,
 * and each place one a time of day, weather and season.
 * @throws FramewrightError E_STORY for a text with nothing to read in it, with its path
 */
export function storyboardBrief(storyboard: Storyboard, options: StoryboardBriefOptions): FilmBrief {
  const { language, most, vocabulary = toyboxVocabulary() } = options
  const pictures = new PictureBook(storyboard, language, vocabulary)
  const shots = storyboard.shots.map((shot, index): ShotBrief => {
    const graph = read(withCamera(shot), `shots[${index}].prompt`, language)
    const setting = { ...shot.setting, place: seenPlace(shot.setting.place, graph) }
    const actors = actorsOf(shot.cast, { graph, most, storyboard }, (id) => pictures.ofMember(id, index))
    return {
      id: shot.id,
      prompt: graph.text,
      actors,
      staging: stagingOfActors(graph, actors),
      setting: pictures.ofSetting(setting),
      precipitation: precipitationIn(setting, vocabulary),
      framing: shot.camera.framing,
      seconds: shot.durationSeconds,
      fadeSeconds: shot.transition.type === 'crossfade' ? shot.transition.seconds : 0,
      seed: shot.seed,
    }
  })
  return {
    shots,
    warnings: [
      ...plannerWarnings(storyboard),
      ...storyboard.shots.flatMap(({ id, cast }) => leftOutWarnings(cast.slice(most), most, id)),
      ...storyboard.shots.flatMap(({ id, cast }) =>
        fewerWarnings(groupsOf(cast, storyboard, most), most, id),
      ),
      ...unseenWarnings(
        storyboard.shots.map(({ setting }) => setting),
        vocabulary,
      ),
      ...unmadeWarnings(storyboard),
    ],
  }
}

/** Pictures by what they show, each made once. */
class PictureBook {
  readonly #storyboard: Storyboard
  readonly #language: Language
  readonly #vocabulary: Vocabulary | null
  readonly #pictures = new Map<string, PictureBrief>()

  constructor(storyboard: Storyboard, language: Language, vocabulary: Vocabulary | null) {
    this.#storyboard = storyboard
    this.#language = language
    this.#vocabulary = vocabulary
  }

  /** A member as it looks in a shot. */
  ofMember(id: string, shot: number): PictureBrief {
    const { cast, shots } = this.#storyboard
    const index = cast.findIndex((entry) => entry.id === id)
    const member = cast[index]
    if (!member) throw new RangeError(`the cast has no ${id}`)
    const place = (shotId: string): number => shots.findIndex((other) => other.id === shotId)
    const change = looksIn(member, (shotId) => place(shotId) <= shot, place)
    const key = change ? `${id}-from-${change.fromShot}` : id
    return this.#once(key, () => {
      const lemma = this.#headOf(member.description, `cast[${index}].description`)?.lemma ?? lastWord(member)
      const poses = this.#vocabulary?.posesOf(lemma) ?? []
      const path = change ? `changes[${member.changes.indexOf(change)}].description` : 'description'
      const graph = read((change ?? member).description, `cast[${index}].${path}`, this.#language)
      const { phrase, worn } = this.#looksOf(graph, member.count > 1 ? lemma : null)
      const posed = withPose(phrase, poses, this.#verbsOf(id))
      return withWorn({ id: key, kind: 'actor', lemma, phrase: posed, wears: [] }, worn)
    })
  }

  ofSetting(setting: Shot['setting']): PictureBrief {
    const { place } = setting
    const phrase = settingPhrase(setting, this.#vocabulary)
    const lemma = place.replace(/^(?:a|an|the) /i, '').toLowerCase()
    const number = [...this.#pictures.values()].filter(({ kind }) => kind === 'setting').length + 1
    return this.#once(`setting ${phrase}`, () => ({
      id: `setting-${number}`,
      kind: 'setting',
      lemma,
      phrase,
      wears: [],
    }))
  }

  #once(key: string, make: () => PictureBrief): PictureBrief {
    const picture = this.#pictures.get(key) ?? make()
    this.#pictures.set(key, picture)
    return picture
  }

  /** All that a member does, from the first shot on. */
  #verbsOf(id: string): string[] {
    const actions = this.#storyboard.shots.flatMap((shot) => shot.actions)
    return actions.flatMap(({ verb, agents, negated }) => (agents.includes(id) && !negated ? [verb] : []))
  }

  /** Whom a description is of: the fox of `a small red fox in a hat`. */
  #headOf(description: string, path: string): Entity | undefined {
    return entitiesOf(read(description, path, this.#language))[0]
  }

  /**
   * A description's phrase, and what is worn that is not in it: `a small red fox` and a hat; of `three small red birds in
   * hats` what one of them looks like.
   * @param several the lemma of those who are more than one
   */
  #looksOf(graph: SceneGraph, several: string | null): { phrase: string; worn: readonly Entity[] } {
    const [head] = entitiesOf(graph)
    if (!head) return { phrase: graph.text, worn: [] }
    const things = wornBy(graph, this.#vocabulary).get(head.id) ?? []
    if (several !== null) return { phrase: oneOf(head.name, several), worn: things }
    // From the last to the first, so that places stay.
    return things.toReversed().reduce<{ phrase: string; worn: readonly Entity[] }>(
      (looks, thing) => {
        const place = accessoryOf(thing) ? thing.mentions[0] : undefined
        const phrase = place ? withoutWorn(looks.phrase, place) : null
        return phrase === null ? looks : { phrase, worn: [thing, ...looks.worn] }
      },
      { phrase: graph.text, worn: [] },
    )
  }
}

const lastWord = ({ description }: CastEntry): string => description.split(' ').at(-1) ?? description

/** The change that a member shows: the latest in the story of those that `isDone` by then. */
function looksIn(
  { changes }: CastEntry,
  isDone: (shotId: string) => boolean,
  place: (shotId: string) => number,
): CastEntry['changes'][number] | null {
  const done = changes.filter(({ fromShot }) => isDone(fromShot))
  return done.sort((a, b) => place(a.fromShot) - place(b.fromShot)).at(-1) ?? null
}

function actorsOf(
  ids: readonly string[],
  { graph, most, storyboard }: { graph: SceneGraph; most: number; storyboard: Storyboard },
  pictureOf: (id: string) => PictureBrief,
): ShotActor[] {
  const free = new Set(entitiesOf(graph))
  const spans = new Map<string, ShotActor['span']>()
  const actors = headsOf(ids, (id) => countOf(storyboard, id), most).map(({ member, number }): ShotActor => {
    const picture = pictureOf(member)
    const span = spans.get(member) ?? takeSpan(picture, graph, free)
    spans.set(member, span)
    return { id: headId(member, number), picture, span }
  })
  return actors.sort((a, b) => a.span.start - b.span.start)
}

/** How many of each member of a shot there are, and are drawn. */
function groupsOf(ids: readonly string[], storyboard: Storyboard, most: number) {
  const heads = headsOf(ids, (id) => countOf(storyboard, id), most)
  return ids.map((id) => ({
    word: storyboard.cast.find((entry) => entry.id === id)?.description ?? id,
    count: countOf(storyboard, id),
    drawn: heads.filter(({ member }) => member === id).length,
  }))
}

const countOf = ({ cast }: Storyboard, id: string): number =>
  cast.find((entry) => entry.id === id)?.count ?? 1

/** Where the prompt names a picture; who is named there is free no longer. */
function takeSpan(picture: PictureBrief, graph: SceneGraph, free: Set<Entity>): ShotActor['span'] {
  const entity = likest(picture, free)
  if (entity) free.delete(entity)
  return entity?.mentions[0] ?? wordSpan(graph.text, picture.lemma)
}

/** In the order of the text. */
function entitiesOf({ characters, objects }: SceneGraph): Entity[] {
  const start = ({ mentions }: Entity): number => mentions[0]?.start ?? 0
  return [...characters, ...objects].sort((a, b) => start(a) - start(b))
}

/** Whom of a prompt a picture shows: the same noun, and of several the one with the most words in common. */
function likest({ lemma, phrase }: PictureBrief, entities: ReadonlySet<Entity>): Entity | null {
  const words = phrase.toLowerCase().split(/\s+/)
  const shared = ({ attributes }: Entity): number =>
    attributes.filter((attribute) => words.includes(attribute)).length
  const alike = [...entities].filter((entity) => entity.lemma === lemma)
  return alike.sort((a, b) => shared(b) - shared(a))[0] ?? null
}

function wordSpan(text: string, word: string): ShotActor['span'] {
  const start = text.toLowerCase().indexOf(word)
  return start < 0 ? { start: 0, end: text.length } : { start, end: start + word.length }
}

/** What the camera does, as captions say it; null for what they leave unsaid or do not know. */
const cameraWords: { readonly [Move in CameraMoveName]: string | null } = {
  still: null,
  'pan left': 'the camera pans left',
  'pan right': 'the camera pans right',
  'tilt up': null,
  'tilt down': null,
  'zoom in': 'the camera zooms in',
  'zoom out': 'the camera zooms out',
  follow: 'the camera follows',
}

/** The prompt with the camera's move, where it does not tell of the camera itself. */
function withCamera({ prompt, camera }: Shot): string {
  const words = cameraWords[camera.move]
  if (words === null || /\bcamera\b/i.test(prompt)) return prompt
  return `${prompt.replace(/[\s.!?]+$/, '')}, ${words}.`
}

function read(text: string, path: string, language: Language): SceneGraph {
  try {
    return understand(text, language)
  } catch (cause) {
    if (!FramewrightError.is(cause)) throw cause
    throw new FramewrightError('E_STORY', `the storyboard’s \`${path}\` cannot be read: ${cause.message}`, {
      cause,
    })
  }
}
