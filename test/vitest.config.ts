import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const project = (name: string, options: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...options },
})

/** The browser file takes longest and uses one core; it begins first, so that nothing waits for it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      ['browser-site', '/e2e/', '/vectors/', '/properties/'].findIndex((part) =>
        moduleId.includes(part),
      )
    const rest = 9
    const placeOf = (file: TestSpecification) => (rank(file) === -1 ? rest : rank(file))
    return [...files].sort((a, b) => placeOf(a) - placeOf(b))
  }
}

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
    sequence: { sequencer: LongestFirst },
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
