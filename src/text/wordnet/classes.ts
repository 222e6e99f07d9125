/** Words in a block of the data file: what a lookup reads. */
export const wordsPerBlock = 24

/**
 * What a sense of a noun is. In the data the letter of a sense that is one particular thing (Paris, Mars) is a
 * capital.
 */
export const nounClasses = {
  m: 'man',
  f: 'woman',
  p: 'person',
  a: 'animal',
  i: 'being',
  g: 'group',
  v: 'vehicle',
  c: 'clothing',
  r: 'room',
  s: 'structure',
  l: 'land',
  y: 'celestial body',
  w: 'weather',
  h: 'plant',
  o: 'food',
  b: 'body part',
  u: 'substance',
  n: 'natural object',
  d: 'artifact',
  q: 'colour',
  t: 'time',
  k: 'communication',
  e: 'event',
  z: 'quantity',
  x: 'abstract',
} as const
export type NounClass = keyof typeof nounClasses

/**
 * By hypernym: a lemma of the synset itself or of any above it, of those in the named lexicographer files (a word has
 * many senses: the `area` of a house is an artifact). The first row that fits decides.
 */
export const nounHypernyms: readonly {
  readonly letter: NounClass
  readonly files: readonly number[]
  readonly lemmas: readonly string[]
}[] = [
  {
    letter: 'i',
    files: [5, 6, 9, 18],
    lemmas: ['imaginary being', 'spiritual being', 'automaton', 'snowman'],
  },
  {
    letter: 'f',
    files: [18],
    lemmas: ['female', 'mother', 'princess', 'queen', 'nun', 'actress', 'waitress'],
  },
  {
    letter: 'm',
    files: [18],
    lemmas: ['male', 'father', 'king', 'prince', 'monk', 'wizard', 'knight', 'cowboy'],
  },
  { letter: 'v', files: [6], lemmas: ['vehicle', 'conveyance'] },
  {
    letter: 'c',
    files: [6],
    lemmas: ['clothing', 'footwear', 'headdress', 'jewelry', 'spectacles', 'goggles'],
  },
  { letter: 'r', files: [6], lemmas: ['room', 'corridor', 'porch', 'balcony'] },
  {
    letter: 's',
    files: [6],
    lemmas: ['structure', 'building complex', 'facility', 'place of business', 'area', 'way', 'workplace'],
  },
  {
    letter: 'w',
    files: [19],
    lemmas: ['weather', 'precipitation', 'atmospheric phenomenon', 'wind', 'storm'],
  },
  { letter: 'y', files: [17], lemmas: ['celestial body'] },
  { letter: 'q', files: [7], lemmas: ['color'] },
  { letter: 't', files: [28], lemmas: ['time period', 'time unit', 'time of day', 'season'] },
  {
    letter: 'l',
    files: [8, 14, 15, 17],
    lemmas: [
      'geological formation',
      'body of water',
      'land',
      'tract',
      'vegetation',
      'atmosphere',
      'location',
      'universe',
    ],
  },
]

/** By lexicographer file number, lexnames(5WN). */
export const nounLexnames: Readonly<Record<number, NounClass>> = {
  3: 'x',
  4: 'e',
  5: 'a',
  6: 'd',
  7: 'x',
  8: 'b',
  9: 'x',
  10: 'k',
  11: 'e',
  12: 'x',
  13: 'o',
  14: 'g',
  15: 'l',
  16: 'x',
  17: 'n',
  18: 'p',
  19: 'w',
  20: 'h',
  21: 'x',
  22: 'x',
  23: 'z',
  24: 'x',
  25: 'x',
  26: 'x',
  27: 'u',
  28: 't',
}

/** What a sense of a verb is. In the data the letter of a sense that takes a direct object is a capital. */
export const verbClasses = {
  b: 'body',
  h: 'change',
  g: 'cognition',
  k: 'communication',
  f: 'competition',
  o: 'consumption',
  c: 'contact',
  r: 'creation',
  e: 'emotion',
  m: 'motion',
  p: 'perception',
  v: 'possession',
  s: 'social',
  t: 'stative',
  w: 'weather',
} as const
export type VerbClass = keyof typeof verbClasses

/** By lexicographer file number, lexnames(5WN). */
export const verbLexnames: Readonly<Record<number, VerbClass>> = {
  29: 'b',
  30: 'h',
  31: 'g',
  32: 'k',
  33: 'f',
  34: 'o',
  35: 'c',
  36: 'r',
  37: 'e',
  38: 'm',
  39: 'p',
  40: 'v',
  41: 's',
  42: 't',
  43: 'w',
}

/** Words at the top of WordNet, which no file tells the class of. */
export const topNouns: Readonly<Record<string, NounClass | undefined>> = Object.assign(Object.create(null), {
  person: 'p',
  animal: 'a',
  plant: 'h',
  food: 'o',
  artifact: 'd',
  object: 'd',
  location: 'l',
  substance: 'u',
  time: 't',
})
