export { type BertConfig, bert, miniLm } from './bert.ts'
export { createTextEncoder, type EncodedText, type TokenEncoder, type TokenEncoderSource } from './encoder.ts'
export { formatSceneGraph } from './format-scene-graph.ts'
export { type Language, openLanguage } from './language.ts'
export { commonWords, type Lexicon } from './lexicon.ts'
export { maxTextLength, normaliseText } from './normalise.ts'
export type {
  Action,
  Entity,
  Mention,
  Relation,
  SceneGraph,
  Sentence,
  Setting,
  Token,
} from './scene-graph.ts'
export { understand } from './understand.ts'
export type { TextWarning } from './warnings.ts'
export { createWordPiece, type TokenizedText, type WordPiece } from './wordpiece.ts'
