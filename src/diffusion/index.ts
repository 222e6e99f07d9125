export * from './flow.ts'
export * from './sampler.ts'
