import { describe, expect, it } from 'vitest'
import { openLanguage } from '../language.ts'
import type { SceneGraph } from '../scene-graph.ts'
import { understand } from './understand.ts'

const language = await openLanguage()
const read = (text: string): SceneGraph => understand(text, language)

const deeds = (text: string): string[] =>
  read(text).actions.map(
    ({ agents, negated, lemma, patients }) =>
      `${agents.join('+') || '-'} ${negated ? 'not ' : ''}${lemma}${patients.map((id) => ` ${id}`).join('')}`,
  )
const relations = (text: string): string[] =>
  read(text).relations.map(({ subject, relation, object }) => `${subject} ${relation} ${object}`)
const names = (text: string): string[] => {
  const { characters, objects } = read(text)
  return [...characters, ...objects].map(({ lemma }) => lemma)
}

/** Whom the n-th occurrence of a pronoun means. */
function meant(text: string, pronoun: string, occurrence = 1): string[] {
  const start = [...text.matchAll(new RegExp(`\\b${pronoun}\\b`, 'gi'))][occurrence - 1]?.index
  const end = (start ?? 0) + pronoun.length
  const { characters, objects } = read(text)
  return [...characters, ...objects]
    .filter(({ mentions }) => mentions.some((mention) => mention.start === start && mention.end === end))
    .map(({ id }) => id)
}

describe('who does it', () => {
  it.each([
    ['A fox saw a bunch of grapes hanging from a vine.', ['fox-1 see grape-1', 'grape-1 hang']],
    ['A boy with curly hair and a girl with a backpack ride through the park.', ['boy-1+girl-1 ride']],
    ['A cup of tea with steam rising from it.', ['steam-1 rise']],
    ['Portrait of an old fisherman with a pipe, wearing a knitted cap.', ['fisherman-1 wear cap-1']],
    ['Fresh orange juice, poured into a glass.', ['- pour orange-juice-1']],
    ['His sister points at the moon.', ['sister-1 point moon-1']],
    ['A tiny robot waters a plant.', ['robot-1 water plant-1']],
    ['Thousands of protesters marched through the capital.', ['protester-1 march']],
    ['Neither the cat nor the dog noticed the mouse.', ['cat-1+dog-1 not notice mouse-1']],
    ['"Let us rest," said the tortoise.', ['tortoise-1 say']],
    ['The players keep on running.', ['player-1 run']],
    ['The lake is frozen.', []],
    ['A dog waits at the door for its owner to come home.', ['dog-1 wait owner-1', 'owner-1 come']],
    ['A panda sits in the shade eating bamboo.', ['panda-1 sit', 'panda-1 eat bamboo-1']],
    ['A wolf howls at the moon.', ['wolf-1 howl moon-1']],
    ['A tree blocks the road, and two workers saw it.', ['tree-1 block', 'worker-1 saw tree-1']],
    ['Watch a baker decorate a cake.', ['- watch baker-1', 'baker-1 decorate cake-1']],
    ['The police have closed the gate.', ['police-1 close gate-1']],
    ['Baskets filled with plums and pears roll downhill.', ['basket-1 roll']],
    ['Two deer are grazing.', ['deer-1 graze']],
    ['The crew watch a whale.', ['crew-1 watch whale-1']],
    ['A young couple share a pizza.', ['couple-1 share pizza-1']],
    ['The mayor, a tall woman with a chain around her neck, opens a gate.', ['mayor-1 open gate-1']],
    ['My uncle, Mr. Hall, grows roses.', ['uncle-1 grow rose-1']],
    ['Four goats stand on a hill. One of them chews a hat.', ['goat-1 stand', 'goat-1 chew hat-1']],
    ['Two girls play chess, and the others watch.', ['girl-1 play chess-1', 'girl-1 watch']],
    ['One winter evening her grey cat catches a mouse.', ['cat-1 catch mouse-1']],
    ['A diver climbs into a boat and pulls up a rope.', ['diver-1 climb', 'diver-1 pull up rope-1']],
  ])('%s', (text, expected) => {
    expect(deeds(text).filter((deed) => !/^- (?:let|rest)/.test(deed))).toEqual(expected)
  })
})

