import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { at, compile, floatsOf } from '../graph/index.ts'
import { leastSpread } from '../models/mixture.ts'
import { changeTarget, type SceneNumbers, slotCount } from '../models/motion-numbers.ts'
import {
  continueMotion,
  type MotionNetwork,
  openMotionNetwork,
  startMotion,
} from '../models/motion-sampler.ts'
import type { Weights } from '../nn/index.ts'
import { type Beside, isBeside } from '../video/beside.ts'
import { contactSheet } from '../video/contact-sheet.ts'
import { drawPlan } from '../video/draw-boxes.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import type { ActionName } from '../world/actions.ts'
import { scriptEnsemble } from '../world/ensemble.ts'
import type { RelationName } from '../world/facts.ts'
import { type ClipScript, type ScriptActor, scriptClip } from '../world/script.ts'
import {
  encodeOnce,
  type MotionTaskOptions,
  type MotionWindow,
  motionFeeds,
  motionLoss,
  sceneNumbers,
  unrolled,
} from './motion-task.ts'

/** Seed of the held-out scripts that are looked at. */
const lookSeed = 77_000
/** Held-out shots whose motion is sampled and measured; fewer would have a jump or two. */
const sampled = 120
/** How many of them the likelihood is measured on, and how many are drawn. */
const likened = 72
const drawn = 8
const frames = 48
/** Held-out shots of several of a kind, of one beside another, and of three. */
const ensembleCount = 60

/**
 * A sheet of plans sampled for held-out captions, and numbers:
 * `heldOutNats`: −ln p a frame and slot after the first frame; `constantVelocityNats`: the same of a normal around
 * "goes on as it did", with the spread that fits best; `start`: −ln p of first frames;
 * `direction`, `facing`, `lift`, `growth`, `presence`, `stillness`: how many of the sampled motions do what their
 * action says; `way`: how far they go, as a share of how far the world goes; `relation`: how many of those who stand
 * beside another do so as is said; `apart`: how many of an ensemble's actors can be told from the others in the middle
 * of the shot, `worldApart` the same of the world's own; `millisecondsPerShot`.
 */
export async function inspectMotion(
  options: MotionTaskOptions,
  weights: Weights,
  folder: string,
  step: number,
): Promise<Record<string, number>> {
  const scripts = Array.from({ length: sampled }, (_, i) =>
    scriptClip(lookSeed + i, { ...options.content, frames, split: 'heldout' }),
  )
  const likelihood = await heldOutLikelihood(options, weights, scripts.slice(0, likened))
  const ensembles = Array.from({ length: ensembleCount }, (_, i) =>
    scriptEnsemble(lookSeed + i, { ...options.content, frames, split: 'heldout' }),
  )
  const network = await openMotionNetwork(options.runtime, options.config, weights)
  try {
    const started = performance.now()
    const plans = await samplePlans(network, options, scripts)
    const millisecondsPerShot = (performance.now() - started) / sampled
    const size = { width: 160, height: 160 }
    const clips = await Promise.all(plans.slice(0, drawn).map((plan) => drawPlan(plan, size)))
    const labels = scripts.slice(0, drawn).map(({ caption }) => caption.text)
    const sheet = await contactSheet(clips, { columns: 1, framesPerRow: 9, frameWidth: 160, labels })
    await writeFile(join(folder, `step-${String(step).padStart(6, '0')}.png`), sheet)
    const together = ensembleBehaviour(ensembles, await samplePlans(network, options, ensembles))
    return { ...likelihood, ...behaviour(scripts, plans), ...together, millisecondsPerShot }
  } finally {
    await network.close()
  }
}

async function samplePlans(
  network: MotionNetwork,
  { encodeText }: MotionTaskOptions,
  scripts: readonly ClipScript[],
): Promise<MotionPlan[]> {
  const texts = await encodeText(scripts.map(({ caption }) => caption.text))
  const plans: MotionPlan[] = []
  for (const [i, script] of scripts.entries()) {
    const actors = script.plan.actors.map(({ id, phrase }, slot) => ({
      id,
      phrase,
      span: at(script.caption.actors, slot).span,
    }))
    const state = await startMotion(network, { text: at(texts, i), actors, frames, seed: lookSeed + i })
    plans.push((await continueMotion(network, state, frames)).plan)
  }
  return plans
}

