import { type Actor, actor } from '../actor.ts'

/** Hands and other parts of a body. */
export const hands: readonly Actor[] = [
  actor('thing', 'waving-hand', '1f44b', 0.8, { facing: 'front' }),
  actor('thing', 'open-hand', '1f590-fe0f', 0.8, { also: ['hand'], facing: 'front' }),
  actor('thing', 'victory-hand', '270c-fe0f', 0.8, { also: ['peace sign'], facing: 'front' }),
  actor('thing', 'ok-hand', '1f44c', 0.8, { noun: 'OK hand', facing: 'front' }),
  actor('thing', 'rock-hand', '1f918', 0.8, { also: ['sign of the horns'], facing: 'front' }),
  actor('thing', 'pointing-hand', '1f448', 0.8, { also: ['pointing finger'] }),
  actor('thing', 'pointing-up-hand', '261d-fe0f', 0.8, { also: ['finger that points up'], facing: 'front' }),
  actor('thing', 'thumbs-up', '1f44d', 0.8, { also: ['raised thumb'], facing: 'front' }),
  actor('thing', 'thumbs-down', '1f44e', 0.8, { also: ['lowered thumb'], facing: 'front' }),
  actor('thing', 'raised-fist', '270a', 0.8, { also: ['fist'], facing: 'front' }),
  actor('thing', 'clapping-hands', '1f44f', 0.85, { noun: 'pair of clapping hands', facing: 'front' }),
  actor('thing', 'raised-hands', '1f64c', 0.85, { noun: 'pair of raised hands', facing: 'front' }),
  actor('thing', 'heart-hands', '1faf6', 0.85, { noun: 'pair of heart hands', facing: 'front' }),
  actor('thing', 'handshake', '1f91d', 0.9, { facing: 'front' }),
  actor('thing', 'praying-hands', '1f64f', 0.85, { noun: 'pair of folded hands', facing: 'front' }),
  actor('thing', 'writing-hand', '270d-fe0f', 0.85, { also: ['hand with a pencil'], facing: 'front' }),
  actor('thing', 'strong-arm', '1f4aa', 0.85, { also: ['flexed arm', 'muscle'], facing: 'front' }),
  actor('thing', 'foot', '1f9b6', 0.75),
  actor('thing', 'ear', '1f442', 0.7, { facing: 'front' }),
  actor('thing', 'nose', '1f443', 0.7, { facing: 'front' }),
]
