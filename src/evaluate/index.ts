export { type Consistency, consistency, measureConsistency } from './consistency.ts'
export {
  type EvaluateEvent,
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  type MeasuredItem,
} from './evaluate.ts'
export { type Figure, type Mean, trustedFrom } from './figures.ts'
export { frechetDistance } from './frechet.ts'
export { type KeptVideos, openKeptVideos, type RunSettings } from './kept-videos.ts'
export { type MotionMeasures, measureMotion } from './motion-measures.ts'
export type { Quality } from './quality-figures.ts'
export { type Answer, type Question, questions, readBack } from './read-back.ts'
export { type Category, type Expected, parseSuite, readSuite, type Suite, type SuiteItem } from './suite.ts'
