import { describe, expect, test } from 'vitest'
import { openLanguage, understand } from '../text/index.ts'
import { stagingOf } from './staging.ts'

const language = await openLanguage()

function asksOf(text: string): string[] {
  return stagingOf(understand(text, language)).map((ask) => {
    if (ask.of === 'camera') return `camera ${ask.ask}`
    return ask.of === 'one' ? `${ask.who} ${ask.ask}` : `${ask.who} ${ask.ask} ${ask.whom}`
  })
}

describe('what a text asks of the staging', () => {
  test.each([
    ['A dog runs to the left.', ['dog-1 goes left']],
    ['A fox comes in from the right.', ['fox-1 goes left']],
    ['A cat looks to the left.', ['cat-1 faces left']],
    ['A horse gallops across a meadow.', ['horse-1 travels']],
    ['A rooster flies in circles.', ['rooster-1 circles']],
    ['A wolf runs around very fast.', ['wolf-1 circles']],
    ['A dog runs to the left while a bird flies around.', ['dog-1 goes left', 'bird-1 circles']],
    ['A woman walks around the town.', []],
    ['A pink ambulance twirls.', ['ambulance-1 stays', 'ambulance-1 spins']],
    ['A woman turns round and round.', ['woman-1 stays', 'woman-1 spins']],
    ['A bear sleeps.', ['bear-1 stays']],
    ['A balloon rises and a stone falls.', ['balloon-1 goes up', 'stone-1 goes down']],
    ['A mouse grows, the camera zooms in.', ['mouse-1 grows', 'camera zooms in']],
    ['A lion grows a beard.', []],
    ['A songbird grows smaller.', ['songbird-1 shrinks']],
    ['A kitten gets bigger.', ['kitten-1 grows']],
    ['A frog is getting farther away.', ['frog-1 shrinks']],
    ['A camel moves away into the distance.', ['camel-1 shrinks']],
    ['A huge dragon is becoming smaller.', ['dragon-1 shrinks']],
    ['A man enters.', ['man-1 comes in']],
    ['A cat does not run.', []],
    [
      'A cat chases a mouse to the right.',
      ['cat-1 goes right', 'mouse-1 goes right', 'cat-1 goes after mouse-1'],
    ],
    ['A bear meets a fox.', ['bear-1 comes to fox-1']],
    ['A ball is behind a chair.', ['ball-1 behind chair-1']],
    ['An owl sits on a branch.', ['owl-1 stays']],
  ])('%s', (text, asks) => {
    expect(asksOf(text)).toEqual(asks)
  })
})
