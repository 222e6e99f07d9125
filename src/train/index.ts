export { type Part, type PartConfig, parts } from './parts.ts'
export { type PartDefaults, partDefaults } from './recipe.ts'
export { type TrainPartOptions, trainPart } from './train-part.ts'
export {
  type TrainingEvent,
  type TrainingOptions,
  type TrainingResult,
  type TrainingTask,
  train,
} from './trainer.ts'
