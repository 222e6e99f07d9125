import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // See src/runtime/telemetry.ts.
    env: { ORT_DISABLE_TELEMETRY: '1' },
  },
})
