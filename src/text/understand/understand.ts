import type { Language } from '../language.ts'
import { normaliseText } from '../normalise.ts'
import type { Action, CameraMove, Relation, SceneGraph, Sentence, Setting, Token } from '../scene-graph.ts'
import { Cast } from './cast.ts'
import { readClauses } from './clauses.ts'
import { findFilmTerms } from './film-terms.ts'
import { joinGroups } from './groups.ts'
import { joinHyphens } from './hyphens.ts'
import { interpret } from './interpret.ts'
import { joinNamesakes } from './namesakes.ts'
import { findPhrases } from './phrases.ts'
import { RoleJudge } from './roles.ts'
import { SettingNotes } from './settings.ts'
import { Speech } from './speech.ts'
import { tagWords } from './tagging.ts'
import { tags, type Word } from './tags.ts'

/**
 * Reads who does what to whom, where and when, from the grammar of English text. Any noun can be a character, an
 * object or a place: WordNet tells what it is, its clause what it does.
 * @throws FramewrightError `E_PROMPT` if the text is empty or too long
 */
export function understand(text: string, language: Language): SceneGraph {
  const normalised = normaliseText(text)
  const { wordnet } = language
  const cast = new Cast(wordnet)
  const judge = new RoleJudge(wordnet)
  const speech = new Speech(normalised)
  const names = new Set<string>()
  const camera: CameraMove[] = []
  const style: string[] = []
  const actions: Action[] = []
  const settings: Setting[] = []
  const relations: Relation[] = []
  const sentences = language.readSentences(normalised).map((sentence, index): Sentence => {
    const terms = findFilmTerms(normalised, sentence.tokens)
    for (const move of terms.camera) camera.push({ move, sentence: index })
    for (const word of terms.style) if (!style.includes(word)) style.push(word)
    const words = tagWords(joinHyphens(terms.rest), wordnet, names)
    for (const { tag, lower } of words) if (tag === 'name') names.add(lower)
    const grouped = joinGroups(findPhrases(normalised, words, wordnet), normalised, {
      isGroup: (noun) => judge.meaning(noun).isGroup,
      isPlace: (noun) => judge.meaning(noun).place === 'always',
      isSubstance: (noun) => judge.meaning(noun).isSubstance,
      isAnimate: (noun) => judge.meaning(noun).isAnimate,
    })
    const phrases = joinNamesakes(grouped, normalised, (noun) => judge.isAgentive(noun))
    const notes = new SettingNotes(settings.flatMap(({ place }) => place ?? []))
    const said = interpret(readClauses(phrases, judge), index, { cast, judge, wordnet, notes, speech })
    actions.push(...said.actions)
    relations.push(...said.relations)
    settings.push(...notes.settings(index))
    return { ...sentence, tokens: mendTokens(sentence.tokens, words) }
  })
  const told = speech.settle(actions, relations, cast)
  return { text: normalised, sentences, ...cast.entities(), ...told, settings, camera, style }
}

/** Tokens with the parts of speech and lemmas that the grammar found. */
function mendTokens(tokens: readonly Token[], words: readonly Word[]): Token[] {
  const byStart = new Map(words.map((word) => [word.start, word]))
  return tokens.map((token) => {
    const word = byStart.get(token.start)
    if (!word || word.end !== token.end || word.tag === 'other' || token.pos === 'PUNCT') return token
    return { ...token, lemma: word.lemma, pos: tags[word.tag] }
  })
}
