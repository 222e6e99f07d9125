/** How an actor gets about; settings say which kinds fit. */
export type ActorKind = 'walks' | 'swims' | 'flies' | 'drives' | 'sails' | 'floats' | 'person'

/** An actor of the toybox world: one animated loop of Microsoft's Fluent emoji (MIT), and the words for it. */
export interface Actor {
  /** Unique, the kind's plain noun where there is only one: `dog`, `man-running`. */
  readonly id: string
  /** Name of the animated picture. */
  readonly codePoint: string
  readonly noun: string
  readonly synonyms: readonly string[]
  readonly kinds: readonly [ActorKind, ...ActorKind[]]
  /** Where the picture faces; `front` is drawn as it is for right and mirrored for left. */
  readonly nativeFacing: 'left' | 'right' | 'front'
  /** Side of its picture's square beside that of a dog's. */
  readonly size: number
  /** Pictures of its loop at 12 a second. */
  readonly loopFrames: number
  /** Where its feet (lowest pixels over the loop) stand in its square, from the top. */
  readonly feet: number
  /** Words that are true of its looks: `brown`. */
  readonly looks: readonly string[]
  /** The only actions that its loop shows; all that fit its kind when absent. */
  readonly only?: readonly string[]
  /** The picture shows a head and no body. */
  readonly headOnly: boolean
}

interface Extra {
  readonly also?: readonly string[]
  readonly kinds?: readonly ActorKind[]
  readonly facing?: 'left' | 'right' | 'front'
  readonly frames?: number
  readonly feet?: number
  readonly looks?: readonly string[]
  readonly only?: readonly string[]
  readonly head?: true
  readonly noun?: string
}

function actor(kind: ActorKind, id: string, codePoint: string, size: number, extra: Extra = {}): Actor {
  return {
    id,
    codePoint,
    noun: extra.noun ?? id.replaceAll('-', ' '),
    synonyms: extra.also ?? [],
    kinds: [kind, ...(extra.kinds ?? [])],
    nativeFacing: extra.facing ?? 'left',
    size,
    loopFrames: extra.frames ?? 36,
    feet: extra.feet ?? 0.94,
    looks: extra.looks ?? [],
    ...(extra.only ? { only: extra.only } : {}),
    headOnly: extra.head ?? false,
  }
}

const goes = ['run', 'enter', 'leave', 'chase', 'turn', 'circle', 'approach', 'recede', 'meet', 'jump']
const strolls = ['walk', 'enter', 'leave', 'follow', 'turn', 'approach', 'recede', 'meet', 'circle']
const rides = ['ride', 'enter', 'leave', 'chase', 'follow', 'turn', 'circle', 'meet', 'approach', 'jump']
const dances = ['dance', 'spin', 'bounce', 'jump', 'grow', 'shrink']

