import type { NounClass } from '../wordnet/classes.ts'
import type { Meaning } from './nouns.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Places that WordNet has as artifacts, and common ones that it has as something else first. */
export const alwaysPlaces =
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

export function isPlaceWord(lemma: string): boolean {
  return alwaysPlaces.has(lemma) || insidePlaces.has(lemma)
}

/** A compound that WordNet knows only as a place, though its head grows or is eaten: `corn cob`. */
export function isNamedLand(
  known: string,
  classes: readonly NounClass[],
  ofHead: readonly NounClass[],
): boolean {
  return known.includes(' ') && classes[0] === 'l' && 'oha'.includes(ofHead[0] ?? 'x')
}

/** A word that texts hardly use is a room where it is one in its second sense: the lounge is no sofa. */
export function isRoom(classes: readonly NounClass[], frequency: number): boolean {
  return classes[0] === 'r' || (frequency < 2 && classes[1] === 'r')
}

export function placeOf(
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
