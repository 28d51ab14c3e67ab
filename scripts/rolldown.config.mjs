// Bundles what runs as a process of its own, with its libraries: a command of six hundred files takes
// twice as long to start. `dist/` keeps the modules too, for the scripts that try parts of them.
import { defineConfig } from 'rolldown'

/** Native code, and what finds files of its own beside itself. */
export const LIBRARIES_APART = [/^libsql$/, /^@resvg\/resvg-js$/, /^pg$/]

export default defineConfig({
  input: {
    cli: 'src/main/cli.ts',
    'verification-worker': 'src/main/verification-worker.ts',
    'art-drawer': 'src/main/art-drawer.ts',
  },
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: LIBRARIES_APART,
  output: { dir: 'dist/bundle', format: 'esm', cleanDir: true, keepNames: true },
})
