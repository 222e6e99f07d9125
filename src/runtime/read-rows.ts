import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { MappedWeight } from '../graph/compile.ts'
import { tensorToFloat32 } from '../graph/tensor-bytes.ts'
import { FramewrightError } from '../util/errors.ts'

/**
 * Rows of a matrix that lies in a file, as 32-bit floats [rows, columns]: a table of tokens need not be read as a whole.
 * @throws FramewrightError E_WEIGHTS when the file cannot be read
 */
export async function readRows(
  weightFolder: string,
  { location, offset, length, shape, fileType }: MappedWeight,
  rows: readonly number[],
): Promise<Float32Array> {
  const [count = 0, columns = 0] = shape
  const rowBytes = length / count
  const path = join(weightFolder, location)
  const values = new Float32Array(rows.length * columns)
  const file = await open(path).catch((cause: unknown) => {
    throw new FramewrightError('E_WEIGHTS', `weights cannot be read from ${path}`, { cause })
  })
  try {
    for (const [i, row] of rows.entries()) {
      if (row < 0 || row >= count) throw new RangeError(`there is no row ${row} of ${count}`)
      const { buffer, bytesRead } = await file.read(
        new Uint8Array(rowBytes),
        0,
        rowBytes,
        offset + row * rowBytes,
      )
      if (bytesRead !== rowBytes) throw new FramewrightError('E_WEIGHTS', `${path} is cut short`)
      values.set(tensorToFloat32({ dtype: fileType, shape: [columns], data: buffer }), i * columns)
    }
    return values
  } finally {
    await file.close()
  }
}
