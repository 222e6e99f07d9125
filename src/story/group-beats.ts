import { type StoryMaterial, settingOf } from './draft-shots.ts'
import { emotionOf } from './emotion.ts'
import type { CarriedSetting } from './setting-carry.ts'
import type { StoryBeat } from './story-beats.ts'

interface Group {
  readonly beats: readonly StoryBeat[]
  readonly cast: ReadonlySet<string>
  readonly tension: number
  readonly first: CarriedSetting
  readonly last: CarriedSetting
}

/**
 * Joins neighbours until there are `count` groups: those first that play in one place, at one time, with the same
 * cast, and in which little happens.
 */
export function groupBeats(
  beats: readonly StoryBeat[],
  count: number,
  material: StoryMaterial,
): StoryBeat[][] {
  if (beats.length <= count) return beats.map((beat) => [beat])
  const groups = beats.map((beat): Group => {
    const setting = settingOf(material, [beat])
    const { tension } = emotionOf(material.graph, beat, setting.weather)
    return { beats: [beat], cast: castOf(beat), tension, first: setting, last: setting }
  })
  while (groups.length > Math.max(1, count)) {
    let best = 0
    let lowest = Number.POSITIVE_INFINITY
    for (let i = 0; i + 1 < groups.length; i++) {
      const [a, b] = [groups[i], groups[i + 1]]
      const cost = a && b ? costOf(a, b) : Number.POSITIVE_INFINITY
      if (cost < lowest) [best, lowest] = [i, cost]
    }
    const [a, b] = groups.splice(best, 2)
    if (a && b) groups.splice(best, 0, join(a, b))
  }
  return groups.map(({ beats }) => [...beats])
}

function castOf({ clauses, seen }: StoryBeat): ReadonlySet<string> {
  return new Set([...seen, ...clauses.flatMap(({ action }) => [...action.agents, ...action.patients])])
}

function costOf(a: Group, b: Group): number {
  const isElsewhere = a.last.place !== b.first.place
  const isLater = a.last.time !== b.first.time
  const isOfOthers = ![...a.cast].some((id) => b.cast.has(id))
  const size = a.beats.length + b.beats.length
  return (
    3 * Number(isElsewhere) + 2 * Number(isLater) + Number(isOfOthers) + 0.75 * size + a.tension + b.tension
  )
}

function join(a: Group, b: Group): Group {
  return {
    beats: [...a.beats, ...b.beats],
    cast: new Set([...a.cast, ...b.cast]),
    tension: Math.max(a.tension, b.tension),
    first: a.first,
    last: b.last,
  }
}
