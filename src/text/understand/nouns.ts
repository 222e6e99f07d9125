import type { NounClass } from '../wordnet/classes.ts'
import type { NounSenses, WordNet } from '../wordnet/wordnet.ts'
import { genderOfName } from './first-names.ts'
import { genderOf, isWhoDoes, personLetters, titleOf } from './genders.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { isPeopleGroup } from './people-groups.ts'
import { alwaysPlaces, isNamedLand, isPlaceWord, isRoom, placeOf } from './place-nouns.ts'

/** What a noun can be in a scene. */
export interface Meaning {
  /** Someone who acts of their own will. */
  readonly isAnimate: boolean
  readonly gender: 'f' | 'm' | 'either' | 'none'
  /** A stuffed elephant, a wooden horse: seen as a thing until it acts. */
  readonly isLikeness: boolean
  /** Many of them in one: `crowd`. */
  readonly isGroup: boolean
  /** How easily it is a setting: always, when one is in it, or not. */
  readonly place: 'always' | 'inside' | 'never'
  /** A building, a room or another work that one can be in. */
  readonly isBuilding: boolean
  /** `Moon`, `planet`: seen in the sky as a thing, and a place for those on it. */
  readonly isCelestial: boolean
  readonly isVehicle: boolean
  readonly isClothing: boolean
  readonly isBodyPart: boolean
  /** Nothing that can be seen: `moment`, `idea`. */
  readonly isAbstract: boolean
  readonly isSubstance: boolean
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Beings that WordNet's first sense takes for something else. */
const beings =
  words(`ghost seal slug ram crane t-rex santa superhero phoenix mummy skeleton mole fawn scorpion hippo lynx
  gnome yeti bigfoot centaur kraken creature beast being figure silhouette ass`)
/** People who are things in WordNet too, and seldom said of either. */
const people =
  words(`emperor knave joker bard rapper khan poacher piper trainer twin superman supporter seeker racer
  sharpshooter brat corsair oracle partisan marquise greybeard minuteman peacekeeper peacemaker lifesaver ironmonger
  tobacconist smoker eater viewer broadcaster outfitter cobbler baritone chum dandy stud creep cultivator`)
/** People in one, whose members act. */
const groupWords =
  words(`herd flock pack school swarm convoy pair couple dozen group bunch crowd line row team trio gang litter
  shoal colony pride troop fleet army pod set cluster family procession parade series collection number handful`)
const thingsOfActs =
  words(`dictionary notebook diary encyclopedia document paper envelope ufo light shadow fire smoke flame picture painting photo photograph book letter map sign card note newspaper
  magazine poster flag wave firework fireworks sculpture statue drawing logo explosion splash game toy gift present meal
  breakfast lunch dinner cake trick spell dance song music whistle siren sip feast snack parade bubble crown glass wall
  pitcher receiver roll puzzle message mirror screen prize trophy medal star moon sun planet comet rainbow banner tattoo postcard ticket egg
  reflection coin money treasure ring ingot footprint hole track trail cube ball square circle triangle bonfire campfire wildfire bell campsite chess
  alga algae coral plankton`)
const nothings =
  words(`cartwheel somersault backflip handstand flip lap pirouette surface time way moment distance background foreground middle style air life fun view scene front side end sake kind sort
  part course top bottom place edge reach thing everything nothing direction mind rest day one while turn use help step pace speed
  hour minute second week month year today shape form colour color sound sight attention love mercy peace power magic
  joy happiness sadness anger fear surprise silence noise number lot bit position motion circle hurry reveal depth focus
  chance risk detail resolution quality atmosphere mood tone aesthetic lighting composition texture render contrast frame`)

const animateLetters = 'mfpai'

export type NounWords = Pick<
  NounPhrase,
  'lemma' | 'head' | 'isProper' | 'modifiers' | 'reference' | 'attributes'
>

/** What images of beings are made of, and how. */
const likenesses =
  /^(?:stuffed|plush|toy|wooden|stone|bronze|marble|porcelain|ceramic|plastic|clay|paper|cardboard|origami|carved|inflatable|painted|embroidered|knitted|crocheted|plaster|granite|papier-mâché|crystal|glass|tin|iron|gingerbread|chocolate|rubber)$/

/** What the head of a noun phrase means, by WordNet; the compound counts before its head. */
export function meaningOf(
  { lemma, head, isProper, modifiers, reference, attributes }: NounWords,
  wordnet: WordNet,
): Meaning {
  // Benny the bear is what a bear is.
  const isNamesake = isProper && !lemma.endsWith(head)
  const known = !isNamesake && wordnet.noun(lemma) ? lemma : partKnown(head, wordnet)
  const senses = wordnet.noun(known)
  const classes = isProper ? (senses?.classes ?? []) : commonClasses(senses, reference)
  const named = isProper
    ? (titleOf(modifiers[0]) ?? genderOfName(head) ?? genderOfName(modifiers[0] ?? head))
    : null
  const [first = 'x'] = classes
  // "Pip was a mouse": a word that is a name here means nothing else.
  const isWordAsName =
    isProper &&
    reference === 'none' &&
    senses !== null &&
    !senses.isName &&
    lemma === head &&
    !'tuwo'.includes(first)
  const isUnknownName = isProper && (isWordAsName || senses === null || (senses.isName && classes[0] === 'p'))
  const isPeople = isPeopleGroup(known) || (classes[0] === 'g' && isPeopleGroup(head))
  const isAnimate =
    named !== null ||
    isUnknownName ||
    isPeople ||
    beings.has(head) ||
    isLiving(known, classes, senses?.frequency ?? 0)
  const kinds = isNamedLand(known, classes, wordnet.noun(head)?.classes ?? []) ? [] : classes
  const place =
    isAnimate || clothes.has(head) ? 'never' : placeOf(lemma, head, known, kinds, senses?.frequency ?? 0)
  return {
    isAnimate,
    gender:
      named ??
      genderOf(
        classes.includes('a') && !isWhoDoes(head, classes) && (senses?.frequency ?? 0) < 2,
        head,
        first,
        isAnimate,
        isUnknownName || isPeople,
      ),
    isLikeness:
      isAnimate &&
      first !== 'i' &&
      [...attributes, ...modifiers].some((word) => likenesses.test(word)) &&
      !beings.has(head),
    isGroup: groupWords.has(head) || (first === 'g' && !isPlaceWord(known)),
    place,
    isBuilding: place !== 'never' && (first === 's' || isRoom(classes, senses?.frequency ?? 0)),
    isCelestial: wordnet.noun(head)?.classes[0] === 'y',
    isVehicle:
      modifiers.includes('robot') ||
      first === 'v' ||
      (first === 'r' && classes[1] === 'v') ||
      (classes.includes('v') && (senses?.frequency ?? 0) < 4 && first === 'd'),
    isClothing:
      !isAnimate && (first === 'c' || (classes.includes('c') && clothes.has(head)) || clothes.has(head)),
    isBodyPart: !isAnimate && (first === 'b' || bodyParts.has(head)),
    isAbstract:
      !isAnimate &&
      !modifiers.includes('robot') &&
      isAbstract(head, lemma, classes, (senses?.frequency ?? 0) < 2),
    isSubstance: first === 'u' || first === 'o',
  }
}

/** A zookeeper is a keeper: what the dictionary knows of a word that it does not have. */
function partKnown(head: string, wordnet: WordNet): string {
  if (wordnet.noun(head) !== null) return head
  for (let at = 3; at <= head.length - 4; at++) {
    const [kind, part] = [head.slice(0, at), head.slice(at)]
    if ((wordnet.noun(part)?.frequency ?? 0) > 0 && wordnet.noun(kind) !== null) return part
  }
  return head
}

/** A burger is no Warren Burger, and a jersey no island. */
function commonClasses(senses: NounSenses | null, reference: NounPhrase['reference']): readonly NounClass[] {
  if (!senses?.isName || senses.classes.length === 1) return senses?.classes ?? []
  return reference !== 'none' && senses.commonClasses.length > 0
    ? senses.commonClasses
    : senses.classes.slice(1)
}

const clothes =
  words(`boot cap cape coat cloak crown dress glasses sunglasses glove hat helmet hood jacket jeans mask outfit raincoat
  pajamas pyjamas robe scarf shirt t-shirt shoe shorts skirt sock spacesuit suit sweater tie tuxedo uniform vest wetsuit
  turban apron costume gown kimono sari hoodie sneaker sandal backpack belt armor armour swimsuit bikini overalls bow-tie
  headphones wig veil blouse cardigan poncho trousers pants leggings slipper beret sombrero`)
const bodyParts = words(
  'wing tail horn feather fur paw trunk beard hair antler fin beak claw mane hoof tentacle whisker shell',
)

function isLiving(lemma: string, classes: readonly NounClass[], frequency: number): boolean {
  const [first = 'x'] = classes
  // A fireman is a play of cards first.
  if (/[a-z]{2}(?:man|woman)$/.test(lemma) && classes.includes('p')) return true
  // A toaster is no person who toasts, and a taco no Mexican: in scenes such words are sooner things.
  const isBeast = classes.includes('a') && !classes.includes('o')
  const isThingToo =
    !isBeast && personLetters.includes(first) && classes.some((letter) => 'dvsorhc'.includes(letter))
  if (isThingToo && frequency < 2 && !people.has(lemma)) return false
  // A puck is played with, and seldom a sprite.
  if (first === 'i' && classes[1] === 'd' && classes.length === 2 && frequency < 2) return beings.has(lemma)
  if (animateLetters.includes(first))
    return !bodyParts.has(lemma) && !thingsOfActs.has(lemma) && !alwaysPlaces.has(lemma)
  if (alwaysPlaces.has(lemma) || clothes.has(lemma) || bodyParts.has(lemma)) return false
  if (first === 'o') return classes.includes('a')
  // Beaver is a fur first.
  if (frequency <= 2 && 'uc'.includes(first)) return classes.includes('a')
  return frequency <= 2 && 'khldx'.includes(first) && classes[1] === 'a'
}

function isAbstract(head: string, lemma: string, classes: readonly NounClass[], isRare: boolean): boolean {
  if (nothings.has(head) || nothings.has(lemma) || /^\d+s$/.test(head)) return true
  if (classes.length === 0 || thingsOfActs.has(head)) return false
  const [first = 'x', second = 'x'] = classes
  if (isRare && classes.some((letter) => 'dvcnhoasrlu'.includes(letter))) return false
  const isVague = (letter: NounClass): boolean => 'xeztqk'.includes(letter)
  return isVague(first) && isVague(second)
}
