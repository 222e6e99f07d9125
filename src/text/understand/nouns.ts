import type { NounClass } from '../wordnet/classes.ts'
import type { NounSenses, WordNet } from '../wordnet/wordnet.ts'
import { genderOfName } from './first-names.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { isPeopleGroup } from './people-groups.ts'

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
const women = words(
  'witch queen princess ballerina mermaid hen cow mare ewe lioness nanny housewife mummy mum nun fairy',
)
const men = words('wizard king prince rooster cockerel bull stallion santa monk dad daddy guy knight')
/** People who are things in WordNet too, and seldom said of either. */
const people =
  words(`emperor knave joker bard rapper khan poacher piper trainer twin superman supporter seeker racer
  sharpshooter brat corsair oracle partisan marquise greybeard minuteman peacekeeper peacemaker lifesaver ironmonger
  tobacconist smoker eater viewer broadcaster outfitter cobbler baritone chum dandy stud creep cultivator`)
/** People in one, whose members act. */
const groupWords =
  words(`herd flock pack school swarm convoy pair couple dozen group bunch crowd line row team trio gang litter
  shoal colony pride troop fleet army pod set cluster family procession parade series collection number handful`)
/** Places that WordNet has as artifacts, and common ones that it has as something else first. */
const alwaysPlaces =
  words(`beach street road path alley park garden market square playground lawn field forest school
  station courtyard backyard yard orchard pier dock harbour harbor port highway motorway runway sidewalk pavement stage
  stadium arena farm farmyard barnyard zoo museum library hospital restaurant cafe café bakery shop store supermarket mall
  factory office studio classroom gym kitchen bedroom bathroom hallway corridor attic cellar basement garage balcony porch
  terrace rooftop space universe galaxy planet mars moon venus jupiter town city village countryside outdoors world land
  sky horizon circus carnival fair fairground theater theatre church cathedral temple palace castle tunnel cave dungeon
  plaza boulevard avenue lane trail track racetrack riverbank lakeside seaside seashore shore coast island jungle desert
  savanna savannah meadow valley hillside mountainside cliffside glacier canyon swamp marsh wetland lagoon bay canal campsite
  camp laboratory lab workshop warehouse airport cockpit bar pub diner hotel lobby ballroom dining-room nightclub club bridge
  cityscape landscape ruins woods rainforest reef seabed ocean sea lake pond river stream creek waterfall pool vineyard
  airfield airstrip runway driveway crossroads intersection junction platform cinema bistro cafeteria canteen hangar
  shipyard quarry boardwalk promenade esplanade waterfront marina patio veranda deck crossing
  graveyard cemetery battlefield wasteland parking-lot greenhouse aquarium cabin north south east west skatepark rink court moor`)
/** Inside or on which one can be: settings only then. */
const insidePlaces =
  words(`house cottage hut tent tower bus train boat ship car plane airplane spaceship submarine bath bathtub
  elevator lift barn stable cabin igloo treehouse palace castle bridge building skyscraper aquarium hotel nest
  mountain hill cliff volcano iceberg cloud water wave grass snow sand ground puddle roof truck van taxi`)
/** What WordNet calls places, and no scene is set in. */
const notPlaces =
  words(`top bottom side middle center centre corner edge end post front back base tip peak spot point place part direction
  distance background foreground way left right rock stone home area position puddle stall doorway pillar cab window door roof wall fence chimney gate ceiling stair stairs step shelf counter surface floor line stop bus-stop tree flower air flag
  body web nest hole bubble target shelf cloud
  reach porthole cage kennel hutch crib cradle drawer cupboard closet wardrobe locker seat hammock horizon oven booth grave gutter drain pipe bowl well case`)
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

const personLetters = 'mfp'
const animateLetters = 'mfpai'

const titles: Readonly<Record<string, 'f' | 'm' | 'either' | undefined>> = Object.assign(
  Object.create(null),
  {
    mr: 'm',
    'mr.': 'm',
    mister: 'm',
    sir: 'm',
    lord: 'm',
    king: 'm',
    prince: 'm',
    uncle: 'm',
    grandpa: 'm',
    father: 'm',
    mrs: 'f',
    'mrs.': 'f',
    ms: 'f',
    'ms.': 'f',
    miss: 'f',
    lady: 'f',
    queen: 'f',
    princess: 'f',
    aunt: 'f',
    grandma: 'f',
    mother: 'f',
    dr: 'either',
    'dr.': 'either',
    doctor: 'either',
    captain: 'either',
    professor: 'either',
    detective: 'either',
  },
)

