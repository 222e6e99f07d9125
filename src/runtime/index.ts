export { cacheFolder } from './cache-folder.ts'
export { mainThreadRuntime, workerRuntime } from './node.ts'
export { readTensorFile, type TensorFile, writeTensorFile } from './tensor-file.ts'
export {
  type MappedPart,
  mapPart,
  readManifest,
  readPart,
  readWeights,
  type WeightManifest,
  type WeightNotes,
  type WeightPart,
  writePart,
} from './weight-folder.ts'
