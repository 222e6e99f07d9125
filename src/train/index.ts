export { type Part, type PartConfig, partDefaults, parts } from './parts.ts'
export { type TrainPartOptions, trainPart } from './train-part.ts'
export {
  type TrainingEvent,
  type TrainingOptions,
  type TrainingResult,
  type TrainingTask,
  train,
} from './trainer.ts'
