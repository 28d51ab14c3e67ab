/** Where the folder `contexts/` is. It stands at the root, beside `src` and beside the build. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Finds `contexts/` by walking up from this file, so that it is the same folder from sources and
 * from the build. Returns an absolute path; throws an Error when no folder above has it.
 */
export function contextsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = join(folder, 'contexts')
    if (existsSync(join(candidate, 'manifest.json'))) return candidate
    const parent = dirname(folder)
    if (parent === folder)
      throw new Error('contexts/manifest.json is missing from the installation')
    folder = parent
  }
}
