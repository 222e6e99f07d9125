import { defineCommand } from 'citty'

/** `framewright doctor`. */
export const doctorCommand = defineCommand({
  meta: { name: 'doctor', description: 'Check engine, providers, weights and memory' },
  args: { json: { type: 'boolean', description: 'Print one JSON object' } },
  run: async ({ args }) => {
    const { diagnose } = await import('../pipeline/diagnose.ts')
    const { formatDiagnosis } = await import('./format-diagnosis.ts')
    const diagnosis = await diagnose()
    process.stdout.write(`${args.json === true ? JSON.stringify(diagnosis) : formatDiagnosis(diagnosis)}\n`)
  },
})
