import { at, concat, input, pad, type Shape, slice, type Tensor, zeros } from '../../graph/index.ts'

/** Whether a chunk of frames begins a video or goes on from the chunk before. */
export type Chunk = 'first' | 'next'

/**
 * The last frames of features that causal convolutions saw, handed from one chunk of a video to the next, so that a
 * video of any length needs the memory of one chunk. `kept` of one program has the names of the next one's inputs.
 */
export class FrameCache {
  readonly chunk: Chunk
  /** What the next chunk is given, by the names of its inputs. */
  readonly kept: Record<string, Tensor> = {}
  #count = 0

  constructor(chunk: Chunk) {
    this.chunk = chunk
  }

  /** Features [B, C, F, H, W] with two frames before them: the chunk's before, or zeros. */
  withTwoBefore(x: Tensor): Tensor {
    const name = this.#name()
    const full = this.chunk === 'first' ? pad(x, 2, 2, 0) : concat([input(name, framesOf(x, 2)), x], 2)
    const frames = at(full.shape, 2)
    this.kept[name] = slice(full, 2, frames - 2, frames)
    return full
  }

  /** Features with the frame before them; null for the first chunk, whose only frame has none. */
  withOneBefore(x: Tensor): Tensor | null {
    const name = this.#name()
    const frames = at(x.shape, 2)
    this.kept[name] = slice(x, 2, frames - 1, frames)
    return this.chunk === 'first' ? null : concat([input(name, framesOf(x, 1)), x], 2)
  }

  /** Features with two frames before them; null for the first chunk, which counts as if it had been zeros. */
  withTwoAfterFirst(x: Tensor): Tensor | null {
    if (this.chunk === 'next') return this.withTwoBefore(x)
    this.kept[this.#name()] = zeros(framesOf(x, 2))
    return null
  }

  #name(): string {
    return `cache.${this.#count++}`
  }
}

const framesOf = ({ shape }: Tensor, frames: number): Shape =>
  shape.map((n, axis) => (axis === 2 ? frames : n))
