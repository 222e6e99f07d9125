import type { Actor } from './actor.ts'
import { animals } from './cast/animals.ts'
import { faces } from './cast/faces.ts'
import { fantasy } from './cast/fantasy.ts'
import { flyers } from './cast/flyers.ts'
import { food } from './cast/food.ts'
import { hands } from './cast/hands.ts'
import { nature } from './cast/nature.ts'
import { objects } from './cast/objects.ts'
import { people } from './cast/people.ts'
import { roles } from './cast/roles.ts'
import { vehicles } from './cast/vehicles.ts'
import { waterAnimals } from './cast/water-animals.ts'

export type { Actor, ActorKind } from './actor.ts'

/** The tables, and how often one of each comes up beside an animal: what cannot go anywhere comes up less. */
const tables: readonly (readonly [cast: readonly Actor[], share: number])[] = [
  [animals, 1],
  [waterAnimals, 1],
  [flyers, 1],
  [vehicles, 0.9],
  [people, 0.7],
  [fantasy, 0.7],
  [roles, 0.6],
  [nature, 0.3],
  [faces, 0.25],
  [food, 0.25],
  [objects, 0.25],
  [hands, 0.2],
]

/** Everyone and everything there is. */
export const actors: readonly Actor[] = tables.flatMap(([cast]) => cast)

const byId = new Map(actors.map((one) => [one.id, one]))
const shares = new Map(tables.flatMap(([cast, share]) => cast.map((one) => [one.id, share] as const)))

/** The actor of that id. @throws RangeError when there is none */
export function actorOf(id: string): Actor {
  const found = byId.get(id)
  if (!found) throw new RangeError(`no actor of the world is called ${id}`)
  return found
}

/** How often an actor comes up beside the others. */
export function shareOf({ id }: Actor): number {
  return shares.get(id) ?? 1
}
