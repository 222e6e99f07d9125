const groups = new Set(
  'crowd family couple team band audience group gang crew army choir orchestra class duo trio police'.split(
    ' ',
  ),
)

/** Whether a noun in the singular is several people, with a verb in either number: `the crew climb`, `a crowd waits`. */
export function isPeopleGroup(lemma: string): boolean {
  return groups.has(lemma)
}
