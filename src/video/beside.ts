import type { State } from './motion-plan.ts'

/** How one box may lie beside another. */
export type Beside = 'left of' | 'right of' | 'above' | 'below' | 'behind' | 'in front of'

/** True where `a` lies so beside `b`: middles for sides and heights; whose feet are higher up in the picture is farther off. */
export const isBeside: { readonly [How in Beside]: (a: State, b: State) => boolean } = {
  'left of': (a, b) => a.centerX < b.centerX,
  'right of': (a, b) => a.centerX > b.centerX,
  above: (a, b) => a.centerY < b.centerY,
  below: (a, b) => a.centerY > b.centerY,
  behind: (a, b) => feetOf(a) < feetOf(b),
  'in front of': (a, b) => feetOf(a) > feetOf(b),
}

const feetOf = ({ centerY, height }: State): number => centerY + height / 2
