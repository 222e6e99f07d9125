export { type CodecConfig, codecStride, decode, encode, toyboxCodec } from './codec.ts'
export { type Decoder, openDecoder } from './codec-decoder.ts'
export { type DenoiserConditions, type DenoiserConfig, denoise, toyboxDenoiser } from './denoiser.ts'
export { openPainter, type PaintedShot, type Painter, type PaintOptions } from './denoiser-sampler.ts'
export { type MotionConfig, toyboxMotion } from './motion.ts'
export {
  continueMotion,
  type MotionNetwork,
  type MotionScene,
  type MotionState,
  openMotionNetwork,
  startMotion,
} from './motion-sampler.ts'
export { drawReference, type ReferenceConfig, type ReferenceKind, toyboxReference } from './reference.ts'
export {
  openReferenceSampler,
  type ReferenceRequest,
  type ReferenceSampler,
  sampleReference,
} from './reference-sampler.ts'
