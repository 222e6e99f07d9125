import type { Action } from '../text/scene-graph.ts'

/** What kind of thing happens, as far as a story's tension goes. */
export const actionClasses = [
  'rest',
  'look',
  'speak',
  'go',
  'hurry',
  'handle',
  'help',
  'joy',
  'sorrow',
  'trick',
  'danger',
  'fight',
  'show',
] as const
export type ActionClass = (typeof actionClasses)[number]

interface ClassRule {
  /** 0 to 1. */
  readonly tension: number
  /** −1 to 1. */
  readonly valence: number
  readonly verbs: string
}

/** Every class with its share of tension and valence; a verb that no class knows is `handle` with a patient, else `go`. */
export const classRules: { readonly [Name in ActionClass]: ClassRule } = {
  rest: {
    tension: 0.1,
    valence: 0.05,
    verbs: `be have own live stay remain sit stand lie sleep rest wait nap dream relax lean hold keep wear belong know think
      feel need like breathe float hang settle doze snore`,
  },
  look: {
    tension: 0.2,
    valence: 0,
    verbs: `see look watch gaze stare notice find spot observe peek peer hear listen smell search study read examine
      discover glance admire inspect`,
  },
  speak: {
    tension: 0.28,
    valence: 0,
    verbs: `say tell talk ask answer reply call speak whisper sing announce explain promise bark meow moo roar chirp
      knock nod wave bow point greet invite beg sigh yawn howl growl whistle`,
  },
  go: {
    tension: 0.3,
    valence: 0,
    verbs: `walk go come move travel stroll wander march climb ride drive sail swim fly glide drift roll enter leave
      arrive return cross pass follow approach turn rise descend board stop land walk step crawl tiptoe shuffle float
      hike row paddle appear disappear visit`,
  },
  hurry: {
    tension: 0.5,
    valence: 0.05,
    verbs: `run race rush hurry dash sprint jump leap gallop dart speed hop bounce dive charge zoom swoop skate ski surf
      slide spin whirl cross wake`,
  },
  handle: {
    tension: 0.25,
    valence: 0.05,
    verbs: `take put pick make build open close carry pull push lift pour tie cook bake cut draw paint write wash clean
      plant dig eat drink bite chew throw catch fetch bring use play fix light set cover place stir fill hide touch grow
      water knit pack load buy sell wrap spread raise lower press turn knock drop buy`,
  },
  help: {
    tension: 0.25,
    valence: 0.6,
    verbs: `help save rescue free give share feed heal protect comfort thank forgive let teach guide hug kiss love marry
      welcome offer release reward guard invite cure pet lend adopt`,
  },
  joy: {
    tension: 0.25,
    valence: 0.8,
    verbs: `smile laugh dance celebrate cheer clap play enjoy giggle shine bloom win grin rejoice twirl purr wag juggle
      sparkle glow`,
  },
  sorrow: {
    tension: 0.5,
    valence: -0.7,
    verbs: `cry weep lose miss sob shiver freeze starve mourn die fail suffer regret frown fade wither limp sink forget
      tremble ache`,
  },
  trick: {
    tension: 0.55,
    valence: -0.35,
    verbs: `lie trick fool cheat tease mock sneak steal hide challenge taunt boast deceive betray argue scold refuse tempt
      rob spy creep prowl stalk pretend`,
  },
  danger: {
    tension: 0.75,
    valence: -0.55,
    verbs: `fall break crash trip burn explode flee escape scream trap drown slip shatter collapse crack erupt threaten
      shout yell warn panic strike storm flood destroy tumble snap wreck gnaw howl shake`,
  },
  fight: {
    tension: 0.95,
    valence: -0.6,
    verbs: `fight attack chase hit kill bite wrestle battle hunt pounce grab seize catch shoot stab kick punch slap push
      defeat beat conquer eat swallow devour hurt wound smash pursue`,
  },
  show: { tension: 0.1, valence: 0, verbs: '' },
}

/** A verb that two classes list belongs to the later one. */
const classOfVerb: ReadonlyMap<string, ActionClass> = new Map(
  actionClasses.flatMap((name) =>
    classRules[name].verbs
      .trim()
      .split(/\s+/)
      .map((verb) => [verb, name] as const),
  ),
)

/** Whole verbs whose particle changes what they are. */
const classOfPhrase: ReadonlyMap<string, ActionClass> = new Map([
  ['let go', 'help'],
  ['give up', 'sorrow'],
  ['fall asleep', 'rest'],
  ['lie down', 'rest'],
  ['sit down', 'rest'],
  ['run away', 'danger'],
  ['break down', 'danger'],
  ['go out', 'go'],
  ['look up', 'look'],
])

/** What is a fight with someone is an everyday thing with a thing, or with nobody. */
const onlyToSomeone: ReadonlySet<string> = new Set([
  'eat',
  'bite',
  'push',
  'grab',
  'catch',
  'kick',
  'hit',
  'lie',
])

/**
 * The class of an action.
 * @param lemma of its verb, with its particle
 * @param isDoneTo whether it is done to a character, to a thing, or to nobody
 */
export function classOf(lemma: string, isDoneTo: 'character' | 'thing' | 'nobody'): ActionClass {
  const phrase = classOfPhrase.get(lemma)
  if (phrase) return phrase
  const [verb = ''] = lemma.split(' ')
  if (verb === 'lie' && isDoneTo !== 'character') return 'rest'
  if (onlyToSomeone.has(verb) && isDoneTo !== 'character') return 'handle'
  return classOfVerb.get(verb) ?? (isDoneTo === 'nobody' ? 'go' : 'handle')
}

/** Verbs that tell how things are rather than what happens. */
const states: ReadonlySet<string> = new Set(
  `be have own live love like hate want need know believe think mean wear hold keep sit stand lie stay remain belong
  seem feel hope wish resemble contain`.split(/\s+/),
)

/** True for a verb that tells a state: to sit, but not to sit down. */
export function isState({ lemma, direction }: Pick<Action, 'lemma' | 'direction'>): boolean {
  return states.has(lemma) && direction === null
}
