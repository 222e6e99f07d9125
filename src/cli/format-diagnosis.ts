import type { Diagnosis, Finding } from '../pipeline/diagnose.ts'

/** A diagnosis as lines for people. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const { version, node, engine, machine, providers, weights } = diagnosis
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`
  return [
    `framewright ${version}, Node ${node}, ${machine.platform}`,
    `engine      ONNX Runtime ${engine}`,
    `machine     ${machine.cores} cores, ${gigabytes(machine.memoryBytes)} of memory, ${gigabytes(machine.freeBytes)} free`,
    ...section('providers', providers),
    ...section('weights', weights),
  ].join('\n')
}

function section(title: string, findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ name }) => name.length))
  return [
    title,
    ...findings.map(({ name, problem }) => `  ${name.padEnd(width)}  ${problem === null ? 'ok' : problem}`),
  ]
}
