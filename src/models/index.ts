export { type ChunkPainter, type OpenPainterOptions, openChunkPainter } from './chunk-painter.ts'
export { type CodecConfig, codecStride, decode, encode, toyboxCodec } from './codec.ts'
export { type Decoder, openDecoder } from './codec-decoder.ts'
export { type DenoiserConditions, type DenoiserConfig, denoise, toyboxDenoiser } from './denoiser.ts'
export { type MotionConfig, toyboxMotion } from './motion.ts'
export {
  continueMotion,
  type MotionNetwork,
  type MotionScene,
  type MotionState,
  openMotionNetwork,
  startMotion,
} from './motion-sampler.ts'
export { createPainter, type PaintedShot, type Painter, type PaintOptions } from './painter.ts'
export { drawReference, type ReferenceConfig, type ReferenceKind, toyboxReference } from './reference.ts'
export {
  drawReferences,
  openReferenceDrawer,
  type ReferenceDrawer,
  type ReferenceRequest,
} from './reference-drawer.ts'
export type { WanInputs } from './wan/conditions.ts'
export {
  type WanPictureConfig,
  type WanTransformerConfig,
  wanEnds14B,
  wanImage14B,
  wanText1B,
  wanText14B,
} from './wan/config.ts'
export { parseWanTransformerConfig, parseWanVaeConfig } from './wan/published-config.ts'
export { wanTransformer } from './wan/transformer.ts'
export { type WanVaeConfig, wanVae } from './wan/vae.ts'
export { openWanVae, type WanVae, type WanVaeOptions } from './wan/vae-session.ts'
