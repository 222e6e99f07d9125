export { type BertConfig, bert, miniLm } from './bert.ts'
export { createTextEncoder, type EncodedText, type TokenEncoder, type TokenEncoderSource } from './encoder.ts'
export { formatSceneGraph } from './format-scene-graph.ts'
export { type Language, openLanguage } from './language.ts'
export { maxTextLength, normaliseText } from './normalise.ts'
export {
  type Action,
  type CameraMove,
  type Direction,
  directions,
  type Entity,
  type Mention,
  type Relation,
  type SceneGraph,
  type Season,
  type Sentence,
  type Setting,
  seasons,
  type TimeOfDay,
  type Token,
  timesOfDay,
  type Weather,
  weathers,
} from './scene-graph.ts'
export { type T5Config, t5Encoder, umT5Xxl } from './t5.ts'
export { parseT5Config } from './t5-config.ts'
export { encodeWithT5, type T5Source } from './t5-session.ts'
export {
  createTokenizer,
  type TextTokenizer,
  type TokenizedText,
  type TokenizerOptions,
} from './tokenizer.ts'
export { understand } from './understand/understand.ts'
export { nothingUnderstoodWarnings, type TextWarning, understandingWarnings } from './warnings.ts'
export type { WordNet } from './wordnet/wordnet.ts'
