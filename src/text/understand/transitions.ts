import type { Tag } from './tags.ts'

/**
 * What a part of speech costs behind another: the lower, the likelier English puts them so. A row names what it costs
 * what, the cheapest first, and what everything else costs. Written by hand for captions and stories; only differences
 * within a row and with the costs in tagging.ts matter.
 */
const rows: Readonly<Record<Tag | 'start', readonly [costs: string, others: number]>> = {
  start: [
    `0.2 det other | 0.3 pron prons stop | 0.4 num | 0.5 nouns prep adverb comma | 0.6 adj name sub and |
     0.8 noun | 1.2 ing base | 1.5 not | 2 to | 2.2 participle | 2.5 rel | 3 modal be have | 4 past
     | 4.5 verbs`,
    4,
  ],
  det: ['0 noun nouns adj | 0.2 num | 0.3 name | 1 ing participle other | 2 comma | 2.4 adverb', 7],
  num: [
    `0 nouns adj | 0.4 noun | 0.5 num name | 0.6 prep | 0.8 be | 1 ing participle det comma stop | 1.5
     and base | 2 adverb verbs past`,
    4,
  ],
  adj: [
    `0 noun nouns | 0.3 adj | 0.5 comma | 0.6 stop | 0.7 and | 0.8 name | 1 prep sub to | 1.4 ing | 1.5
     num | 1.6 participle adverb | 2 rel be | 2.5 det | 3 not verbs | 3.5 base past`,
    4,
  ],
  noun: [
    `0 of | 0.1 comma stop | 0.2 be modal prep and | 0.3 verbs have sub rel other | 0.4 ing | 0.5 past |
     0.6 adverb | 0.8 base to | 0.9 participle | 1 not noun nouns | 1.4 name | 1.6 pron prons | 1.8
     num | 2.4 adj det`,
    3,
  ],
  nouns: [
    `0.1 comma stop | 0.2 be modal prep and of | 0.3 base have sub rel other | 0.4 ing | 0.5 past | 0.6
     adverb | 0.8 to | 0.9 participle | 1 verbs not | 1.6 det pron prons | 1.8 num | 2 name |
     2.4 adj | 2.6 nouns | 2.8 noun`,
    3,
  ],
  name: [
    `0 of | 0.1 comma stop | 0.2 verbs be modal and | 0.3 have past prep sub rel other | 0.4 ing | 0.5
     name | 0.6 adverb | 0.8 to | 0.9 noun nouns | 1 participle not | 1.2 base | 1.5 num | 1.6 det pron
     prons | 2 adj`,
    3,
  ],
  pron: [
    `0.1 verbs be modal past stop | 0.2 have | 0.3 prep comma other | 0.4 adverb and sub | 0.5 of | 0.6
     ing to | 0.8 det | 1 base num not rel | 1.2 participle | 1.5 name | 1.6 adj | 2 nouns | 2.5 noun`,
    3,
  ],
  prons: [
    `0.1 base be modal past stop | 0.2 have | 0.3 prep comma other | 0.4 adverb and sub | 0.5 num | 0.6
     ing to | 0.8 det | 1 not rel | 1.2 participle | 1.5 name | 1.6 adj | 2 verbs nouns | 2.5 noun`,
    3,
  ],
  be: [
    `0.1 ing not | 0.3 participle adj det | 0.4 adverb prep | 0.6 num pron prons | 0.8 name be | 1 to
     comma stop sub rel | 1.4 noun nouns | 1.5 and | 4 past | 5 base | 6 verbs`,
    3,
  ],
  have: [
    `0.1 det | 0.3 num not | 0.4 participle adj be to | 0.6 nouns adverb | 0.8 pron prons | 0.9 noun |
     1.2 name prep | 1.5 stop comma | 3 past | 5 base | 6 verbs`,
    3,
  ],
  modal: [
    `0 base | 0.1 not | 0.3 be | 0.5 have | 0.6 adverb | 0.8 pron prons det | 1.2 nouns | 1.5 num stop
     comma | 2 noun adj and | 6 verbs past`,
    3,
  ],
  verbs: [
    `0 det prep | 0.1 stop | 0.2 adverb comma | 0.3 num pron prons and to other | 0.5 adj nouns name sub
     | 0.7 ing | 0.8 noun | 1 rel not | 1.2 participle | 3 be | 4 base verbs past`,
    3,
  ],
  base: [
    `0 det prep | 0.1 stop | 0.2 adverb comma | 0.3 num pron prons and to other | 0.5 adj nouns name sub
     | 0.6 not | 0.7 ing | 0.8 noun | 1 rel | 1.2 participle | 2 be | 3 base | 4 verbs past`,
    3,
  ],
  past: [
    `0 det prep | 0.1 stop | 0.2 adverb comma | 0.3 num pron prons and to other | 0.5 adj nouns name sub
     | 0.7 ing | 0.8 noun | 1 rel not | 1.2 participle | 3 be | 4 base verbs past`,
    3,
  ],
  ing: [
    `0 det prep | 0.1 stop | 0.2 adverb comma | 0.3 num pron prons and to other | 0.4 nouns | 0.5 adj
     noun name sub | 1 ing participle rel not | 2 be | 2.5 verbs | 3 past | 4 base`,
    3,
  ],
  participle: [
    `0 prep | 0.1 stop | 0.2 comma | 0.3 adverb and other | 0.4 to | 0.5 nouns sub | 0.6 noun | 0.8 det
     adj name num | 1 ing | 1.2 pron prons | 1.5 not | 3 verbs | 4 base past`,
    3,
  ],
  adverb: [
    `0.1 stop | 0.2 comma | 0.3 prep other | 0.4 ing adj and be sub | 0.5 verbs past adverb det | 0.6
     participle have modal pron prons to | 0.7 num | 0.8 base not | 0.9 name | 1 rel | 1.4 nouns | 1.6
     noun`,
    2,
  ],
  prep: [
    `0 det | 0.3 num pron prons | 0.4 name adj | 0.5 noun nouns other | 0.6 stop | 0.8 comma and rel |
     0.9 ing prep | 1 adverb | 1.2 to | 1.4 sub | 1.6 participle | 2 not | 2.5 be | 4 verbs base past`,
    3,
  ],
  to: ['0 base | 0.3 be | 0.5 have | 0.8 adverb | 1 stop comma not', 5],
  not: [
    '0.2 base ing | 0.3 participle | 0.4 adj det adverb | 0.5 to | 0.6 past be num stop | 0.7 prep | 0.8 verbs pron prons | 1 noun nouns comma | 1.2 name',
    2,
  ],
  and: [
    '0.1 det | 0.3 num | 0.4 nouns name adj pron prons | 0.5 noun verbs past ing adverb | 0.6 prep be have sub | 0.7 base | 0.8 participle modal not | 1 rel to',
    2,
  ],
  of: [
    `0 noun nouns adj | 0.3 num | 0.4 name | 0.6 ing participle | 1 stop comma and | 1.5 prep | 2.2 adverb`,
    3,
  ],
  sub: [
    `0 det | 0.1 pron prons | 0.3 name | 0.4 nouns num | 0.5 adj ing | 0.6 noun adverb | 0.8 prep | 0.9
     participle | 1 sub to comma stop | 1.5 and be | 2.5 past | 3 verbs base`,
    2.5,
  ],
  rel: [
    `0.1 verbs be | 0.2 past have modal | 0.3 base not | 0.4 pron prons | 0.5 adverb det | 0.6 name | 0.8
     nouns | 1 noun adj | 1.5 comma`,
    2.5,
  ],
  comma: [
    `0.1 and | 0.2 det other | 0.3 ing prep sub rel | 0.4 num pron prons adverb | 0.5 nouns name adj
     comma stop | 0.6 noun participle | 1 verbs past be have not to | 1.2 modal | 1.4 base`,
    2,
  ],
  stop: [
    `0.2 det other stop | 0.3 pron prons | 0.4 num | 0.5 nouns name adj prep adverb sub and comma | 0.7
     noun | 1 ing | 1.4 base | 1.5 participle rel | 2 be | 2.5 verbs past`,
    2,
  ],
  other: ['0.2 other comma stop | 0.3 det | 0.5 pron prons | 0.8 noun nouns name | 1.2 base verbs', 1],
}

interface Row {
  readonly costs: ReadonlyMap<string, number>
  readonly others: number
}

const table = new Map(
  Object.entries(rows).map(([before, [costs, others]]): [string, Row] => [
    before,
    { costs: new Map(costs.split('|').flatMap(costsOf)), others },
  ]),
)

/** `0.3 verbs have` → both cost 0.3. */
function costsOf(text: string): [tag: string, cost: number][] {
  const [cost = '', ...tags] = text.trim().split(/\s+/)
  return tags.map((tag) => [tag, Number(cost)])
}

/** What `tag` costs behind `before`; `start` is the start of a sentence. */
export function transitionCost(before: Tag | 'start', tag: Tag): number {
  const row = table.get(before)
  return row?.costs.get(tag) ?? row?.others ?? 0
}