async function heldOutLikelihood(
  { config, encodeText, runtime }: MotionTaskOptions,
  weights: Weights,
  scripts: readonly ClipScript[],
): Promise<{ heldOutNats: number; startNats: number; keyNats: number; constantVelocityNats: number }> {
  const { parameters, parts } = motionLoss(config, scripts.length)
  const own = new Map(
    parameters.list.flatMap(({ name }) => {
      const value = weights.get(name)
      return value ? [[name, value] as const] : []
    }),
  )
  const session = await runtime.open(compile(parts, { weights: own }))
  try {
    const windows = scripts.map((script): MotionWindow => ({ script, start: 0, noise: null }))
    const texts = await encodeOnce(new Map(), encodeText, windows)
    const outputs = await session.run(motionFeeds(config, windows, texts))
    return {
      heldOutNats: at(floatsOf(outputs, 'nextNats'), 0),
      startNats: at(floatsOf(outputs, 'startNats'), 0),
      keyNats: at(floatsOf(outputs, 'keyNats'), 0),
      constantVelocityNats: constantVelocityNats(scripts.map(sceneNumbers)),
    }
  } finally {
    await session.close()
  }
}

/** −ln p a frame and slot when each number is taken to change as it last did. */
function constantVelocityNats(clips: readonly (readonly SceneNumbers[])[]): number {
  const errors = Array.from({ length: slotCount }, (): number[][] => [])
  let count = 0
  for (const scenes of clips) {
    for (let frame = 2; frame < Math.min(unrolled, scenes.length); frame++) {
      for (let slot = 0; slot < slotCount; slot++) {
        const [a, b, c] = [scenes[frame - 2]?.[slot], scenes[frame - 1]?.[slot], scenes[frame]?.[slot]]
        if (!a || !b || !c) continue
        const last = changeTarget(slot, a, b)
        at(errors, slot).push(changeTarget(slot, b, c).map((n, i) => n - at(last, i)))
        count += 1
      }
    }
  }
  const nats = errors.reduce((total, list) => {
    const numbers = list[0]?.length ?? 0
    return (
      total +
      Array.from({ length: numbers }, (_, i) => {
        const variance = list.reduce((sum, error) => sum + at(error, i) ** 2, 0) / list.length
        // A number that is always 0 is not one of the slot's.
        if (variance === 0) return 0
        const spread = Math.max(leastSpread, Math.sqrt(variance))
        return list.length * (Math.log(spread * Math.sqrt(2 * Math.PI)) + variance / (2 * spread * spread))
      }).reduce((a, b) => a + b, 0)
    )
  }, 0)
  return nats / count
}

/** What an actor's states are to show when it does what it is said to do. */
type Check = (states: readonly State[], actor: ScriptActor) => boolean

const checks: Readonly<Record<string, { readonly actions: readonly ActionName[]; readonly holds: Check }>> = {
  direction: {
    actions: ['walk', 'run', 'drive', 'ride', 'fly', 'swim', 'sail', 'cartwheel', 'enter', 'leave', 'chase'],
    holds: (states, { direction }) => {
      const way = at(states, -1).centerX - at(states, 0).centerX
      return direction === null || (direction === 'right' ? way > 0 : way < 0)
    },
  },
  facing: {
    actions: ['walk', 'run', 'drive', 'ride', 'fly', 'swim', 'sail', 'enter', 'leave', 'chase'],
    holds: (states, { direction }) => {
      const side = states.reduce((sum, { facing }) => sum + facing, 0)
      return direction === null || (direction === 'right' ? side > 0 : side < 0)
    },
  },
  lift: {
    actions: ['jump', 'bounce', 'jump-over'],
    holds: (states, { target, action }) =>
      (action === 'jump-over' && target === null) || lift(states) > 0.25 * at(states, 0).height,
  },
  growth: {
    actions: ['grow', 'shrink', 'approach', 'recede'],
    holds: (states, { action }) => {
      const ratio = at(states, -1).height / at(states, 0).height
      return action === 'grow' || action === 'approach' ? ratio > 1.2 : ratio < 0.83
    },
  },
  presence: {
    actions: ['enter', 'leave'],
    holds: (states, { action }) => {
      const [first, last] = [at(states, 0).presence, at(states, -1).presence]
      return action === 'enter' ? last > first + 0.3 : first > last + 0.3
    },
  },
  stillness: {
    actions: ['stand', 'juggle', 'spin'],
    holds: (states) => Math.abs(at(states, -1).centerX - at(states, 0).centerX) < 0.1,
  },
}

