/**
 * What the rules of `understand` need to know of words. All take lemmas in small letters unless they say otherwise.
 * The lexicon at hand is a list of common words; a dictionary with senses can stand in its place.
 */
export interface Lexicon {
  /** A place that a scene can be set in: `forest`. */
  isPlace(lemma: string): boolean
  /** A thing that is a place only when someone is in it: `car`. */
  isRoom(lemma: string): boolean
  /** Someone who acts of their own will: `fox`, `robot`. */
  isAnimate(lemma: string): boolean
  /** Someone whom `he` or `she` can mean. */
  isPerson(lemma: string): boolean
  isClothing(lemma: string): boolean
  isWeather(lemma: string): boolean
  isSeason(lemma: string): boolean
  /** The time of day that a word tells: `dawn` → `dawn`, `stars` → `night`; null for no time. */
  timeOf(lemma: string): string | null
  /** The weather that an adjective tells: `snowy` → `snow`; null for none. */
  weatherOf(adjective: string): string | null
  /** The verb that a word can be a form of (its base or its -s form): `watches` → `watch`; null for none. */
  verbOf(word: string): string | null
  /** How many a number word, a quantifier or a noun of groups tells: `three` → 3, `flock` → 5; null for no count. */
  countOf(word: string): number | null
  /** A noun that counts others: `flock` of birds. */
  isGroup(lemma: string): boolean
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [from = '', to = ''] = pair.split(':')
        return [from, to]
      }),
  )

const places = words(`
  alley arctic attic backyard barn basement bay beach bedroom bridge canyon carnival castle cave cavern church city
  cityscape classroom cliff coast countryside court courtyard crater creek desert dock downtown dune earth factory
  fair farm field forest galaxy garden glade glacier grassland gym hall hallway harbor harbour highway hill hillside
  horizon house iceberg island jungle kitchen lagoon lake land landscape lawn library marsh market mars meadow moon
  mountain museum neighborhood neighbourhood ocean office orchard outdoors park path pasture pier planet playground
  pond pool port prairie rainforest restaurant reef ridge river riverbank road room ruins runway savanna savannah
  school sea seabed seashore seaside shop shore sidewalk sky slope space stage stadium station stream street studio
  swamp temple town tunnel underwater universe valley village volcano waterfall wilderness wood woodland woods world
  yard zoo
`)
const rooms =
  words(`aquarium bath bathtub boat bus cafe café car hut palace plane rocket ship spaceship tent tower
  train`)
const clothing = words(`
  apron boot bow cape cap cloak clothes coat costume crown dress glasses glove gown hat helmet hood jacket jeans mask
  outfit raincoat pajamas robe scarf shirt shoe shorts skirt sock spacesuit suit sunglasses sweater tie tuxedo uniform vest
`)
const persons = words(`
  acrobat actor angel artist astronaut baby baker ballerina boy bride chef child clown cook cowboy crowd
  dancer detective doctor driver elf explorer fairy family farmer father firefighter fisherman friend genie giant
  gentleman girl gnome grandfather grandma grandmother grandpa groom guard hero hiker hunter husband kid king knight
  lady man mermaid monk mother musician ninja nurse officer painter people person pilot pirate player
  policeman prince princess queen runner sailor samurai santa scientist shepherd singer skater skier snowman soldier
  student superhero surfer swimmer teacher teenager toddler vampire warrior wife witch wizard woman worker zombie
`)
const animals = words(`
  alien alligator animal ant ape bat bear beast beaver bee beetle bird bison boar bug bull bunny butterfly calf camel
  cat caterpillar cheetah chick chicken chimpanzee cow coyote crab creature cricket crocodile crow deer dinosaur dodo
  dog dolphin donkey dove dragon dragonfly duck duckling eagle eel elephant emu ferret firefly fish flamingo fly fox
  frog gecko ghost giraffe goat goldfish goose gorilla hamster hare hawk hedgehog hen hippo hippopotamus horse insect
  jaguar jellyfish kangaroo kitten koala ladybug lamb leopard lion lizard llama lobster lynx mammoth meerkat mole
  monkey monster moose mosquito moth mouse mule octopus orangutan orca ostrich otter owl ox panda parrot peacock
  pelican penguin phoenix pig pigeon piglet pony poodle porcupine puffin puppy rabbit raccoon ram rat raven
  reindeer rex rhino rhinoceros robin robot rooster salmon scorpion seagull seal shark sheep shrimp skeleton skunk
  sloth slug snail snake sparrow spider squid squirrel starfish stingray swan tiger toad troll tuna turkey turtle
  unicorn vulture walrus wasp weasel whale wolf wombat worm yak yeti zebra
`)
const weather =
  words(`blizzard breeze cloud drizzle fog hail haze lightning mist rain rainbow rainstorm sandstorm
  snow snowfall snowstorm storm sunshine thunder thunderstorm tornado wind hurricane downpour`)
