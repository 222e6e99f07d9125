export type { AttendedWord, WordAttention } from './attention.ts'
export { type Diagnosis, diagnose, type Finding } from './diagnose.ts'
export {
  type GeneratedVideo,
  type GenerateEvent,
  type GenerateResult,
  type MadeShot,
  type MadeVideo,
  type PlannedShot,
  type Reference,
  type Stage,
  stages,
  type Warning,
} from './events.ts'
export {
  type CastResult,
  castReferences,
  generate,
  generateVideo,
  type MotionResult,
  planMotion,
} from './generate.ts'
export type { CommonOptions, GenerateOptions, PromptOptions, StoryboardOptions } from './options.ts'
export { toyboxRepertoire } from './repertoire.ts'
export { type ValidOptions, validateOptions } from './validate.ts'
export { loadWeights, type Part, weightFolder } from './weights.ts'
