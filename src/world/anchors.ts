import type { Actor } from './actor.ts'

/** A place on an actor's picture, in sides of its square from the top left, native facing; and how wide it is there. */
export interface Anchor {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** Where things are worn: the crown of the head, the eyes' middle, the neck's. */
export interface Anchors {
  readonly head: Anchor
  readonly eyes?: Anchor
  readonly neck?: Anchor
}

/** Where accessories go on an actor; null where none would sit well. */
export function anchorsOf({ id }: Actor): Anchors | null {
  return anchors.get(id) ?? null
}

type Place = readonly [x: number, y: number, width: number]

/** Read off the loops' first pictures by eye. */
const table: Readonly<Record<string, readonly [head: Place, eyes?: Place | null, neck?: Place]>> = {
  dog: [[0.22, 0.19, 0.3], null, [0.33, 0.44, 0.28]],
  cat: [[0.2, 0.16, 0.3], null, [0.3, 0.5, 0.28]],
  'black-cat': [[0.2, 0.16, 0.3], null, [0.3, 0.5, 0.28]],
  mouse: [[0.26, 0.25, 0.26]],
  ox: [[0.24, 0.15, 0.28]],
  cow: [[0.22, 0.19, 0.26]],
  tiger: [[0.2, 0.28, 0.28], null, [0.28, 0.56, 0.26]],
  leopard: [[0.2, 0.3, 0.28]],
  rabbit: [[0.27, 0.27, 0.3]],
  snake: [[0.7, 0.06, 0.26]],
  horse: [[0.28, 0.13, 0.22]],
  goat: [[0.2, 0.2, 0.24]],
  sheep: [[0.22, 0.15, 0.28]],
  monkey: [[0.28, 0.165, 0.36]],
  rooster: [[0.2, 0.13, 0.25]],
  pig: [[0.18, 0.33, 0.26]],
  turtle: [[0.14, 0.68, 0.16]],
  chick: [[0.36, 0.14, 0.42]],
  penguin: [
    [0.5, 0.2, 0.36],
    [0.5, 0.36, 0.26],
    [0.5, 0.53, 0.42],
  ],
  camel: [[0.14, 0.14, 0.2]],
  squirrel: [[0.22, 0.18, 0.26]],
  turkey: [[0.16, 0.17, 0.16]],
  duck: [[0.3, 0.07, 0.26], null, [0.3, 0.48, 0.27]],
  swan: [[0.18, 0.18, 0.2]],
  gorilla: [[0.27, 0.1, 0.28]],
  rhino: [[0.27, 0.36, 0.22]],
  giraffe: [[0.22, 0.1, 0.16]],
  zebra: [[0.17, 0.1, 0.2]],
  hedgehog: [[0.3, 0.52, 0.28]],
  'long-necked-dinosaur': [[0.22, 0.07, 0.22]],
  dinosaur: [[0.24, 0.09, 0.3]],
  kangaroo: [[0.2, 0.17, 0.18]],
  llama: [[0.2, 0.17, 0.18]],
  hippo: [[0.28, 0.4, 0.26]],
  mammoth: [[0.34, 0.1, 0.34]],
  flamingo: [[0.3, 0.07, 0.22]],
  seal: [[0.28, 0.28, 0.32]],
  lion: [
    [0.5, 0.1, 0.5],
    [0.5, 0.42, 0.34],
  ],
  bear: [
    [0.5, 0.12, 0.5],
    [0.5, 0.46, 0.36],
  ],
  panda: [
    [0.5, 0.12, 0.5],
    [0.5, 0.47, 0.4],
  ],
  fox: [
    [0.5, 0.22, 0.34],
    [0.5, 0.51, 0.42],
  ],
  wolf: [
    [0.5, 0.2, 0.34],
    [0.5, 0.48, 0.36],
  ],
  frog: [
    [0.5, 0.18, 0.36],
    [0.5, 0.28, 0.6],
  ],
  koala: [
    [0.5, 0.2, 0.4],
    [0.5, 0.54, 0.46],
  ],
  raccoon: [
    [0.5, 0.2, 0.4],
    [0.5, 0.54, 0.4],
  ],
  hamster: [
    [0.5, 0.22, 0.36],
    [0.5, 0.55, 0.4],
  ],
  chicken: [[0.45, 0.1, 0.36]],
  orangutan: [
    [0.5, 0.09, 0.4],
    [0.5, 0.27, 0.28],
  ],
  'guide-dog': [[0.2, 0.26, 0.24]],
  'service-dog': [[0.28, 0.22, 0.22]],
  'water-buffalo': [[0.28, 0.18, 0.26]],
  boar: [[0.5, 0.16, 0.34]],
  ram: [[0.25, 0.13, 0.26]],
  'two-humped-camel': [[0.16, 0.15, 0.2]],
  rat: [[0.27, 0.25, 0.24]],
  beaver: [[0.3, 0.18, 0.28]],
  sloth: [
    [0.26, 0.36, 0.3],
    [0.25, 0.5, 0.24],
  ],
  skunk: [[0.2, 0.46, 0.2]],
  badger: [[0.18, 0.46, 0.2]],
  'polar-bear': [
    [0.5, 0.12, 0.46],
    [0.5, 0.48, 0.34],
  ],
  'hatching-chick': [
    [0.5, 0.08, 0.36],
    [0.5, 0.23, 0.24],
  ],
  'little-chick': [
    [0.5, 0.14, 0.36],
    [0.5, 0.3, 0.26],
  ],
  dodo: [[0.24, 0.07, 0.26]],
  caterpillar: [[0.24, 0.2, 0.24]],
  donkey: [[0.25, 0.3, 0.18]],
  goose: [[0.25, 0.13, 0.2]],
  eagle: [[0.22, 0.3, 0.2]],
  dove: [[0.24, 0.2, 0.3]],
  parrot: [[0.28, 0.07, 0.32]],
  owl: [
    [0.5, 0.1, 0.5],
    [0.5, 0.3, 0.56],
  ],
  bird: [[0.28, 0.15, 0.28]],
  raven: [[0.3, 0.07, 0.28]],
  whale: [[0.35, 0.33, 0.4]],
  octopus: [[0.5, 0.1, 0.5]],
  fish: [[0.25, 0.35, 0.3]],
  dolphin: [[0.27, 0.16, 0.28]],
  shark: [[0.35, 0.2, 0.32]],
  otter: [
    [0.24, 0.32, 0.26],
    [0.23, 0.43, 0.2],
  ],
  shrimp: [[0.2, 0.17, 0.28]],
  jellyfish: [[0.5, 0.1, 0.5]],
  dragon: [[0.22, 0.14, 0.24]],
  mermaid: [
    [0.52, 0.04, 0.28],
    [0.52, 0.14, 0.2],
  ],
  fairy: [[0.46, 0.1, 0.17]],
  'man-fairy': [[0.46, 0.1, 0.17]],
  ghost: [
    [0.55, 0.07, 0.42],
    [0.55, 0.24, 0.36],
  ],
  robot: [
    [0.5, 0.1, 0.5],
    [0.5, 0.42, 0.46],
  ],
  alien: [
    [0.5, 0.04, 0.5],
    [0.5, 0.5, 0.66],
  ],
  vampire: [[0.5, 0.05, 0.34]],
  'woman-vampire': [[0.5, 0.05, 0.34]],
  merman: [[0.44, 0.08, 0.24]],
  zombie: [[0.5, 0.08, 0.44]],
  'woman-zombie': [[0.52, 0.08, 0.4]],
  troll: [[0.34, 0.07, 0.3]],
  'man-walking': [[0.38, 0.06, 0.17]],
  'woman-walking': [[0.4, 0.06, 0.18]],
  'person-walking': [[0.5, 0.08, 0.18]],
  man: [
    [0.5, 0.06, 0.19],
    [0.5, 0.14, 0.14],
    [0.5, 0.215, 0.18],
  ],
  woman: [
    [0.5, 0.07, 0.2],
    [0.5, 0.15, 0.14],
    [0.5, 0.225, 0.18],
  ],
  'person-standing': [
    [0.5, 0.07, 0.19],
    [0.5, 0.15, 0.14],
    [0.5, 0.22, 0.18],
  ],
  baby: [
    [0.5, 0.12, 0.44],
    [0.5, 0.53, 0.46],
  ],
  child: [
    [0.5, 0.08, 0.6],
    [0.5, 0.5, 0.46],
  ],
  boy: [
    [0.5, 0.1, 0.56],
    [0.5, 0.49, 0.44],
  ],
  girl: [
    [0.5, 0.1, 0.58],
    [0.5, 0.49, 0.46],
  ],
  'blond-person': [
    [0.5, 0.1, 0.56],
    [0.5, 0.5, 0.42],
  ],
  'bearded-man': [
    [0.5, 0.08, 0.6],
    [0.5, 0.48, 0.42],
  ],
  'bearded-woman': [
    [0.5, 0.08, 0.6],
    [0.5, 0.48, 0.42],
  ],
  'red-haired-man': [
    [0.5, 0.08, 0.58],
    [0.5, 0.48, 0.42],
  ],
  'red-haired-woman': [
    [0.5, 0.08, 0.58],
    [0.5, 0.48, 0.42],
  ],
  'curly-haired-man': [
    [0.5, 0.1, 0.56],
    [0.5, 0.48, 0.42],
  ],
  'curly-haired-woman': [
    [0.5, 0.1, 0.6],
    [0.5, 0.48, 0.42],
  ],
  'white-haired-man': [
    [0.5, 0.1, 0.58],
    [0.5, 0.48, 0.42],
  ],
  'white-haired-woman': [
    [0.5, 0.1, 0.5],
    [0.5, 0.48, 0.42],
  ],
  'bald-man': [
    [0.5, 0.13, 0.56],
    [0.5, 0.48, 0.42],
  ],
  'bald-woman': [
    [0.5, 0.13, 0.5],
    [0.5, 0.48, 0.42],
  ],
  'blond-woman': [
    [0.5, 0.1, 0.56],
    [0.5, 0.48, 0.42],
  ],
  'old-man': [
    [0.5, 0.12, 0.52],
    [0.5, 0.5, 0.42],
  ],
  'old-woman': [
    [0.5, 0.1, 0.5],
    [0.5, 0.52, 0.42],
  ],
  'pouting-person': [
    [0.45, 0.07, 0.38],
    [0.45, 0.24, 0.28],
  ],
  'refusing-woman': [[0.5, 0.07, 0.4]],
  'refusing-man': [[0.5, 0.1, 0.38]],
  'woman-tipping-hand': [[0.28, 0.05, 0.4]],
  'waving-person': [
    [0.53, 0.05, 0.4],
    [0.53, 0.25, 0.27],
  ],
  'waving-woman': [[0.6, 0.07, 0.36]],
  'facepalming-person': [[0.45, 0.05, 0.42]],
  'shrugging-person': [
    [0.42, 0.14, 0.34],
    [0.42, 0.3, 0.23],
  ],
  'shrugging-woman': [
    [0.43, 0.14, 0.34],
    [0.43, 0.3, 0.23],
  ],
  'pregnant-woman': [[0.4, 0.06, 0.3]],
  'person-with-a-cane': [[0.55, 0.07, 0.18]],
  'woman-with-a-cane': [[0.54, 0.07, 0.18]],
  'person-in-an-electric-wheelchair': [[0.56, 0.07, 0.19]],
  'person-in-a-wheelchair': [[0.5, 0.05, 0.18]],
  weightlifter: [[0.5, 0.27, 0.2]],
  'woman-weightlifter': [[0.5, 0.28, 0.2]],
  'meditating-person': [[0.5, 0.07, 0.27]],
  'meditating-woman': [[0.5, 0.07, 0.28]],
  doctor: [
    [0.5, 0.06, 0.36],
    [0.5, 0.31, 0.25],
  ],
  'woman-doctor': [
    [0.5, 0.06, 0.4],
    [0.5, 0.31, 0.25],
  ],
  teacher: [[0.5, 0.06, 0.38]],
  'woman-teacher': [[0.5, 0.05, 0.4]],
  judge: [
    [0.5, 0.06, 0.36],
    [0.5, 0.31, 0.25],
  ],
  'woman-judge': [
    [0.5, 0.05, 0.4],
    [0.5, 0.31, 0.25],
  ],
  'office-worker': [
    [0.5, 0.06, 0.36],
    [0.5, 0.31, 0.25],
  ],
  scientist: [[0.5, 0.06, 0.38]],
  'woman-scientist': [[0.5, 0.06, 0.4]],
  programmer: [
    [0.5, 0.08, 0.36],
    [0.5, 0.27, 0.25],
  ],
  groom: [
    [0.5, 0.06, 0.36],
    [0.5, 0.31, 0.25],
  ],
  'woman-in-a-tuxedo': [
    [0.5, 0.05, 0.42],
    [0.5, 0.31, 0.25],
  ],
}

const anchorAt = ([x, y, width]: Place): Anchor => ({ x, y, width })

const anchors = new Map(
  Object.entries(table).map(([id, [head, eyes, neck]]): [string, Anchors] => [
    id,
    {
      head: anchorAt(head),
      ...(eyes ? { eyes: anchorAt(eyes) } : {}),
      ...(neck ? { neck: anchorAt(neck) } : {}),
    },
  ]),
)
