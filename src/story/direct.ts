import type { LanguageModel, ModelMessage } from 'ai'
import { FramewrightError } from '../util/errors.ts'
import { directorInstructions, type Repertoire } from './director-instructions.ts'
import { parseStoryboard } from './parse-storyboard.ts'
import { type Storyboard, storyboardSchema } from './storyboard.ts'

/** The parts of the AI SDK that are used. */
export type DirectorSdk = Pick<typeof import('ai'), 'generateText' | 'Output' | 'NoObjectGeneratedError'>

export interface DirectOptions {
  /** Any language model of the AI SDK. It is sent the text, and nothing else is called. */
  readonly director: LanguageModel
  /** The planner that takes its place when it fails. */
  readonly plan: () => Storyboard | Promise<Storyboard>
  /** What can be drawn, so that the story is told with it. @default not told */
  readonly repertoire?: Repertoire
  /** How many shots there are to be. @default as many as the text has events */
  readonly shots?: number
  /** How long the film is to be. @default the director's choice */
  readonly seconds?: number
  readonly signal?: AbortSignal
  /** @default the package `ai`, loaded when it is first needed */
  readonly sdk?: DirectorSdk
}

/**
 * A text as shots, by a language model: structured output through the storyboard's schema. When its answer is no
 * storyboard it is asked once more, and told why; when that fails too, or the model cannot be reached, the planner plans
 * and a warning of the storyboard says so.
 * @throws FramewrightError E_OPTION when the package `ai` is not there, or Node is too old for it; the signal's reason
 */
export async function direct(text: string, options: DirectOptions): Promise<Storyboard> {
  options.signal?.throwIfAborted()
  const sdk = options.sdk ?? (await loadDirectorSdk())
  try {
    return await directed(text, sdk, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    const message = `The director failed, and the built-in planner has planned instead: ${oneLine(reason)}`
    const planned = await options.plan()
    return { ...planned, warnings: [{ type: 'director', shot: null, message }, ...planned.warnings] }
  }
}

/** The AI SDK's first version of Node. */
const leastNode = 22

/**
 * Loads the AI SDK.
 * @param node the version of Node. @default this one
 * @throws FramewrightError E_OPTION, with what to do
 */
export async function loadDirectorSdk(node: string = process.versions.node): Promise<DirectorSdk> {
  if (Number(node.split('.')[0]) < leastNode) {
    throw new FramewrightError(
      'E_OPTION',
      `a \`director\` needs the AI SDK, which needs Node ${leastNode} or later, and this is Node ${node}: use a newer Node, or leave \`director\` out`,
    )
  }
  try {
    return await import('ai')
  } catch (cause) {
    throw new FramewrightError(
      'E_OPTION',
      'a `director` needs the AI SDK, which is not installed: run `npm install ai`',
      { cause },
    )
  }
}

/** Times that the director is asked. */
const attempts = 2

async function directed(text: string, sdk: DirectorSdk, options: DirectOptions): Promise<Storyboard> {
  const messages: ModelMessage[] = [{ role: 'user', content: `<story>\n${text}\n</story>` }]
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(sdk, messages, options)
    try {
      return { ...checked(answer, options), text }
    } catch (error) {
      if (!FramewrightError.is(error) || attempt === attempts) throw error
      const wrong = `That is not valid: ${error.message}. Answer with the whole storyboard again, mended.`
      messages.push({ role: 'assistant', content: answer }, { role: 'user', content: wrong })
    }
  }
}

/** The director's answer as JSON text, whatever it is. */
async function ask(
  { generateText, Output, NoObjectGeneratedError }: DirectorSdk,
  messages: readonly ModelMessage[],
  { director, signal, ...wishes }: DirectOptions,
): Promise<string> {
  try {
    const { output } = await generateText({
      model: director,
      instructions: directorInstructions(wishes),
      messages: [...messages],
      output: Output.object({ schema: storyboardSchema, name: 'storyboard' }),
      ...(signal ? { abortSignal: signal } : {}),
    })
    return JSON.stringify(output)
  } catch (error) {
    // Its own words for what is wrong would not name the path.
    if (NoObjectGeneratedError.isInstance(error) && error.text) return error.text
    throw error
  }
}

function checked(answer: string, { shots, seconds }: DirectOptions): Storyboard {
  const storyboard = parseStoryboard(answer)
  if (shots !== undefined && storyboard.shots.length !== shots) {
    throw new FramewrightError(
      'E_STORY',
      `the storyboard must have ${shots} shots, got ${storyboard.shots.length}`,
    )
  }
  return seconds === undefined ? storyboard : lasting(storyboard, seconds)
}

/** The same shots, longer or shorter alike, so that they add up. */
function lasting(storyboard: Storyboard, seconds: number): Storyboard {
  const factor = seconds / storyboard.shots.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
  const shots = storyboard.shots.map(({ durationSeconds, transition, ...shot }) => {
    const length = durationSeconds * factor
    const isLong = transition.type === 'crossfade' && transition.seconds > length
    return {
      ...shot,
      durationSeconds: length,
      transition: isLong ? { ...transition, seconds: length } : transition,
    }
  })
  return parseStoryboard({ ...storyboard, shots })
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 500)
