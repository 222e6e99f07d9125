export * from './layers.ts'
export * from './lstm.ts'
export * from './optimiser.ts'
export * from './parameters.ts'
