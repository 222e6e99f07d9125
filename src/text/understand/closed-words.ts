import type { Tag } from './tags.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** A word's possible tags, the likelier first. */
const rows: readonly (readonly [tags: readonly Tag[], text: string])[] = [
  [['det'], 'a an the this these those every each no any another some my our your his its their whose'],
  [['det', 'pron'], 'her'],
  [['rel', 'sub', 'det'], 'that'],
  [['rel'], 'who which whom'],
  [
    ['pron'],
    'i me he she it him itself himself herself myself nobody everybody somebody everyone someone something',
  ],
  [['pron'], 'nothing everything anyone anybody anything mine hers theirs'],
  [['prons'], 'they them we us you themselves ourselves yourself'],
  [['be'], "is are was were am be been being 're 'm"],
  [['of', 'be'], "'s"],
  [['have'], "have has had 've having"],
  [['modal'], "do does did can could will would shall should may might must 'll ca wo sha"],
  [['not'], "not n't never"],
  [['to', 'prep'], 'to'],
  [['and'], 'and or but nor & yet plus'],
  [['sub'], 'while when whenever where because if although though unless whereas once until till'],
  [['sub'], 'as'],
  [['sub', 'prep'], 'since before after'],
  [['sub', 'adverb'], 'so'],
  [['adverb', 'sub'], 'how why'],
  [
    ['prep'],
    'of in at with from by into onto upon toward towards for without beneath between among amongst amid',
  ],
  [
    ['prep'],
    'amidst against during despite via beside besides within throughout alongside underneath atop per than',
  ],
  [['prep', 'adverb'], 'on off up down over under across along through around past above below behind near'],
  [['prep', 'adverb'], 'inside outside beyond about opposite aboard out'],
  [['adj', 'prep', 'adverb'], 'round'],
  [['prep', 'base', 'adj'], 'like'],
  [['adverb'], 'there here then very too quite just also now again soon always often suddenly together away'],
  [
    ['adverb'],
    'almost only even ever later tonight forward forwards backward backwards upward upwards downward',
  ],
  [
    ['adverb'],
    'downwards leftward leftwards rightward rightwards aside apart ahead nearby indoors outdoors overhead',
  ],
  [['adverb'], 'upside sideways everywhere somewhere instead meanwhile perhaps maybe rather really straight'],
  [['adverb'], 'neither today tomorrow yesterday goodbye goodnight'],
  [['adverb', 'noun', 'adj', 'past', 'participle'], 'left'],
  [['adverb', 'noun', 'adj'], 'right back'],
  [['adverb', 'adj'], 'still far fast high low hard deep late early alone well long home'],
  [['num'], 'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'],
  [['num'], 'seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred'],
  [['num'], 'thousand million hundreds thousands millions dozen dozens several many few most'],
  [['num', 'adverb'], 'both all'],
  [['adj', 'noun'], 'giant'],
  [['num', 'noun'], 'one'],
  [['adj', 'noun'], 'other others'],
  [['adj'], 'such own same full'],
  [['base', 'adverb', 'adj'], 'close'],
  [['adj', 'adverb', 'num'], 'more'],
  [['adj', 'num', 'adverb'], 'much little'],
  [['det', 'num'], 'half'],
  [['other'], 'oh hey please wow hello yes'],
  [['other', 'adj'], 'okay ok'],
]

const closed = new Map<string, readonly Tag[]>(
  rows.flatMap(([tags, text]) => words(text).map((word): [string, readonly Tag[]] => [word, tags])),
)

/** Tags of words that grammar is made of; null for words that carry meaning of their own. */
export function closedTags(lower: string): readonly Tag[] | null {
  return closed.get(lower) ?? null
}

/** Prepositions of several words; the longest that fits counts. */
export const longPrepositions: readonly (readonly string[])[] = [
  'in the middle of',
  'in the centre of',
  'in the center of',
  'at the edge of',
  'on the edge of',
  'at the end of',
  'at the top of',
  'at the bottom of',
  'at the foot of',
  'on the other side of',
  'on the left side of',
  'on the right side of',
  'to the left of',
  'to the right of',
  'on the left of',
  'on the right of',
  'at the side of',
  'by the side of',
  'on the back of',
  'in the back of',
  'at the back of',
  'in the corner of',
  'in front of',
  'on top of',
  'inside of',
  'outside of',
  'out of',
  'next to',
  'close to',
  'far from',
  'away from',
  'ahead of',
  'instead of',
  'along with',
  'together with',
  'because of',
  'left of',
  'right of',
  'up to',
  'down to',
  'out from',
  'from behind',
  'from under',
  'from above',
  'from below',
].map(words)

/** Words that together say how or where: adverbs of several words. */
export const longAdverbs: readonly (readonly string[])[] = [
  'on top',
  'in place',
  'up and down',
  'back and forth',
  'side by side',
  'round and round',
  'around and around',
  'in circles',
  'in a circle',
  'at once',
  'in the air',
  'on and on',
  'again and again',
  'once upon a time',
  'each other',
  'one another',
  'hand in hand',
  'arm in arm',
  'face to face',
  'back to back',
  'one by one',
  'on horseback',
  'at a slow pace',
  'at high speed',
  'at full speed',
  'in slow motion',
  'in the distance',
  'in the background',
  'in the foreground',
  'in the middle',
  'from side to side',
  'upside down',
  'in front',
  'next door',
  'all day',
  'one day',
  'at last',
  'at first',
].map(words)

/** How a preposition is called in the graph, where it is not as said. */
export const prepositionNames: Readonly<Record<string, string>> = {
  'to the left of': 'left of',
  'to the right of': 'right of',
  'on the left of': 'left of',
  'on the right of': 'right of',
  'on the left side of': 'left of',
  'on the right side of': 'right of',
  'inside of': 'inside',
  'outside of': 'outside',
  'by the side of': 'beside',
  'at the side of': 'beside',
  'close to': 'near',
  towards: 'toward',
  'down to': 'to',
  'up to': 'to',
  amongst: 'among',
  amidst: 'amid',
  underneath: 'under',
  upon: 'on',
}

/** Forms of `be`, `have` and `do` by what they are a form of. */
export const auxiliaryLemmas: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(words("is are was were am be been being 's 're 'm").map((form) => [form, 'be'])),
  ...Object.fromEntries(words("have has had 've having").map((form) => [form, 'have'])),
  ...Object.fromEntries(words('do does did').map((form) => [form, 'do'])),
})

const counts: Readonly<Record<string, number>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(
    words(
      'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    ).map((word, index) => [word, index]),
  ),
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
  hundreds: 200,
  thousands: 2000,
  millions: 2_000_000,
  dozen: 12,
  dozens: 24,
  both: 2,
  couple: 2,
  pair: 2,
  twin: 2,
  trio: 3,
  few: 3,
  several: 3,
  some: 2,
  many: 5,
  lots: 5,
})

/** How many a number word or a quantity word tells; digits too. Null for no count. */
export function countOf(lower: string): number | null {
  if (/^\d{1,6}$/.test(lower)) return Number(lower)
  if (/^\d{1,3}(?:,\d{3})+$/.test(lower)) return Number(lower.replaceAll(',', ''))
  return counts[lower] ?? null
}
