import { z } from 'zod'
import type { DeepReadonly } from '../util/deep-readonly.ts'

/** The format's version: raised when a document of before would be read wrongly. */
export const storyboardFormat = 1

/** Limits of a storyboard, for the schema and for those who make one. */
export const storyLimits = {
  shots: 500,
  /** Three frames at 12 a second: less is a flicker. */
  shortestSeconds: 0.25,
  longestSeconds: 60,
  crossfadeSeconds: 5,
} as const

export const cameraFramings = ['wide', 'medium', 'close-up', 'aerial'] as const
export const cameraMoves = [
  'still',
  'pan left',
  'pan right',
  'tilt up',
  'tilt down',
  'zoom in',
  'zoom out',
  'follow',
] as const

/** What a shot is in its story. */
export const beats = ['establishing', 'rising', 'climax', 'falling', 'closing'] as const

/** The emotional arcs of stories: Reagan et al., "The emotional arcs of stories are dominated by six basic shapes", 2016. */
export const storyShapes = [
  'rags to riches',
  'tragedy',
  'man in a hole',
  'Icarus',
  'Cinderella',
  'Oedipus',
  'flat',
] as const

const name = (what: string) =>
  z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u)
    .describe(what)
const words = (what: string) => z.string().trim().min(1).max(2000).describe(what)
const optionalWords = (what: string) =>
  z.string().trim().min(1).max(200).nullable().default(null).describe(what)

const change = z.strictObject({
  fromShot: name('The id of the shot from which on it looks like this'),
  description: words('The whole new description: "a small red fox in a blue hat"'),
})

const member = z.strictObject({
  id: name('Unique in the cast: "fox-1"'),
  kind: z.enum(['character', 'object']),
  description: words('What it looks like in every shot, as a noun phrase: "a small red fox"'),
  count: z.int().min(1).max(1000).default(1).describe('How many there are'),
  changes: z.array(change).default([]).describe('When the story changes its looks; drawn anew from there on'),
})

const action = z.strictObject({
  verb: words('In its base form: "chase"'),
  agents: z.array(name('An id of the cast')).describe('Who does it'),
  patients: z.array(name('An id of the cast')).describe('To whom it is done'),
  negated: z.boolean().default(false).describe('True for what does not happen: "does not reach"'),
  sentence: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('The text’s sentence that tells it; null for none'),
})

const setting = z.strictObject({
  place: words('Where: "forest"'),
  time: optionalWords('When in the day: "night"'),
  weather: optionalWords('"rain"'),
  season: optionalWords('"winter"'),
})

const transition = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('cut') }),
  z.strictObject({
    type: z.literal('crossfade'),
    seconds: z
      .number()
      .gt(0)
      .max(storyLimits.crossfadeSeconds)
      .describe('How long the shot before is still seen, from this shot’s first frame on'),
  }),
])

const shot = z.strictObject({
  id: name('Unique: "shot-1"'),
  prompt: words('What is seen, complete in itself: no "it", no "she"'),
  cast: z.array(name('An id of the cast')).min(1).describe('Who is in it, the most important first'),
  actions: z.array(action).default([]).describe('What happens; empty for a shot that only shows'),
  setting,
  camera: z.strictObject({ framing: z.enum(cameraFramings), move: z.enum(cameraMoves) }),
  durationSeconds: z.number().min(storyLimits.shortestSeconds).max(storyLimits.longestSeconds),
  transition: transition.default({ type: 'cut' }).describe('How the shot begins'),
  seed: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Of this shot alone, to try it anew; left out, it follows from the story’s seed and the shot’s place',
    ),
  origin: z
    .enum(['text', 'added'])
    .default('text')
    .describe('Whether the text tells it, or the planner put it in'),
  arc: z.strictObject({
    position: z.number().min(0).max(1).describe('The middle of the shot in the whole length'),
    tension: z.number().min(0).max(1),
    valence: z.number().min(-1).max(1).describe('−1 sad, 1 happy'),
    beat: z.enum(beats),
  }),
})

const warning = z.strictObject({
  type: z.enum(['contradiction', 'assumed', 'left-out', 'director']),
  shot: z.string().nullable().describe('The id of the shot that it is about'),
  message: z.string(),
})

/** The storyboard as a zod schema: what `parseStoryboard` checks, before the references between its parts. */
export const storyboardSchema = z
  .strictObject({
    format: z.literal(storyboardFormat),
    title: z.string().max(200).default(''),
    text: z.string().default('').describe('The text that it was planned from'),
    style: z.array(words('"watercolour"')).default([]).describe('Of every shot'),
    shape: z.enum(storyShapes).default('flat').describe('Of the valence over the story'),
    cast: z.array(member).min(1),
    shots: z.array(shot).min(1).max(storyLimits.shots),
    warnings: z.array(warning).default([]).describe('What the planner noticed; told when it is made'),
  })
  .describe('A Framewright storyboard: a story as shots that can be made one after the other')

/** A story as shots, for people and programs; docs/storyboard.md explains every part. */
export type Storyboard = DeepReadonly<z.output<typeof storyboardSchema>>
/** A storyboard as a person may write it: what has a default may be left out. */
export type WrittenStoryboard = DeepReadonly<z.input<typeof storyboardSchema>>
export type Shot = Storyboard['shots'][number]
export type CastEntry = Storyboard['cast'][number]
export type ShotAction = Shot['actions'][number]
export type ShotSetting = Shot['setting']
export type ShotCamera = Shot['camera']
export type StoryWarning = Storyboard['warnings'][number]
export type CameraFraming = (typeof cameraFramings)[number]
export type CameraMoveName = (typeof cameraMoves)[number]
export type Beat = (typeof beats)[number]
export type StoryShape = (typeof storyShapes)[number]

/** The storyboard's JSON Schema (draft 2020-12), as in docs/storyboard.schema.json: what a person may write. */
export function storyboardJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(storyboardSchema, { io: 'input' })
  return {
    $schema,
    $id: 'urn:framewright:storyboard:1',
    title: 'Framewright storyboard',
    ...rest,
  }
}

/** A storyboard as a file's text. */
export function storyboardText(storyboard: Storyboard): string {
  return `${JSON.stringify(storyboard, null, 2)}\n`
}
