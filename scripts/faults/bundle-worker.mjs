/** One file of a module and all it loads: a worker that lives for 100 ms should not load for a second. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { LIBRARIES_APART } from '../rolldown.config.mjs'

const FOLDER = fileURLToPath(new URL('../../dist/faults', import.meta.url))

/**
 * Bundles a script over the built modules in `dist/`, which must be fresh.
 * @param script absolute path of a module with a name that ends in `.mjs`
 * @returns absolute path of the bundle's entry
 */
export async function bundleWorker(script) {
  const bundle = await rolldown({ input: script, platform: 'node', external: LIBRARIES_APART })
  await bundle.write({ dir: FOLDER, format: 'esm', keepNames: true })
  await bundle.close()
  return path.join(FOLDER, `${path.basename(script, '.mjs')}.js`)
}
