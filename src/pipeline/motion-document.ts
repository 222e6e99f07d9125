import { z } from 'zod'
import { storyLimits } from '../story/storyboard.ts'
import type { DeepReadonly } from '../util/deep-readonly.ts'
import { documentErrors } from '../util/document-errors.ts'
import type { State } from '../video/motion-plan.ts'
import { precipitationKinds } from '../video/precipitation.ts'
import { nativeRate } from './toybox.ts'

/** The format's version: raised when a document of before would be read wrongly. */
export const motionFormat = 1

const { explain, parse, wrong } = documentErrors({ code: 'E_OPTION', name: 'motion plan' })

/** Whatever is farther away, or larger, in pictures, is a mistake in writing. */
const farthest = 10

const place = (what: string) => z.number().min(-farthest).max(farthest).optional().describe(what)
const side = (what: string) => z.number().min(0.0001).max(farthest).optional().describe(what)

const state = {
  centerX: place('Its middle, in widths of the picture: 0 is the left edge, 1 the right; it may lie outside'),
  centerY: place('Its middle, in heights of the picture: 0 is the top, 1 the bottom; it may lie outside'),
  width: side('In widths of the picture; left out, it follows the height'),
  height: side('In heights of the picture'),
  facing: z
    .number()
    .min(-1)
    .max(1)
    .optional()
    .describe('1 faces right, −1 left, between them it turns; left out, it faces where it goes'),
  phase: z
    .number()
    .min(-1000)
    .max(1000)
    .optional()
    .describe('Turns of its own motion’s loop: from 0 to 3 its legs go round three times'),
  presence: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('0 absent, 1 there; left out, as much as of its box lies in the picture'),
} as const satisfies { readonly [Name in keyof State]: z.ZodType }

/** What a state says. */
export const stateNames = Object.keys(state) as readonly (keyof State)[]

const track = z.array(
  z.strictObject({
    seconds: z
      .number()
      .min(0)
      .max(storyLimits.longestSeconds)
      .optional()
      .describe('When in its shot; left out by all of a list, there is one for each frame, 12 a second'),
    ...state,
  }),
)

const shotMotion = z.strictObject({
  id: z.string().min(1).optional().describe('Of the film’s shot; left out, the one in the same place'),
  prompt: z.string().optional().describe('For people: nothing reads it'),
  // For the compiler any number, so that every plan is a document.
  fps: (z.literal(nativeRate) as z.ZodType<number>)
    .optional()
    .describe('States a second, where they do not say their `seconds`'),
  actors: z
    .array(
      z.strictObject({
        id: z.string().min(1).describe('Of an actor of the shot: "dog-1"'),
        phrase: z.string().optional().describe('For people: nothing reads it'),
        states: track,
      }),
    )
    .optional()
    .describe('Who is not here moves as the networks plan it'),
  camera: track
    .optional()
    .describe('The box of the setting’s whole picture; left out, as the networks plan it'),
  precipitation: z
    .strictObject({
      kind: z.enum(precipitationKinds),
      seed: z.int().min(0).describe('Where the drops and flakes are'),
      seconds: z.number().min(0).describe('How long it has fallen when the shot begins'),
    })
    .nullable()
    .optional()
    .describe('What falls; null for nothing; left out, as the words say'),
})

/** A film's motion as a zod schema: what `parseMotion` checks, before what is between its parts. */
export const motionSchema = z
  .strictObject({
    format: z.literal(motionFormat).optional(),
    shots: z
      .array(shotMotion.nullable())
      .max(storyLimits.shots)
      .describe('A shot that is null, or not here, is planned by the networks'),
  })
  .describe('Who moves how in a Framewright film')

/** Who moves how in a film, shot by shot; what is left out is planned by the networks. docs/motion.md explains every part. */
export type MotionDocument = DeepReadonly<z.output<typeof motionSchema>>
/** Of one shot; every `MotionPlan` is one. */
export type ShotMotion = NonNullable<MotionDocument['shots'][number]>
/** States, one a frame at 12 a second, or at the `seconds` that they say; between these, everything goes evenly. */
export type MotionTrack = NonNullable<ShotMotion['camera']>

/**
 * Reads who moves how, as a person or a program has written it.
 * @param value the document, as JSON text or as what `JSON.parse` gives
 * @throws FramewrightError E_OPTION, one sentence that names the path and what is allowed there
 */
export function parseMotion(value: unknown): MotionDocument {
  const document = typeof value === 'string' ? parse(value) : value
  const parsed = motionSchema.safeParse(document)
  if (!parsed.success) throw explain(parsed.error, motionSchema, document)
  for (const [i, shot] of parsed.data.shots.entries()) {
    const path = `shots[${i}]`
    const ids = new Set<string>()
    for (const [j, { id, states }] of (shot?.actors ?? []).entries()) {
      if (ids.has(id)) throw wrong(`${path}.actors[${j}].id`, 'must be another id than those before it', id)
      ids.add(id)
      checkTimes(states, `${path}.actors[${j}].states`)
    }
    checkTimes(shot?.camera ?? [], `${path}.camera`)
  }
  return parsed.data
}

/** Times go up, and are said by all or by none. */
function checkTimes(states: MotionTrack, path: string): void {
  const isTimed = states[0]?.seconds !== undefined
  for (const [i, { seconds }] of states.entries()) {
    const before = states[i - 1]?.seconds
    const at = `${path}[${i}].seconds`
    if (!isTimed && seconds !== undefined)
      throw wrong(at, 'must be left out, as by the states before it', seconds)
    if (!isTimed) continue
    if (seconds === undefined) throw wrong(at, 'must be a number, as of the states before it', seconds)
    if (before !== undefined && seconds <= before)
      throw wrong(at, `must be above the ${before} before it`, seconds)
  }
}

/** The document's JSON Schema (draft 2020-12), as in docs/motion.schema.json. */
export function motionJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(motionSchema, { io: 'input' })
  return { $schema, $id: 'urn:framewright:motion:1', title: 'Framewright motion plan', ...rest }
}
