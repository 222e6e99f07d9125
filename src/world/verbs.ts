import type { ActionName, PairAction, SoloAction } from './actions.ts'
import type { Medium } from './settings.ts'

/** A verb's forms. `rest` follows it: `comes | in`. */
export interface Verb {
  readonly base: string
  readonly rest: string
}

export type VerbForm = 'base' | 'third' | 'past' | 'participle'

type ByMedium = { readonly [M in Medium]?: readonly string[] }

/** How each action is said; `any` fills in where a medium has no words of its own. The first word is conjugated. */
const soloVerbs: { readonly [Name in SoloAction]: ByMedium & { readonly any: readonly string[] } } = {
  walk: { any: ['walk', 'walk', 'stroll', 'wander', 'go for a walk', 'march'] },
  run: { any: ['run', 'run', 'race', 'dash', 'sprint', 'rush'] },
  drive: { any: ['drive', 'drive', 'roll', 'travel', 'go'] },
  ride: { any: ['ride', 'ride', 'race'] },
  fly: { any: ['fly', 'fly', 'soar', 'glide'] },
  swim: { any: ['swim', 'swim', 'glide', 'paddle'] },
  sail: { any: ['sail', 'sail', 'float', 'glide'] },
  float: { any: ['float', 'drift', 'hover'] },
  jump: { any: ['jump', 'jump', 'hop', 'leap'] },
  spin: { any: ['spin', 'spin around', 'twirl', 'whirl', 'turn round and round'] },
  dance: { any: ['dance', 'dance', 'sway', 'dance happily'] },
  bounce: { any: ['bounce', 'bounce up and down', 'jump up and down', 'hop up and down'] },
  stand: {
    any: ['stand', 'stand still', 'wait', 'rest', 'stay'],
    air: ['hover', 'float', 'stay in place'],
    water: ['float', 'hover', 'rest', 'stay in place'],
    surface: ['float', 'rest', 'wait'],
  },
  rise: { any: ['rise', 'float up', 'go up', 'rise into the air'], water: ['rise', 'swim up', 'float up'] },
  fall: { any: ['fall', 'drop down', 'fall down', 'come down'], water: ['sink', 'sink down', 'swim down'] },
  grow: { any: ['grow', 'grow bigger', 'get bigger', 'grow larger'] },
  shrink: { any: ['shrink', 'get smaller', 'grow smaller', 'become smaller'] },
  circle: {
    any: ['go in circles', 'go round and round', 'circle'],
    ground: ['run in circles', 'run around', 'go in circles', 'circle'],
    air: ['fly in circles', 'circle', 'fly around'],
    water: ['swim in circles', 'circle', 'swim around'],
  },
  enter: {
    any: ['come in', 'enter', 'arrive'],
    air: ['fly in', 'come in', 'enter'],
    water: ['swim in', 'come in'],
    surface: ['come in', 'arrive'],
  },
  leave: {
    any: ['leave', 'go away', 'move off'],
    air: ['fly away', 'leave', 'fly off'],
    water: ['swim away', 'leave', 'swim off'],
    surface: ['leave', 'go away', 'move off'],
  },
  approach: { any: ['come closer', 'approach', 'come nearer', 'come towards us'] },
  recede: { any: ['move away into the distance', 'go off into the distance', 'get farther away'] },
  turn: { any: ['turn around', 'turn back', 'change direction', 'go back and forth'] },
  shake: { any: ['shake', 'tremble', 'shiver', 'wiggle'] },
  cartwheel: { any: ['turn cartwheels', 'do cartwheels', 'cartwheel'] },
  juggle: { any: ['juggle', 'juggle balls', 'throw balls in the air'] },
  appear: { any: ['appear', 'appear', 'appear out of nowhere', 'pop up', 'show up'] },
  disappear: { any: ['disappear', 'disappear', 'vanish', 'disappear into thin air', 'vanish suddenly'] },
  sleep: { any: ['sleep', 'sleep', 'take a nap', 'lie asleep', 'doze'] },
  surf: { any: ['surf', 'surf', 'ride the waves', 'ride a wave'] },
  row: { any: ['row', 'row a boat', 'paddle'] },
  ski: { any: ['ski', 'slide downhill', 'race through the snow', 'glide over the snow'] },
  lift: { any: ['lift weights', 'lift a heavy weight', 'raise a barbell'] },
  meditate: { any: ['meditate', 'sit still', 'do yoga', 'sit cross-legged'] },
}

