export { type ShapeMatch, shapeOf } from './arc.ts'
export { type DirectOptions, type DirectorSdk, direct, loadDirectorSdk } from './direct.ts'
export { type DirectorWishes, directorInstructions, type Repertoire } from './director-instructions.ts'
export { drawArc } from './draw-arc.ts'
export { formatStoryboard } from './format-storyboard.ts'
export { parseStoryboard } from './parse-storyboard.ts'
export { type PlanOptions, plan } from './plan.ts'
export type { ShotPredictor } from './propose-shots.ts'
export {
  type CameraAsk,
  type PairAsk,
  type SoloAsk,
  type StagingAsk,
  stagingOf,
} from './staging.ts'
export { countEvents } from './story-beats.ts'
export {
  type Beat,
  beats,
  type CameraFraming,
  type CameraMoveName,
  type CastEntry,
  cameraFramings,
  cameraMoves,
  type Shot,
  type ShotAction,
  type ShotCamera,
  type ShotSetting,
  type Storyboard,
  type StoryShape,
  type StoryWarning,
  storyboardFormat,
  storyboardJsonSchema,
  storyboardSchema,
  storyboardText,
  storyLimits,
  storyShapes,
  type WrittenStoryboard,
} from './storyboard.ts'
