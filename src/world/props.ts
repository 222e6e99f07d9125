import { accessoryArt } from './accessory-art.ts'
import { type Accessory, accessoryColors, accessoryKinds } from './looks.ts'

/** A picture of the pack that is no actor: it goes with one. */
export type Prop =
  | { readonly id: string; readonly svg: string; readonly frames: 1 }
  | {
      readonly id: string
      readonly svg: null
      readonly codePoint: string
      readonly loopFrames: number
      readonly frames: number
    }

/** What hovers over a sleeper: the animated "ZZZ". */
export const snore: Prop = { id: 'prop:snore', svg: null, codePoint: '1f4a4', loopFrames: 36, frames: 18 }

export function accessoryId({ kind, color }: Accessory): string {
  return `prop:${color} ${kind}`
}

export const props: readonly Prop[] = [
  snore,
  ...accessoryKinds.flatMap((kind) =>
    accessoryColors.map(
      (color): Prop => ({ id: accessoryId({ kind, color }), svg: accessoryArt(kind, color), frames: 1 }),
    ),
  ),
]
