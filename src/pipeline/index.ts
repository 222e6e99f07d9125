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
export { outlineOf, type VideoOutline } from './models.ts'
export {
  type MotionDocument,
  type MotionTrack,
  motionJsonSchema,
  parseMotion,
  type ShotMotion,
} from './motion-document.ts'
export { type MotionTextOptions, motionText, type ShotPlan } from './motion-text.ts'
export type {
  CheckpointOptions,
  CommonOptions,
  GenerateOptions,
  PromptOptions,
  StoryboardOptions,
} from './options.ts'
export { toyboxRepertoire } from './repertoire.ts'
export { type ValidOptions, validateOptions } from './validate.ts'
export { openWanCheckpoint, type WanCheckpoint } from './wan/checkpoint.ts'
export { type MemoryPlan, planMemory } from './wan/memory-plan.ts'
export { loadWeights, type Part, weightFolder } from './weights.ts'
