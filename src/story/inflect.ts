import { conjugate } from '../world/verbs.ts'

/** A verb in the present tense: `chases`, `chase`. @param lemma with its particle: `pick up` */
export function present(lemma: string, isPlural: boolean): string {
  const [verb = '', ...particles] = lemma.split(' ')
  return [isPlural ? plural(verb) : third(verb), ...particles].join(' ')
}

function third(verb: string): string {
  if (verb === 'have') return 'has'
  return /z$/.test(verb) ? `${verb}${/zz$/.test(verb) ? '' : 'z'}es` : conjugate(verb, 'third')
}

function plural(verb: string): string {
  return verb === 'be' ? 'are' : verb
}

/** "does not chase". */
export function denied(lemma: string, isPlural: boolean): string {
  if (lemma === 'be') return isPlural ? 'are not' : 'is not'
  return `${isPlural ? 'do' : 'does'} not ${lemma}`
}

/** "is chased": what is done by nobody who is named. */
export function passive(lemma: string, isPlural: boolean, negated: boolean): string {
  const [verb = '', ...particles] = lemma.split(' ')
  return [isPlural ? 'are' : 'is', ...(negated ? ['not'] : []), pastParticiple(verb), ...particles].join(' ')
}

function pastParticiple(verb: string): string {
  const known = participles.get(verb)
  if (known !== undefined) return known
  if (/e$/.test(verb)) return `${verb}d`
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`
  return doubling.has(verb) ? `${verb}${verb.at(-1)}ed` : `${verb}ed`
}

const doubling: ReadonlySet<string> = new Set(
  'drop stop grab trap clap tap pat hug rub wrap plan knit slap pet rob pin tip dip zip chop shop spot'.split(
    ' ',
  ),
)

const participles: ReadonlyMap<string, string> = new Map(
  `be:been bear:borne beat:beaten begin:begun bend:bent bind:bound bite:bitten blow:blown break:broken bring:brought
  build:built burn:burnt buy:bought catch:caught choose:chosen cut:cut dig:dug do:done draw:drawn drink:drunk drive:driven
  eat:eaten feed:fed fight:fought find:found fly:flown forget:forgotten forgive:forgiven freeze:frozen get:got give:given
  grind:ground grow:grown hang:hung have:had hear:heard hide:hidden hit:hit hold:held hurt:hurt keep:kept know:known lay:laid
  lead:led leave:left lend:lent let:let light:lit lose:lost make:made meet:met pay:paid put:put read:read ride:ridden
  ring:rung rise:risen say:said see:seen seek:sought sell:sold send:sent set:set sew:sewn shake:shaken shoot:shot
  show:shown shut:shut sing:sung sink:sunk slide:slid sow:sown speak:spoken spend:spent spill:spilt spin:spun split:split
  spread:spread steal:stolen stick:stuck strike:struck swallow:swallowed sweep:swept swing:swung take:taken teach:taught
  tear:torn tell:told think:thought throw:thrown understand:understood wake:woken wear:worn weave:woven win:won wind:wound
  write:written`
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [base = '', participle = ''] = pair.split(':')
      return [base, participle] as const
    }),
)