/** Between the two names: `chases`. */
const pairVerbs: { readonly [Name in PairAction]: readonly string[] } = {
  chase: ['chase', 'chase', 'run after', 'pursue'],
  follow: ['follow', 'follow', 'go after', 'trail behind'],
  meet: ['meet', 'meet', 'greet', 'come up to'],
  'jump-over': ['jump over', 'leap over', 'hop over'],
  pass: ['pass', 'go past', 'pass by', 'move past'],
}

const withWheels: { readonly [Name in SoloAction]?: readonly string[] } = {
  stand: ['be parked', 'stand', 'wait', 'stop'],
  circle: ['drive in circles', 'go in circles'],
  enter: ['drive in', 'arrive', 'come in'],
  leave: ['drive away', 'drive off', 'leave'],
}

/** All the ways to say an action. */
export function verbsOf(action: ActionName, medium: Medium, drives: 'drives' | 'moves'): readonly Verb[] {
  if (action in pairVerbs) return pairVerbs[action as PairAction].map(split)
  const solo = action as SoloAction
  const row = soloVerbs[solo]
  const phrases = (drives === 'drives' ? withWheels[solo] : undefined) ?? row[medium] ?? row.any
  return phrases.map(split)
}

function split(phrase: string): Verb {
  const [base = '', ...rest] = phrase.split(' ')
  return { base, rest: rest.join(' ') }
}

const irregular: { readonly [base: string]: { readonly past: string; readonly third?: string } } = {
  run: { past: 'ran' },
  fly: { past: 'flew', third: 'flies' },
  swim: { past: 'swam' },
  rise: { past: 'rose' },
  fall: { past: 'fell' },
  grow: { past: 'grew' },
  shrink: { past: 'shrank' },
  sink: { past: 'sank' },
  come: { past: 'came' },
  go: { past: 'went', third: 'goes' },
  leave: { past: 'left' },
  drive: { past: 'drove' },
  ride: { past: 'rode' },
  spin: { past: 'spun' },
  stand: { past: 'stood' },
  meet: { past: 'met' },
  shake: { past: 'shook' },
  get: { past: 'got' },
  become: { past: 'became' },
  do: { past: 'did', third: 'does' },
  throw: { past: 'threw' },
  sleep: { past: 'slept' },
  take: { past: 'took' },
  lie: { past: 'lay' },
  show: { past: 'showed' },
  slide: { past: 'slid' },
  sit: { past: 'sat' },
  be: { past: 'was', third: 'is' },
}

const doubled = new Set(['run', 'swim', 'spin', 'hop', 'get', 'stop', 'drop', 'pop', 'sit'])

/** One word of a verb. `past` and `base` of `be` agree with the number. */
export function conjugate(base: string, form: VerbForm, number: 'one' | 'many' = 'one'): string {
  if (base === 'be' && number === 'many' && form !== 'participle') return form === 'past' ? 'were' : 'are'
  if (form === 'base') return base === 'be' ? 'are' : base
  const row = irregular[base]
  const last = base.at(-1) ?? ''
  if (form === 'third')
    return (
      row?.third ??
      (/(s|sh|ch|x|o)$/.test(base)
        ? `${base}es`
        : /[^aeiou]y$/.test(base)
          ? `${base.slice(0, -1)}ies`
          : `${base}s`)
    )
  if (form === 'past') {
    if (row) return row.past
    if (doubled.has(base)) return `${base}${last}ed`
    return last === 'e' ? `${base}d` : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${base}ed`
  }
  if (base === 'be') return 'being'
  if (base === 'lie') return 'lying'
  if (doubled.has(base)) return `${base}${last}ing`
  return last === 'e' && !base.endsWith('ee') ? `${base.slice(0, -1)}ing` : `${base}ing`
}