function titleOf(word: string | undefined): 'f' | 'm' | 'either' | null {
  return titles[word ?? ''] ?? null
}

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

function genderOf(
  isRareBeast: boolean,
  head: string,
  first: NounClass,
  isAnimate: boolean,
  isUnclear: boolean,
): Meaning['gender'] {
  if (!isAnimate) return 'none'
  if (women.has(head) || /(?:woman|girl|lady|ess|mother|wife|daughter|sister|aunt|niece)$/.test(head))
    return 'f'
  // A snowman is he or it.
  if (first === 'i' && /man$/.test(head)) return 'either'
  if (men.has(head) || /[^u]man$|^man$|(?:boy|father|husband|son|brother|uncle|nephew|gentleman)$/.test(head))
    return 'm'
  if (first === 'f') return 'f'
  if (first === 'm') return 'm'
  // A chameleon is a person in its first sense, and a scene's is none.
  if (isRareBeast) return 'none'
  return isUnclear || personLetters.includes(first) ? 'either' : 'none'
}

/** A diver is somebody who dives before a bird; a chameleon and a cub are animals before all. */
function isWhoDoes(head: string, [first = 'x', second = 'x']: readonly NounClass[]): boolean {
  return (
    /[a-z]{2}(?:er|or|ist|eer)$/.test(head) && personLetters.includes(first) && personLetters.includes(second)
  )
}

function isPlaceWord(lemma: string): boolean {
  return alwaysPlaces.has(lemma) || insidePlaces.has(lemma)
}

/** A compound that WordNet knows only as a place, though its head grows or is eaten: `corn cob`. */
function isNamedLand(known: string, classes: readonly NounClass[], ofHead: readonly NounClass[]): boolean {
  return known.includes(' ') && classes[0] === 'l' && 'oha'.includes(ofHead[0] ?? 'x')
}

/** A word that texts hardly use is a room where it is one in its second sense: the lounge is no sofa. */
function isRoom(classes: readonly NounClass[], frequency: number): boolean {
  return classes[0] === 'r' || (frequency < 2 && classes[1] === 'r')
}

function placeOf(
  lemma: string,
  head: string,
  known: string,
  classes: readonly NounClass[],
  frequency: number,
): Meaning['place'] {
  const isCompound = known.includes(' ')
  // A bus stop, a starting line: the dictionary knows better than the head.
  if (isCompound && classes[0] === 'l' && !insidePlaces.has(head)) return 'always'
  // A chocolate bar, a bay leaf.
  if (isCompound && 'ohb'.includes(classes[0] ?? 'x')) return 'never'
  if (notPlaces.has(lemma) || notPlaces.has(head)) return 'never'
  if (insidePlaces.has(head)) return 'inside'
  if (alwaysPlaces.has(head) || alwaysPlaces.has(lemma)) return 'always'
  // What is also a measure holds something: a barrel.
  if (classes[0] === 's' && classes.includes('z')) return 'never'
  const [first = 'x'] = classes
  if (first === 'l' || first === 'r') return 'always'
  // "Through the capital".
  if (classes.includes('l') && classes.every((letter) => 'xzgkltew'.includes(letter))) return 'inside'
  // A cavern is a hollow thing of nature, and then a formation of the land.
  const isHollow = first === 'n' && classes[1] === 'l'
  return first === 's' || isHollow || isRoom(classes, frequency) ? 'inside' : 'never'
}

function isAbstract(head: string, lemma: string, classes: readonly NounClass[], isRare: boolean): boolean {
  if (nothings.has(head) || nothings.has(lemma) || /^\d+s$/.test(head)) return true
  if (classes.length === 0 || thingsOfActs.has(head)) return false
  const [first = 'x', second = 'x'] = classes
  if (isRare && classes.some((letter) => 'dvcnhoasrlu'.includes(letter))) return false
  const isVague = (letter: NounClass): boolean => 'xeztqk'.includes(letter)
  return isVague(first) && isVague(second)
}
