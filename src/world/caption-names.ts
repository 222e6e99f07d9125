import type { Random } from '../util/random.ts'
import { actorOf } from './actors.ts'
import { join, type Marked, mark } from './caption-text.ts'
import type { Build, Deed } from './facts.ts'
import { accessoryWords } from './looks.ts'
import { hasPlural, pluralOf } from './plural.ts'

/** How captions name those who are in them. */

/** Some looks are told, some are left out: those who were told of before are told apart by their noun. */
export function nounPhrase(random: Random, deed: Deed, told: 'new' | 'known'): string {
  const actor = actorOf(deed.actorId)
  const noun = actor.synonyms.length > 0 && random.uniform() < 0.3 ? random.pick(actor.synonyms) : actor.noun
  const words = join(adjectives(random, deed, noun, told), noun).text
  const article =
    told === 'new' && random.uniform() < 0.84 ? (/^([aeio]|u(?!ni|fo)|suv)/i.test(words) ? 'an' : 'a') : 'the'
  const wears = deed.looks.wears
  const worn =
    wears && random.uniform() < (told === 'new' ? 0.85 : 0.2) ? random.pick(accessoryWords(wears)) : ''
  return join(properNames.has(noun) ? '' : article, words, worn).text
}

function adjectives(random: Random, deed: Deed, noun: string, told: 'new' | 'known'): string {
  const actor = actorOf(deed.actorId)
  const { coat } = deed.looks
  const size =
    deed.build === 'usual' || random.uniform() < (told === 'new' ? 0.12 : 0.85)
      ? ''
      : random.pick(buildWords[deed.build])
  if (coat !== null) return join(size, random.uniform() < (told === 'new' ? 0.9 : 0.25) ? coat : '').text
  const shared = actor.looks.length > 0 && (random.uniform() < 0.35 || actor.id === 'black-cat')
  const looks = shared && told === 'new' && !noun.includes(' in ') ? random.pick(actor.looks) : ''
  return join(size, repeats(noun, looks) ? '' : looks).text
}

/** True where the noun tells of these looks already: `bearded`, of `man with a beard`. */
function repeats(noun: string, looks: string): boolean {
  const plain = (text: string): string => text.replaceAll('-', ' ')
  return / with(out)? /.test(noun) || (looks !== '' && plain(noun).includes(plain(looks)))
}

/** `three small birds`, which marks them all. */
export function groupName(random: Random, deeds: readonly Deed[]): Marked {
  const [first] = deeds
  if (!first) return join('')
  const { noun, synonyms } = actorOf(first.actorId)
  const said = random.pick([noun, noun, ...synonyms.filter(hasPlural)])
  const words = join(adjectives(random, first, said, 'new'), pluralOf(said)).text
  const worn =
    first.looks.wears && random.uniform() < 0.85 ? random.pick(accessoryWords(first.looks.wears, 'many')) : ''
  const number = deeds.length === 2 ? random.pick(['two', 'two', 'a pair of']) : 'three'
  return deeds.reduce<Marked>((words, _, i) => mark(`actor:${i}`, words), join(number, words, worn))
}

/** `a small bird` of `three small birds`. */
export function singular(phrase: string, deed: Deed | undefined): string {
  if (!deed) return phrase
  const { noun, synonyms } = actorOf(deed.actorId)
  const said = [noun, ...synonyms].find((word) => phrase.includes(pluralOf(word))) ?? noun
  const one = phrase.replace(/^(two|three|a pair of) /i, '').replace(pluralOf(said), said)
  const wears = deed.looks.wears
  const bare = wears
    ? accessoryWords(wears, 'many').reduce(
        (text, words, i) => text.replace(words, accessoryWords(wears)[i] ?? words),
        one,
      )
    : one
  return `${/^[aeiou]/i.test(bare) ? 'an' : 'a'} ${bare}`
}

/** Without the capital of a sentence's start, unless it is a name's. */
export function lowered(phrase: string): string {
  return /^(A|An|The|One|Two|Three) /.test(phrase)
    ? phrase.slice(0, 1).toLowerCase() + phrase.slice(1)
    : phrase
}

/** Of whom there is one. */
const properNames: ReadonlySet<string> = new Set([
  'Santa Claus',
  'Father Christmas',
  'Mother Christmas',
  'Mrs Claus',
  'Dracula',
  'Saturn',
])

const buildWords: { readonly [B in Build]: readonly string[] } = {
  small: ['small', 'little', 'tiny'],
  usual: [],
  big: ['big', 'large', 'huge'],
}