const weatherAdjectives =
  pairs(`cloudy:cloudy foggy:fog hazy:mist misty:mist overcast:overcast rainy:rain snowy:snow
  snowing:snow raining:rain snow-covered:snow stormy:storm sunny:sunny sunlit:sunny thundery:thunderstorm windy:wind`)
const seasons = words('spring summer autumn fall winter')
const times = pairs(`afternoon:afternoon dawn:dawn daybreak:dawn day:day daylight:day daytime:day dusk:dusk
  evening:evening midday:noon midnight:midnight moonlight:night moonlit:night morning:morning night:night
  nightfall:dusk nighttime:night noon:noon star:night stars:night starlight:night starry:night sunrise:sunrise
  sunset:sunset tonight:night twilight:twilight`)
const counts =
  pairs(`one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12
  both:2 couple:2 pair:2 trio:3 few:3 some:3 several:3 group:4 many:5 lot:5 crowd:8 flock:5 herd:5 pack:5 school:5
  swarm:8 dozen:12 bunch:4 team:4 family:4`)
const groups = words(
  'couple pair trio few group lot crowd flock herd pack school swarm dozen bunch team family',
)

// Verbs of scenes: to see, in a word that the tagger took for a noun or an adjective, that it is a verb.
const verbs = words(`
  argue arrive attack bake bark bathe beg bend bite blink bloom blow bounce bow brake breathe build burn bury call
  carry cast catch celebrate charge chase cheer chew circle clap climb collide cook cough count crash crawl creep
  cross cry dance dangle dart dash descend dig dive draw dream dress drift drink drive drop eat emerge erupt escape
  exercise explode explore face fall feed fight flap flash float flow fly follow freeze frown gallop gaze giggle
  glide glow grab graze greet grin grow growl guard guide gulp hammer hatch haul hide hike hit hold hop hover howl hug
  hunt hurry ignite join jog juggle jump kick kiss kneel knock land laugh lead leak lean leap lick lift light
  listen look march meditate meet melt meow move nap nod orbit paddle paint park pass pause peck peek pet pick play
  plow point pop pounce pour practice prance prowl pull pump push put race rain read rest return ride ring rise roam roar
  roll rotate row run rush sail salute scream search shake shine shiver shoot set shout sigh signal sing sip sit skate ski
  skip slam sleep slide slip slither smell smile smoke snack sneak sneeze sniff snow snore soar spar spin splash spray
  sprint squat squeeze stalk stand stare start step stir stomp stop stretch stroll stumble surf sway sweep swim swing
  swirl talk tap taste throw tilt tiptoe touch travel trot tumble turn twirl twist visit wade wag wait walk waltz
  wander wash watch water wave wear whirl whisper whistle wink work wrestle yawn yell
`)

function verbOf(word: string): string | null {
  const lower = word.toLowerCase()
  const bases = [lower, lower.replace(/s$/, ''), lower.replace(/es$/, ''), lower.replace(/ies$/, 'y')]
  return bases.find((base) => verbs.has(base)) ?? null
}

/** A small list of common English words. */
export const commonWords: Lexicon = {
  isPlace: (lemma) => places.has(lemma),
  isRoom: (lemma) => rooms.has(lemma),
  isAnimate: (lemma) => persons.has(lemma) || animals.has(lemma),
  isPerson: (lemma) => persons.has(lemma),
  isClothing: (lemma) => clothing.has(lemma),
  isWeather: (lemma) => weather.has(lemma),
  isSeason: (lemma) => seasons.has(lemma),
  timeOf: (lemma) => times.get(lemma) ?? null,
  weatherOf: (adjective) => weatherAdjectives.get(adjective) ?? null,
  verbOf,
  countOf: (word) => {
    if (/^\d{1,4}$/.test(word)) return Number(word)
    const count = counts.get(word)
    return count === undefined ? null : Number(count)
  },
  isGroup: (lemma) => groups.has(lemma),
}