describe('what is where', () => {
  it.each([
    ['A musician plays the violin in front of a fountain.', ['musician-1 in front of fountain-1']],
    ['A tailor sews a button onto a coat.', ['button-1 onto coat-1']],
    ['A glass of lemonade with a straw stands on a tray.', ['glass-1 with straw-1', 'glass-1 on tray-1']],
    ['A photographer takes a picture of a ladybug on a leaf.', ['ladybug-1 on leaf-1']],
    ['A girl kisses her father on the cheek.', []],
    ['The elephant sprayed the boys with water.', []],
    ['On a table lies a book.', ['book-1 on table-1']],
    ['On the shelf: a globe and a lamp.', ['globe-1 on shelf-1', 'lamp-1 on shelf-1']],
    ['Between the sofa and the bed stands a cactus.', ['cactus-1 between sofa-1', 'cactus-1 between bed-1']],
    ['A goalkeeper punches the ball over the crossbar.', ['ball-1 over crossbar-1']],
    ['A cook stirs parsley into the soup.', ['parsley-1 into soup-1']],
    ['A nun wearing a helmet on a moped.', ['nun-1 wear helmet-1', 'nun-1 on moped-1']],
    [
      'There is a mirror over the fireplace and a bowl of lemons on the desk.',
      ['mirror-1 over fireplace-1', 'bowl-1 on desk-1'],
    ],
    ['A fisherman pulls a net into a boat with both hands.', ['net-1 into boat-1']],
    ['a lamp and two cups on a shelf', ['lamp-1 on shelf-1', 'cup-1 on shelf-1']],
    ['a lamp and a chair with a cushion', ['chair-1 with cushion-1']],
    ['Two girls stare at a spider on a curtain.', ['spider-1 on curtain-1']],
    ['A crane lowers a crate onto a truck.', ['crate-1 onto truck-1']],
    ['A guard watches a thief from behind a pillar.', ['guard-1 from behind pillar-1']],
    ['A badger digs a hole under a shed.', ['hole-1 under shed-1']],
    ['A chef lifts the lid with one hand.', []],
    ['A girl draws a robot with one arm.', ['robot-1 with arm-1']],
    ['A nurse finds two kittens. She finds them at last in a drawer.', ['kitten-1 in drawer-1']],
    [
      'A thief hides behind the sofa with two candlesticks.',
      ['thief-1 behind sofa-1', 'thief-1 with candlestick-1'],
    ],
    ['A surfer stands on a board with a smile on his face.', ['surfer-1 on board-1']],
    [
      'A singer stands at a microphone in a spotlight.',
      ['singer-1 at microphone-1', 'singer-1 in spotlight-1'],
    ],
    [
      'A cat sits to the right of a vase and to the left of a lamp stands a candle.',
      ['cat-1 right of vase-1', 'candle-1 left of lamp-1'],
    ],
  ])('%s', (text, expected) => expect(relations(text)).toEqual(expected))
})

