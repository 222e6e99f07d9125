/** A square matrix, rows one after the other. */
type Matrix = Float64Array<ArrayBuffer>

/**
 * Fréchet distance between two sets of features, each taken for a normal distribution (Heusel et al. 2017, arXiv
 * 1706.08500): |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½). Small sets make it large: compare sets of one size only.
 * @param a vectors of one length, at least two of them; and so is b
 */
export function frechetDistance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const [one, other] = [momentsOf(a), momentsOf(b)]
  const size = one.mean.length
  const apart = one.mean.reduce((sum, value, i) => sum + (value - (other.mean[i] ?? 0)) ** 2, 0)
  const root = squareRoot(one.covariance, size)
  const product = multiply(multiply(root, other.covariance, size), root, size)
  const common = trace(squareRoot(product, size), size)
  return apart + trace(one.covariance, size) + trace(other.covariance, size) - 2 * common
}

function momentsOf(vectors: readonly Float32Array[]): {
  readonly mean: Float64Array
  readonly covariance: Matrix
} {
  const size = vectors[0]?.length ?? 0
  if (vectors.length < 2)
    throw new RangeError(`a covariance needs two vectors or more, got ${vectors.length}`)
  const mean = new Float64Array(size)
  for (const vector of vectors)
    for (let i = 0; i < size; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length
  const covariance = new Float64Array(size * size)
  for (const vector of vectors) {
    const off = mean.map((m, i) => (vector[i] ?? 0) - m)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        covariance[i * size + j] =
          (covariance[i * size + j] ?? 0) + ((off[i] ?? 0) * (off[j] ?? 0)) / (vectors.length - 1)
  }
  return { mean, covariance }
}

/** Enough for eigenvalues ten million times smaller than the largest. */
const iterations = 40

/**
 * The square root of a symmetric matrix without negative eigenvalues, by the coupled Newton–Schulz iteration (Higham
 * 2008, Functions of Matrices, 6.35).
 */
function squareRoot(matrix: Matrix, size: number): Matrix {
  const norm = Math.hypot(...matrix)
  if (norm === 0) return matrix.slice()
  let y = matrix.map((value) => value / norm)
  let z: Matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) z[i * size + i] = 1
  for (let step = 0; step < iterations; step++) {
    const t = multiply(z, y, size).map((value) => -value / 2)
    for (let i = 0; i < size; i++) t[i * size + i] = (t[i * size + i] ?? 0) + 1.5
    y = multiply(y, t, size)
    z = multiply(t, z, size)
  }
  return y.map((value) => value * Math.sqrt(norm))
}

function multiply(a: Matrix, b: Matrix, size: number): Matrix {
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] ?? 0
      for (let j = 0; j < size; j++)
        out[i * size + j] = (out[i * size + j] ?? 0) + factor * (b[k * size + j] ?? 0)
    }
  }
  return out
}

function trace(matrix: Matrix, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += matrix[i * size + i] ?? 0
  return sum
}
