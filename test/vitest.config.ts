import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const project = (name: string, options: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...options },
})

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globals: false,
    restoreMocks: true,
    // Loading the JSON-LD libraries anew for each file would take longer than the tests.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    globalSetup: ['test/support/build.ts'],
    projects: [
      project('unit'),
      project('contract'),
      project('http'),
      project('vectors'),
      project('properties', { testTimeout: 60_000 }),
      project('e2e', { testTimeout: 60_000 }),
      project('repo'),
    ],
  },
})