describe('who is who', () => {
  it.each([
    ['A chef slices a tomato with a knife, then he puts it on a plate.', 'it', 1, ['tomato-1']],
    ['The wolf knocked on the door of the house, but the pig did not open it.', 'it', 1, ['door-1']],
    ['A wooden box lies beneath the bed; inside it there is a ring.', 'it', 1, ['box-1']],
    ['A postman hands a parcel to a woman at the door. She opens it.', 'it', 1, ['parcel-1']],
    ['A pie cools on the windowsill; a raccoon reaches for it.', 'it', 1, ['pie-1']],
    ['When the giant woke, he saw that the boy had stolen his harp. He roared.', 'he', 2, ['giant-1']],
    ['A close-up of a bee on a flower, pollen sticking to its legs.', 'its', 1, ['bee-1']],
    ['The teacher writes an equation. Her students copy it.', 'it', 1, []],
    ['A girl hands her grandmother a basket. The old woman kisses her.', 'her', 2, ['girl-1']],
    ['The doll opens her eyes. She climbs down.', 'she', 1, ['doll-1']],
    ['"I am hungry," said the bear. "Do you have honey?" The bee hummed.', 'I', 1, ['bear-1']],
    ['"I am hungry," said the bear. "Do you have honey?" The bee hummed.', 'you', 1, ['bee-1']],
    ['"Who ate my cake?" roared the ogre. "Not me," squeaked the mouse.', 'me', 1, ['mouse-1']],
    ['The scarecrow shouted at the crow: "Give me your feather!"', 'your', 1, ['crow-1']],
    ['The mother gave the baby a bottle, and it fell asleep.', 'it', 1, ['baby-1']],
    ['A bulldozer pushes rubble toward a crane; its driver waves.', 'its', 1, ['bulldozer-1']],
    ['The goose envied the swan because it could fly.', 'it', 1, ['swan-1']],
    ['The little tugboat was afraid of the storm. He hid behind a pier.', 'he', 1, ['tugboat-1']],
    ['A dancer whirls around a drum on a rug. It cracks.', 'it', 1, ['drum-1']],
    ['A cup stands left of a jug. A spoon lies in front of them.', 'them', 1, ['cup-1', 'jug-1']],
    ['The boxer in red grins. He turns, and the referee leaps to his left.', 'his', 1, ['referee-1']],
    ['The king is ill. The doctor takes his hand.', 'his', 1, ['king-1']],
    ['A boy rides a pony. Tall reeds grow there, and moths dance above them.', 'them', 1, ['reed-1']],
    ['The aunts dance. Her brother steals two cookies. He eats them.', 'them', 1, ['cookie-1']],
    ['A tram crosses a viaduct. A dog trails behind it.', 'it', 1, ['tram-1']],
    ['A dog named Rufus naps. A white goose comes to his kennel. She honks.', 'his', 1, ['dog-1']],
    ['A dog named Rufus naps. A white goose comes to his kennel. She honks.', 'she', 1, ['goose-1']],
    ['Tim the mouse found a coin. It was as big as his head.', 'it', 1, ['coin-1']],
    ['A lamp stands beside a mirror on a desk. A boy wraps it in paper.', 'it', 1, ['lamp-1']],
    ['A kite clings to a branch. A gust shakes it.', 'it', 1, ['kite-1']],
    ['A clock hangs over a sofa, and a cat naps in front of it.', 'it', 1, ['sofa-1']],
    ['A cook holds a pan. There is oil on the floor. He mops it up.', 'it', 1, ['oil-1']],
    ['A bull dozes. A beetle crawled over his back and tickled him.', 'his', 1, ['bull-1']],
    ['A coach watches a skater. The skater jumps onto his shoulders.', 'his', 1, ['coach-1']],
    ['A coach watches a skater. The skater rolls onto his back.', 'his', 1, ['skater-1']],
    ['A cat sees a dog. The dog trips over its tail.', 'its', 1, ['dog-1']],
    ['Four nurses wait. One of them rocks a baby in her arms.', 'her', 1, ['nurse-1']],
    ['Two boys row. One of the boys drops his cap.', 'his', 1, ['boy-1']],
    ['Two boys meet a man. He waves.', 'he', 1, ['man-1']],
    ['A puppy chews a hose. It leaks.', 'it', 1, ['hose-1']],
    ['A puppy chews a hose. It barks.', 'it', 1, ['puppy-1']],
    ['A duckling believes that the boot is its mother.', 'its', 1, ['duckling-1']],
    ['The nurses bring her tea and toast, but she does not touch them.', 'them', 1, ['tea-1', 'toast-1']],
    ['A mouse is in a cage. A boy opens it.', 'it', 1, ['cage-1']],
    ['A boy waits until the soup is hot and eats it.', 'it', 1, ['soup-1']],
  ] as const)('%s', (text, pronoun, occurrence, expected) => {
    expect(meant(text, pronoun, occurrence)).toEqual(expected)
  })

  it.each([
    ['Max, a golden retriever, runs along the shore.', ['max']],
    ['A girl hands her grandmother a basket. The old woman smiles.', ['girl', 'grandmother', 'basket']],
    ['A woman takes out a camera.', ['woman', 'camera']],
    ['A passer-by eats a burger.', ['passer-by', 'burger']],
    ['On a plate lies a half-eaten sandwich.', ['plate', 'sandwich']],
    ['Two brothers find a boat. One of them sings.', ['brother', 'boat']],
    ['A plumber eats a slice of melon.', ['plumber', 'melon']],
    ['His friend the beetle naps.', ['beetle']],
    ['A nurse waves while another sleeps.', ['nurse', 'nurse']],
    ['Three schoolchildren wave.', ['schoolchild']],
    ['A boy sits under a map of the world.', ['boy', 'map']],
    ['Her mother points to an island.', ['mother', 'island']],
    ['Biscuit chased a squirrel.', ['squirrel', 'biscuit']],
    ['Then her friend Omar, a baker, sings. Omar waves. Her friend laughs.', ['omar']],
    ['A girl paints her Toyota truck.', ['girl', 'toyota truck']],
  ])('names everyone once: %s', (text, expected) => expect(names(text)).toEqual(expected))
})

describe('places and weather', () => {
  const settings = (text: string): string[] =>
    read(text).settings.flatMap(({ place, weather }) => [place, weather].filter((said) => said !== null))

  it.each([
    ['It snowed all night in the Alps.', ['Alps', 'snow']],
    ['Tomorrow it will be cloudy over the mountains.', ['mountains', 'cloudy']],
    ['Clear skies are expected in the valleys.', ['valleys', 'clear']],
    ['A woman walks down a Tokyo street. The street is damp.', ['Tokyo street', 'Tokyo street']],
    ['A dragon sleeps inside the mountain.', ['mountain']],
    ['A busy airport terminal at night.', ['busy airport terminal']],
    ['He puts the letter into the drawer.', []],
    ['A man leans against a lamp post.', []],
    ['A boxer sits at a table of a crowded bistro.', ['crowded bistro']],
    ['violinist, empty subway platform', ['empty subway platform']],
    ['Not a cloud in sight; a gull sleeps on the deck.', ['deck']],
  ])('%s', (text, expected) => expect(settings(text)).toEqual(expected))
})
