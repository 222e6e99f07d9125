import { type Actor, actor } from '../actor.ts'

/** Animals that fly. */
export const flyers: readonly Actor[] = [
  actor('flies', 'bee', '1f41d', 0.75, { also: ['honeybee', 'bumblebee'], looks: ['striped'] }),
  actor('flies', 'butterfly', '1f98b', 0.75, { facing: 'front', looks: ['orange'] }),
  actor('flies', 'eagle', '1f985', 1.05, { also: ['hawk'], looks: ['brown'] }),
  actor('flies', 'bat', '1f987', 0.9, { facing: 'front', looks: ['brown'] }),
  actor('flies', 'dove', '1f54a-fe0f', 0.85, { also: ['pigeon'], looks: ['white'] }),
  actor('flies', 'parrot', '1f99c', 0.85, { kinds: ['walks'], looks: ['red', 'colourful'] }),
  actor('flies', 'owl', '1f989', 0.85, { kinds: ['walks'], facing: 'front', looks: ['brown'] }),
  actor('flies', 'bird', '1f426', 0.8, { also: ['songbird'], kinds: ['walks'], looks: ['red', 'pink'] }),
  actor('flies', 'mosquito', '1f99f', 0.65, { looks: ['brown'] }),
  actor('flies', 'fly', '1fab0', 0.65, { also: ['housefly'], facing: 'front', looks: ['black and blue'] }),
  actor('flies', 'raven', '1f426-200d-2b1b', 0.85, {
    facing: 'right',
    also: ['crow', 'blackbird'],
    kinds: ['walks'],
    looks: ['black'],
  }),
]
