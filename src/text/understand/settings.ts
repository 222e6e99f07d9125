import {
  type Season,
  type Setting,
  seasons,
  type TimeOfDay,
  timesOfDay,
  type Weather,
  weathers,
} from '../scene-graph.ts'

/** Collects what a sentence tells of place, time and weather. */
export class SettingNotes {
  readonly #earlier: readonly string[]
  readonly #places: string[] = []
  readonly #times: TimeOfDay[] = []
  readonly #weathers: Weather[] = []
  readonly #seasons: Season[] = []

  /** @param earlier places of the sentences before, which are told of again by their last word: `the street` */
  constructor(earlier: readonly string[]) {
    this.#earlier = earlier
  }

  addPlace(name: string): void {
    const place =
      this.#earlier.findLast((known) => known.toLowerCase().endsWith(` ${name.toLowerCase()}`)) ?? name
    const isSaid = this.#places.some((other) => other.toLowerCase() === place.toLowerCase())
    if (!isSaid) this.#places.push(place)
  }

  addTime(time: TimeOfDay): void {
    if (timesOfDay.includes(time) && !this.#times.includes(time)) this.#times.push(time)
  }

  addWeather(weather: Weather): void {
    if (weathers.includes(weather) && !this.#weathers.includes(weather)) this.#weathers.push(weather)
  }

  addSeason(season: Season): void {
    if (seasons.includes(season) && !this.#seasons.includes(season)) this.#seasons.push(season)
  }

  get hasPlace(): boolean {
    return this.#places.length > 0
  }

  /** One row for what is first of each kind, and one more for every further place, time or weather. */
  settings(sentence: number): Setting[] {
    const rows = Math.max(
      this.#places.length,
      this.#times.length,
      this.#weathers.length,
      this.#seasons.length,
    )
    return Array.from({ length: rows }, (_, row) => ({
      place: this.#places[row] ?? null,
      time: this.#times[row] ?? null,
      weather: this.#weathers[row] ?? null,
      season: this.#seasons[row] ?? null,
      sentence,
    }))
  }
}
