/** `dog` → `a dog`; what has an article or a number keeps it. */
export function withArticle(name: string): string {
  if (/^(a|an|the|some|\d)\b/i.test(name)) return name
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}

/** One of several: `small red birds` → `a small red bird`. @param lemma of the last words: `fire truck` */
export function oneOf(name: string, lemma: string): string {
  const words = name.split(' ')
  return withArticle([...words.slice(0, -lemma.split(' ').length), lemma].join(' '))
}

/**
 * A phrase with what the person does, where that is how the weights tell people of the same noun apart: a man who runs is
 * another picture than one who stands.
 * @param poses gerunds that go with the noun @param verbs what the person does, in their base forms, in order
 */
export function withPose(phrase: string, poses: readonly string[], verbs: readonly string[]): string {
  const pose = verbs.flatMap((verb) => poses.filter((one) => verbsOf(one).includes(verb)))[0]
  return pose === undefined || phrase.includes(pose) ? phrase : `${phrase} ${pose}`
}

/** `running` → `run`, `dancing` → `dance`. */
function verbsOf(gerund: string): string[] {
  const stem = gerund.slice(0, -'ing'.length)
  return [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')]
}
