/** Framewright: text to video on the user's own machine. */
export { type Provider, providers } from './graph/session.ts'
export type {
  GeneratedVideo,
  GenerateEvent,
  GenerateOptions,
  GenerateResult,
  MadeShot,
  MadeVideo,
  MotionDocument,
  MotionTrack,
  PlannedShot,
  Reference,
  ShotMotion,
  Stage,
  Warning,
} from './pipeline/index.ts'
export {
  castReferences,
  generate,
  generateVideo,
  motionText,
  parseMotion,
  planMotion,
} from './pipeline/index.ts'
export { type ErrorCode, FramewrightError } from './util/errors.ts'
export {
  contactSheet,
  type EncodedVideo,
  type EncodeOptions,
  encodeVideo,
  type Frames,
  type MotionPlan,
  readImage,
  type VideoMetadata,
  writePng,
} from './video/index.ts'