/** Everyone there is. Heads only (no whole-body loop exists) are marked. */
export const actors: readonly Actor[] = [
  actor('walks', 'dog', '1f415', 1, { frames: 33, also: ['puppy'], looks: ['tan', 'light brown'] }),
  actor('walks', 'cat', '1f408', 0.95, { also: ['kitty'], looks: ['orange', 'ginger'] }),
  actor('walks', 'black-cat', '1f408-200d-2b1b', 0.95, { looks: ['black'], noun: 'cat' }),
  actor('walks', 'poodle', '1f429', 1, { frames: 28, looks: ['grey'] }),
  actor('walks', 'mouse', '1f401', 0.75, { looks: ['grey', 'white'] }),
  actor('walks', 'ox', '1f402', 1.2, { also: ['bull'], looks: ['brown'] }),
  actor('walks', 'cow', '1f404', 1.2, { looks: ['black and white', 'spotted'] }),
  actor('walks', 'tiger', '1f405', 1.2, { looks: ['striped', 'orange'] }),
  actor('walks', 'leopard', '1f406', 1.2, { also: ['cheetah'], looks: ['spotted', 'yellow'] }),
  actor('walks', 'rabbit', '1f407', 0.8, { also: ['bunny'], looks: ['white', 'grey'] }),
  actor('walks', 'snail', '1f40c', 0.7, { looks: ['brown'] }),
  actor('walks', 'snake', '1f40d', 0.85, { feet: 0.95, facing: 'right', looks: ['green'] }),
  actor('walks', 'horse', '1f40e', 1.3, { looks: ['brown'] }),
  actor('walks', 'goat', '1f410', 1, { frames: 30, feet: 0.95, looks: ['brown'] }),
  actor('walks', 'sheep', '1f411', 1, { frames: 32, feet: 0.95, also: ['lamb'], looks: ['white', 'woolly'] }),
  actor('walks', 'monkey', '1f412', 0.95, { looks: ['brown'] }),
  actor('walks', 'rooster', '1f413', 0.85, { looks: ['brown'], also: ['cockerel'] }),
  actor('walks', 'pig', '1f416', 1, { also: ['piglet'], looks: ['pink'] }),
  actor('walks', 'elephant', '1f418', 1.45, { looks: ['grey'] }),
  actor('walks', 'turtle', '1f422', 0.85, { kinds: ['swims'], also: ['tortoise'], looks: ['green'] }),
  actor('walks', 'chick', '1f424', 0.7, { also: ['baby chick'], looks: ['yellow', 'fluffy'] }),
  actor('walks', 'penguin', '1f427', 0.9, { frames: 24, facing: 'front', looks: ['black and white'] }),
  actor('walks', 'camel', '1f42a', 1.3, { frames: 28, looks: ['sandy', 'brown'] }),
  actor('walks', 'squirrel', '1f43f-fe0f', 0.75, { also: ['chipmunk'], looks: ['orange', 'brown'] }),
  actor('walks', 'spider', '1f577-fe0f', 0.7, { frames: 12, facing: 'front', looks: ['black'] }),
  actor('walks', 'crab', '1f980', 0.8, {
    frames: 30,
    facing: 'front',
    kinds: ['swims'],
    looks: ['red', 'pink'],
  }),
  actor('walks', 'turkey', '1f983', 0.9, { looks: ['brown'] }),
  actor('walks', 'duck', '1f986', 0.85, { kinds: ['sails'], looks: ['green-headed'] }),
  actor('walks', 'swan', '1f9a2', 1, { kinds: ['sails'], looks: ['white'] }),
  actor('walks', 'deer', '1f98c', 1.2, { frames: 32, also: ['stag'], looks: ['brown'] }),
  actor('walks', 'gorilla', '1f98d', 1.2, { looks: ['dark grey'], also: ['ape'] }),
  actor('walks', 'rhino', '1f98f', 1.3, { also: ['rhinoceros'], looks: ['grey'] }),
  actor('walks', 'giraffe', '1f992', 1.5, { looks: ['orange', 'tall'] }),
  actor('walks', 'zebra', '1f993', 1.2, { looks: ['striped', 'black and white'] }),
  actor('walks', 'hedgehog', '1f994', 0.75, { looks: ['brown', 'spiky'] }),
  actor('walks', 'long-necked-dinosaur', '1f995', 1.5, { frames: 12, also: ['brontosaurus', 'sauropod'] }),
  actor('walks', 'dinosaur', '1f996', 1.35, { also: ['T-Rex', 'tyrannosaurus'], looks: ['green'] }),
  actor('walks', 'kangaroo', '1f998', 1.15, { frames: 24, feet: 0.97, looks: ['brown'] }),
  actor('walks', 'llama', '1f999', 1.15, { also: ['alpaca'], looks: ['white'] }),
  actor('walks', 'peacock', '1f99a', 1, { facing: 'front', looks: ['colourful', 'green and blue'] }),
  actor('walks', 'hippo', '1f99b', 1.3, { also: ['hippopotamus'], looks: ['grey'] }),
  actor('walks', 'mammoth', '1f9a3', 1.45, { looks: ['brown', 'woolly'] }),
  actor('walks', 'flamingo', '1f9a9', 1.1, { looks: ['pink'] }),
  actor('walks', 'bison', '1f9ac', 1.3, { also: ['buffalo'], looks: ['brown'] }),
  actor('walks', 'seal', '1f9ad', 1, { frames: 33, feet: 0.95, kinds: ['swims'], looks: ['grey'] }),
  actor('walks', 'ladybug', '1f41e', 0.65, {
    facing: 'front',
    also: ['ladybird'],
    looks: ['red', 'spotted'],
  }),
  actor('walks', 'ant', '1f41c', 0.65, { looks: ['black'] }),
  actor('walks', 'dragon', '1f409', 1.3, { looks: ['green'] }),
  actor('walks', 'teddy-bear', '1f9f8', 0.9, { frames: 34, facing: 'front', also: ['toy bear'] }),
  actor('walks', 'snowman', '26c4', 1, { facing: 'front', looks: ['white'] }),
  actor('swims', 'whale', '1f40b', 1.4, { looks: ['blue'] }),
  actor('swims', 'octopus', '1f419', 1, { feet: 0.95, facing: 'front', looks: ['pink', 'orange'] }),
  actor('swims', 'fish', '1f41f', 0.85, { frames: 33, feet: 0.97, looks: ['blue'] }),
  actor('swims', 'tropical-fish', '1f420', 0.8, { frames: 33, feet: 0.97, looks: ['blue and yellow'] }),
  actor('swims', 'pufferfish', '1f421', 0.85, { frames: 30, feet: 0.95, also: ['blowfish'] }),
  actor('swims', 'dolphin', '1f42c', 1.15, { feet: 0.97, looks: ['blue'] }),
  actor('swims', 'shark', '1f988', 1.25, { feet: 0.95, looks: ['grey'] }),
  actor('swims', 'squid', '1f991', 1, { frames: 31, feet: 0.98, facing: 'front', looks: ['pink', 'purple'] }),
  actor('swims', 'lobster', '1f99e', 0.85, { frames: 30, feet: 0.97, facing: 'front', looks: ['red'] }),
  actor('swims', 'mermaid', '1f9dc-200d-2640-fe0f', 1.2, { feet: 0.98, facing: 'front' }),
  actor('flies', 'bee', '1f41d', 0.75, { also: ['honeybee', 'bumblebee'], looks: ['striped'] }),
  actor('flies', 'butterfly', '1f98b', 0.75, { facing: 'front', looks: ['orange'] }),
  actor('flies', 'eagle', '1f985', 1.05, { feet: 0.98, looks: ['brown'], also: ['hawk'] }),
  actor('flies', 'bat', '1f987', 0.9, { feet: 0.97, facing: 'front', looks: ['brown'] }),
  actor('flies', 'dove', '1f54a-fe0f', 0.85, { frames: 9, also: ['pigeon'], looks: ['white'] }),
  actor('flies', 'parrot', '1f99c', 0.85, { kinds: ['walks'], looks: ['red', 'colourful'] }),
  actor('flies', 'owl', '1f989', 0.85, { kinds: ['walks'], facing: 'front', looks: ['brown'] }),
  actor('flies', 'bird', '1f426', 0.8, { kinds: ['walks'], also: ['songbird'], looks: ['red', 'pink'] }),
  actor('flies', 'fairy', '1f9da-200d-2640-fe0f', 0.95, { frames: 24, feet: 0.95, facing: 'front' }),
  actor('flies', 'helicopter', '1f681', 1.2, { also: ['chopper'], looks: ['orange'] }),
  actor('flies', 'airplane', '2708-fe0f', 1.3, { feet: 0.95, facing: 'right', also: ['plane', 'jet'] }),
  actor('flies', 'small-plane', '1f6e9-fe0f', 1.15, {
    facing: 'right',
    also: ['propeller plane'],
    looks: ['red'],
  }),
  actor('flies', 'rocket', '1f680', 1.2, {
    feet: 0.99,
    facing: 'right',
    also: ['spaceship'],
    looks: ['red and white'],
  }),
  actor('flies', 'flying-saucer', '1f6f8', 1.1, { facing: 'front', also: ['UFO'] }),
  actor('floats', 'parachute', '1fa82', 1.1, {
    frames: 35,
    feet: 0.95,
    facing: 'front',
    also: ['parachutist'],
  }),
  actor('floats', 'ghost', '1f47b', 1, { feet: 0.97, facing: 'front', looks: ['white'] }),
  actor('floats', 'star', '2b50', 0.8, { feet: 0.97, facing: 'front', looks: ['yellow', 'golden'] }),
  actor('floats', 'space-invader', '1f47e', 0.9, {
    frames: 31,
    feet: 0.91,
    facing: 'front',
    also: ['pixel monster'],
  }),
  actor('drives', 'car', '1f697', 1.25, { also: ['automobile'], looks: ['red'] }),
  actor('drives', 'bus', '1f68c', 1.5, { looks: ['orange', 'yellow'] }),
  actor('drives', 'taxi', '1f695', 1.25, { also: ['cab'], looks: ['yellow'] }),
  actor('drives', 'police-car', '1f693', 1.25, { looks: ['black and white'] }),
  actor('drives', 'fire-truck', '1f692', 1.5, { also: ['fire engine'], looks: ['red'] }),
  actor('drives', 'ambulance', '1f691', 1.4, { looks: ['white'] }),
  actor('drives', 'truck', '1f69a', 1.5, { also: ['delivery truck', 'lorry'], looks: ['yellow'] }),
  actor('drives', 'tractor', '1f69c', 1.35, { looks: ['green'] }),
  actor('drives', 'jeep', '1f699', 1.3, { also: ['SUV'], looks: ['blue'] }),
  actor('drives', 'motorcycle', '1f3cd-fe0f', 1.15, { also: ['motorbike'], looks: ['red'] }),
  actor('drives', 'racing-car', '1f3ce-fe0f', 1.3, { also: ['race car'], looks: ['red', 'orange'] }),
  actor('drives', 'train', '1f682', 1.5, { also: ['locomotive', 'steam train'], looks: ['red and black'] }),
  actor('drives', 'tram', '1f68b', 1.5, { also: ['streetcar'], looks: ['red'] }),
  actor('drives', 'rickshaw', '1f6fa', 1.25, { also: ['tuk-tuk'], looks: ['green and yellow'] }),
  actor('sails', 'sailboat', '26f5', 1.3, { also: ['sailing boat'], looks: ['orange'] }),
  actor('sails', 'ship', '1f6a2', 1.45, { looks: ['red and white'] }),
  actor('sails', 'speedboat', '1f6a4', 1.25, { also: ['motorboat', 'boat'], looks: ['orange'] }),
  actor('sails', 'canoe', '1f6f6', 1.1, { looks: ['orange'], facing: 'front' }),
  actor('person', 'man-running', '1f3c3-200d-2642-fe0f', 1.15, {
    noun: 'man',
    also: ['runner', 'jogger'],
    feet: 0.99,
    only: goes,
  }),
  actor('person', 'woman-running', '1f3c3-200d-2640-fe0f', 1.15, {
    noun: 'woman',
    also: ['runner', 'jogger'],
    feet: 0.99,
    only: goes,
  }),
  actor('person', 'man-walking', '1f6b6-200d-2642-fe0f', 1.25, {
    noun: 'man',
    also: ['guy'],
    frames: 16,
    feet: 0.95,
    only: strolls,
  }),
  actor('person', 'woman-walking', '1f6b6-200d-2640-fe0f', 1.25, {
    noun: 'woman',
    also: ['lady'],
    frames: 16,
    feet: 0.95,
    only: strolls,
  }),
  actor('person', 'woman-dancing', '1f483', 1.2, {
    noun: 'woman',
    also: ['dancer', 'woman in a red dress'],
    only: dances,
  }),
  actor('person', 'man-dancing', '1f57a', 1.2, {
    noun: 'man',
    also: ['dancer', 'man in a blue suit'],
    facing: 'front',
    only: dances,
  }),
  actor('person', 'cyclist', '1f6b4-200d-2640-fe0f', 1.25, {
    also: ['woman on a bike', 'bike rider'],
    only: rides,
  }),
  actor('person', 'rider', '1f3c7', 1.35, { frames: 28, also: ['jockey', 'horse rider'], only: rides }),
  actor('person', 'cartwheeling-woman', '1f938-200d-2640-fe0f', 1.15, {
    noun: 'woman',
    also: ['gymnast', 'acrobat'],
    facing: 'front',
    only: ['cartwheel'],
  }),
  actor('person', 'juggler', '1f939-200d-2642-fe0f', 1.15, {
    also: ['clown', 'juggling man'],
    facing: 'front',
    only: ['juggle', 'dance', 'bounce', 'spin'],
  }),
  actor('person', 'man', '1f9cd-200d-2642-fe0f', 1.25, {
    also: ['guy', 'man in a blue shirt'],
    facing: 'front',
    only: ['stand', 'jump', 'grow', 'shrink', 'spin', 'fall', 'rise', 'bounce'],
  }),
  actor('person', 'woman', '1f9cd-200d-2640-fe0f', 1.25, {
    also: ['lady', 'woman in a purple shirt'],
    facing: 'front',
    only: ['stand', 'jump', 'grow', 'shrink', 'spin', 'fall', 'rise', 'bounce'],
  }),
  actor('person', 'basketball-player', '26f9-fe0f-200d-2642-fe0f', 1.15, {
    frames: 12,
    feet: 0.98,
    also: ['man with a ball'],
    only: goes,
  }),
  actor('walks', 'lion', '1f981', 0.95, { head: true, facing: 'front', looks: ['orange'] }),
  actor('walks', 'bear', '1f43b', 0.95, { head: true, feet: 0.95, facing: 'front', looks: ['brown'] }),
  actor('walks', 'panda', '1f43c', 0.9, { head: true, facing: 'front', looks: ['black and white'] }),
  actor('walks', 'fox', '1f98a', 0.85, { head: true, facing: 'front', looks: ['orange', 'red'] }),
  actor('walks', 'wolf', '1f43a', 0.9, { head: true, feet: 0.95, facing: 'front', looks: ['grey'] }),
  actor('walks', 'frog', '1f438', 0.8, { head: true, feet: 0.97, facing: 'front', looks: ['green'] }),
  actor('walks', 'koala', '1f428', 0.85, { head: true, facing: 'front', looks: ['grey'] }),
  actor('walks', 'raccoon', '1f99d', 0.85, {
    head: true,
    frames: 33,
    feet: 0.97,
    facing: 'front',
    looks: ['grey'],
  }),
  actor('walks', 'unicorn', '1f984', 1, { head: true, looks: ['pink', 'purple'] }),
  actor('walks', 'hamster', '1f439', 0.75, { head: true, facing: 'front', looks: ['orange'] }),
  actor('walks', 'chicken', '1f414', 0.8, { head: true, also: ['hen'], looks: ['white'] }),
  actor('walks', 'robot', '1f916', 0.95, { head: true, frames: 26, feet: 0.95, facing: 'front' }),
  actor('walks', 'alien', '1f47d', 0.9, { head: true, feet: 0.95, facing: 'front', looks: ['green'] }),
]

const byId = new Map(actors.map((one) => [one.id, one]))

/** The actor of that id. @throws RangeError when there is none */
export function actorOf(id: string): Actor {
  const found = byId.get(id)
  if (!found) throw new RangeError(`no actor of the world is called ${id}`)
  return found
}