/** The largest height of the centre above its lowest place, in frame heights. */
function lift(states: readonly State[]): number {
  const ys = states.map(({ centerY }) => centerY)
  return Math.max(...ys) - Math.min(...ys)
}

/** For each check, the share of the actors whose action it is about that pass it. */
function behaviour(scripts: readonly ClipScript[], plans: readonly MotionPlan[]): Record<string, number> {
  const shares = Object.entries(checks).map(([name, { actions, holds }]) => {
    const results = scripts.flatMap((script, i) =>
      // A moving camera carries actors along: only the network's own ways are judged.
      script.camera !== 'still'
        ? []
        : script.actors.flatMap((actor, slot) => {
            const states = plans[i]?.actors[slot]?.states
            return states && actions.includes(actor.action) ? [holds(states, actor)] : []
          }),
    )
    return [name, results.filter(Boolean).length / Math.max(1, results.length)] as const
  })
  return { ...Object.fromEntries(shares), way: wayShare(scripts, plans) }
}

/** How far those go who are to go somewhere, as a share of how far the world has them go. */
function wayShare(scripts: readonly ClipScript[], plans: readonly MotionPlan[]): number {
  const way = (states: readonly State[]): number => Math.abs(at(states, -1).centerX - at(states, 0).centerX)
  let [gone, wanted] = [0, 0]
  for (const [i, { camera, actors, plan }] of scripts.entries()) {
    for (const [slot, { direction }] of actors.entries()) {
      const [states, world] = [plans[i]?.actors[slot]?.states, plan.actors[slot]?.states]
      if (camera !== 'still' || direction === null || !states || !world) continue
      gone += way(states)
      wanted += way(world)
    }
  }
  return gone / Math.max(1e-6, wanted)
}

/** What the first one's box is to be beside the second's: as the evaluation reads relations. */
const besideOf: Readonly<Record<RelationName, Beside>> = {
  'left-of': 'left of',
  'right-of': 'right of',
  above: 'above',
  behind: 'behind',
  'in-front-of': 'in front of',
}

/** Nearer to each other than this share of their width, two are one to the eye. */
const leastDistance = 0.5

function ensembleBehaviour(
  scripts: readonly ClipScript[],
  plans: readonly MotionPlan[],
): { relation: number; apart: number; worldApart: number } {
  const middles = (plan: MotionPlan | undefined): State[] =>
    plan?.actors.flatMap(({ states }) => states[frames / 2] ?? []) ?? []
  const related = scripts.flatMap(({ relation }, i) => {
    const [a, b] = middles(plans[i])
    return relation && a && b ? [isBeside[besideOf[relation]](a, b)] : []
  })
  const isApart = (state: State, others: readonly State[]): boolean =>
    others.every(
      (other) =>
        other === state ||
        Math.hypot(other.centerX - state.centerX, other.centerY - state.centerY) >
          leastDistance * Math.min(state.width, other.width),
    )
  const apart = (each: readonly State[][]): number => {
    const all = each.flatMap((states) => states.map((state) => isApart(state, states)))
    return all.filter(Boolean).length / Math.max(1, all.length)
  }
  return {
    relation: related.filter(Boolean).length / Math.max(1, related.length),
    apart: apart(plans.map(middles)),
    worldApart: apart(scripts.map(({ plan }) => middles(plan))),
  }
}
