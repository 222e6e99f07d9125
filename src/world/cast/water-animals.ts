import { type Actor, actor } from '../actor.ts'

/** Animals of the water. */
export const waterAnimals: readonly Actor[] = [
  actor('swims', 'whale', '1f40b', 1.4, { looks: ['blue'] }),
  actor('swims', 'octopus', '1f419', 1, { facing: 'front', looks: ['pink', 'orange'] }),
  actor('swims', 'fish', '1f41f', 0.85, { looks: ['blue'] }),
  actor('swims', 'tropical-fish', '1f420', 0.8, { looks: ['blue and yellow'] }),
  actor('swims', 'pufferfish', '1f421', 0.85, { also: ['blowfish'] }),
  actor('swims', 'dolphin', '1f42c', 1.15, { looks: ['blue'] }),
  actor('swims', 'shark', '1f988', 1.25, { looks: ['grey'] }),
  actor('swims', 'squid', '1f991', 1, { facing: 'front', looks: ['pink', 'purple'] }),
  actor('swims', 'lobster', '1f99e', 0.85, { facing: 'front', looks: ['red'] }),
  actor('swims', 'otter', '1f9a6', 0.9, { kinds: ['walks'], facing: 'front', looks: ['brown'] }),
  actor('swims', 'spouting-whale', '1f433', 1.4, { also: ['whale that blows water'], looks: ['blue'] }),
  actor('swims', 'shrimp', '1f990', 0.75, { also: ['prawn'], looks: ['orange', 'red'] }),
  actor('swims', 'jellyfish', '1fabc', 0.9, { facing: 'front', looks: ['blue'] }),
]
