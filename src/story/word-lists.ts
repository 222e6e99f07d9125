const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** What stands for a name: none of these may be left in a shot's prompt. */
export const pronouns: ReadonlySet<string> = words(`
  i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
  it its itself they them their theirs themselves who whom whose someone somebody anyone anybody everyone everybody
  nobody something anything everything nothing
`)

/** True for a text in which something stands for a name. */
export function hasPronoun(text: string): boolean {
  return text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => pronouns.has(word))
}

/** Nouns without an article: some water, not a water. */
export const massNouns: ReadonlySet<string> = words(`
  water rain snow ice sand grass fire smoke steam coffee tea milk food bread hair music light air mud gold wood corn hay
  honey juice money blood dust fog mist lightning thunder sunlight moonlight cream laundry clothing furniture luggage
  traffic magic cheese meat fur chocolate paint wine beer soup rice sugar salt fruit lemonade foam hail frost wheat
  silver straw clay silk wool cotton glue lava oil ink butter flour dough jam pasta popcorn sunshine darkness
`)

/** Of which there is one in the sky or on the ground. */
export const uniqueNouns: ReadonlySet<string> = words(
  'sun moon earth sky sea ocean wind horizon world ground north',
)

/** What is seen over a place, not in it. */
export const skyNouns: ReadonlySet<string> = words(
  'sun moon star stars cloud clouds rainbow sky lightning sunrise sunset horizon',
)

/** Looks that last, among what is said of someone later: the rest is a mood. */
export const lastingLooks: ReadonlySet<string> = words(`
  red orange yellow green blue purple violet pink brown black white grey gray golden silver turquoise beige crimson
  scarlet striped spotted big small little tiny huge giant large tall short long fat thin old young wooden metal stone
  glass furry fluffy woolly bald bearded round square enormous ugly beautiful pretty shiny rusty
`)

/** Names of these need no article: nobody says a sunglasses. */
export const pairedNouns: ReadonlySet<string> = words(`
  sunglasses glasses scissors trousers pants jeans shorts clothes pyjamas pajamas binoculars headphones stairs reeds
  goggles tights overalls
`)

export const clothes: ReadonlySet<string> = words(`
  apron boot bow cape cap cloak clothes coat costume crown dress glasses glove gown hat helmet hood jacket jeans mask
  outfit raincoat pajamas robe scarf shirt shoe shorts skirt sock spacesuit suit sunglasses sweater tie tuxedo uniform
  vest necklace ring backpack
`)

/** Places that are said without an article. */
export const barePlaces: ReadonlySet<string> = words(
  'home outdoors outside indoors inside underwater downtown space heaven nowhere overseas abroad upstairs downstairs',
)

/** Places without a roof have weather; these do not. */
export const indoorPlaces: ReadonlySet<string> = words(`
  kitchen bedroom house room hall hallway library museum classroom office shop store studio church barn castle palace
  basement bathroom restaurant cafe café gym stage tunnel cave cavern temple theatre theater school hospital factory
  garage attic cellar underwater space
`)

/** The head noun of a phrase: its last word, or the last before `of`. */
export function headOf(phrase: string): string {
  const [before = ''] = phrase.toLowerCase().split(/\s+of\s+/)
  return before.trim().split(/\s+/).at(-1) ?? ''
}
