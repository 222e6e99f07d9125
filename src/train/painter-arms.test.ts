import { describe, expect, it } from 'vitest'
import { type DenoiserConfig, toyboxDenoiser } from '../models/denoiser.ts'
import type { DenoiserSession } from '../models/denoiser-session.ts'
import type { State } from '../video/motion-plan.ts'
import { isDrafted, type PainterArm, painterArms, type ToldChunk } from './painter-arms.ts'
import { paintingErrors } from './painter-error.ts'

const config: DenoiserConfig = {
  ...toyboxDenoiser,
  size: 2,
  latentChannels: 2,
  warpSize: 2,
  referenceSize: 2,
}
const videoFrames = config.frames * config.framesPerLatent

const moving = (speed: number): State[] =>
  Array.from({ length: videoFrames }, (_, f) => ({
    centerX: 0.5 + speed * f,
    centerY: 0.5,
    width: 1,
    height: 1,
    facing: 1,
    phase: f / videoFrames,
    presence: 1,
  }))

const picture = new Float32Array(4 * config.referenceSize ** 2).fill(1)
const told: ToldChunk = {
  text: { vectors: new Float32Array(config.textWidth), count: 1 },
  actors: [{ picture, states: moving(0.01) }],
  setting: { picture, states: moving(-0.01) },
  draft: 'laid',
  precipitation: null,
}

/** What of `told` an arm leaves out or changes. */
function changedBy(arm: PainterArm): string[] {
  const after = painterArms[arm](told)
  const [before, own] = [told, after].map(({ actors, setting, text, draft }) => ({
    words: text,
    'actors’ pictures': actors.map((actor) => actor.picture),
    'setting’s picture': setting.picture,
    plan: [...actors, setting].map(({ states }) => states),
    draft,
  }))
  return Object.keys(before ?? {}).filter(
    (key) =>
      JSON.stringify(before?.[key as keyof typeof before]) !== JSON.stringify(own?.[key as keyof typeof own]),
  )
}

describe('the painter’s arms', () => {
  it.each<[PainterArm, string[]]>([
    ['everything', []],
    ['words off', ['words']],
    ['actors’ pictures off', ['actors’ pictures']],
    ['setting’s picture off', ['setting’s picture']],
    ['all pictures off', ['actors’ pictures', 'setting’s picture']],
    ['plan held at the first frame', ['plan']],
    ['plan off', ['plan']],
    ['draft off', ['draft']],
  ])('%s takes away that alone', (arm, changed) => {
    expect(changedBy(arm)).toEqual(changed)
  })

  it('hold a plan where it begins, for as many frames', () => {
    const { actors, setting } = painterArms['plan held at the first frame'](told)
    for (const { states } of [...actors, setting]) {
      expect(states).toHaveLength(videoFrames)
      expect(new Set(states)).toEqual(new Set([states?.[0]]))
    }
    expect(actors[0]?.states?.[0]).toEqual(told.actors[0]?.states?.[0])
  })

  it('have a draft where the setting has a picture and a place', () => {
    const drafted = (Object.keys(painterArms) as PainterArm[]).filter((arm) =>
      isDrafted(painterArms[arm](told)),
    )
    expect(drafted).toEqual([
      'everything',
      'words off',
      'actors’ pictures off',
      'plan held at the first frame',
    ])
  })
})

describe('the painter’s errors', () => {
  const cells = config.frames * config.size ** 2
  const size = cells * config.latentChannels

  it('are those of the prediction, apart for actors and background, where frames are not given', async () => {
    const given = [1, 0, 0, 0]
    const weights = Float32Array.from({ length: cells }, (_, i) => (i < 4 ? 0 : i % 4 === 0 ? 3 : 1))
    const clean = new Float32Array(size).fill(1)
    const asked: { latents: Float32Array; times: number[] }[] = []
    // 3 too much in actors' cells, 1 elsewhere; far off where frames are given, which must not count.
    const network: DenoiserSession = {
      tell: async () => {},
      predict: async (latents, times) => {
        asked.push({ latents, times: [...times] })
        const off = (i: number): number => (i < size / 4 ? 100 : i % 4 === 0 ? 3 : 1)
        return { clean: clean.map((value, i) => value + off(i)), looks: null }
      },
      close: async () => {},
    }
    const encoder = { encode: async () => new Float32Array(size), close: async () => {} }
    const noise = new Float32Array(size).fill(-1)
    const [first, second] = await paintingErrors(
      { config, network, encoder },
      told,
      { clean, noise, given, weights },
      [0, 0.25],
    )
    // One cell of four is an actor's: (3·9 + 3·1) / 4.
    expect(first).toEqual({ weighted: 7.5, actors: 9, background: 1 })
    expect(second).toEqual(first)
    expect(asked.map(({ times }) => times)).toEqual([
      [1, 0, 0, 0],
      [1, 0.25, 0.25, 0.25],
    ])
    expect([asked[1]?.latents[0], asked[1]?.latents.at(-1)]).toEqual([1, 0.25 - 0.75])
  })
})
