/** Before any test: the worker and the command line run from `dist/`, so it must be fresh. */
import { buildIfStale } from '../../scripts/build-if-stale.mjs'

export async function setup(): Promise<void> {
  await buildIfStale()
}
