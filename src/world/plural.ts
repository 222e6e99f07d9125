const irregular: Readonly<Record<string, string>> = {
  mouse: 'mice',
  sheep: 'sheep',
  fish: 'fish',
  pufferfish: 'pufferfish',
  blowfish: 'blowfish',
  jellyfish: 'jellyfish',
  deer: 'deer',
  moose: 'moose',
  bison: 'bison',
  squid: 'squid',
  shrimp: 'shrimp',
  goose: 'geese',
  ox: 'oxen',
  man: 'men',
  woman: 'women',
  wolf: 'wolves',
  leaf: 'leaves',
  child: 'children',
  aircraft: 'aircraft',
  salmon: 'salmon',
}

/** True for a noun whose last word is what is counted. */
export function hasPlural(noun: string): boolean {
  return /^[a-z-]+( [a-z-]+)?$/.test(noun) && !/[^s]s$| (in|of|with|on|to|that) /.test(noun)
}

/** `two red birds`: the plural of a noun's last word. */
export function pluralOf(noun: string): string {
  const words = noun.split(' ')
  const last = words.pop() ?? ''
  const many =
    irregular[last] ??
    (/(s|x|z|ch|sh)$/.test(last)
      ? `${last}es`
      : /[^aeiou]y$/.test(last)
        ? `${last.slice(0, -1)}ies`
        : /(potato|tomato|buffalo|mosquito)$/.test(last)
          ? `${last}es`
          : `${last}s`)
  return [...words, many].join(' ')
}
