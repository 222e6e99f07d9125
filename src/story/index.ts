export { type ShapeMatch, shapeOf } from './arc.ts'
export { drawArc } from './draw-arc.ts'
export { formatStoryboard } from './format-storyboard.ts'
export { type PlanOptions, plan } from './plan.ts'
export type { ShotPredictor } from './propose-shots.ts'
export {
  type Beat,
  beats,
  type CastEntry,
  cameraFramings,
  cameraMoves,
  parseStoryboard,
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
} from './storyboard.ts'
