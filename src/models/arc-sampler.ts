import { compile, floatsOf, hostTensor, input, type Runtime } from '../graph/index.ts'
import { checkWeights, type NetworkWeights, Parameters } from '../nn/index.ts'
import { type ArcConfig, predictNext } from './arc.ts'

/** The arc network, loaded. */
export interface ArcNetwork {
  /**
   * What it expects after each shot of a story, and before the first: rows of `features` numbers, one more than the
   * shots.
   * @param shots a story's shots in order, a row of `features` numbers each
   */
  predict(shots: readonly (readonly number[])[]): Promise<number[][]>
  close(): Promise<void>
}

/** Loads the network. @throws FramewrightError E_WEIGHTS when the weights are not the network's */
export async function openArcNetwork(
  runtime: Runtime,
  config: ArcConfig,
  weights: NetworkWeights,
): Promise<ArcNetwork> {
  const { features, width } = config
  const parameters = new Parameters()
  const { next, state } = predictNext(
    parameters,
    config,
    { shot: input('shot', [1, features]), isStart: input('isStart', [1, 1]) },
    { hidden: input('hidden', [1, width]), cell: input('cell', [1, width]) },
  )
  checkWeights(parameters.list, weights, 'the arc network’s weights')
  const program = compile({ next, nextHidden: state.hidden, nextCell: state.cell }, { weights })
  const session = await runtime.open(program, { threads: 1 })
  return {
    predict: async (shots) => {
      const expected: number[][] = []
      let hidden = new Float32Array(width)
      let cell = new Float32Array(width)
      for (const shot of [null, ...shots]) {
        const outputs = await session.run({
          shot: hostTensor(Float32Array.from(shot ?? new Array<number>(features).fill(0)), [1, features]),
          isStart: hostTensor(Float32Array.of(shot ? 0 : 1), [1, 1]),
          hidden: hostTensor(hidden, [1, width]),
          cell: hostTensor(cell, [1, width]),
        })
        expected.push([...floatsOf(outputs, 'next')])
        hidden = new Float32Array(floatsOf(outputs, 'nextHidden'))
        cell = new Float32Array(floatsOf(outputs, 'nextCell'))
      }
      return expected
    },
    close: () => session.close(),
  }
}
