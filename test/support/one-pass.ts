/** A verifier over a pool of workers that has no way to documents of others, unless a test has some. */
import type { WorkerPool } from '../../src/adapters/verification/worker-pool.js'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import {
  createDocumentVerifier,
  type DocumentSource,
} from '../../src/application/verify-with-documents.js'
import type { Verifier } from '../../src/main/open-verifier.js'

const noResolver: Verifier['resolveDid'] = async () => {
  throw new Error('Nothing is resolved in these tests.')
}

export function verifierOf(
  pool: WorkerPool,
  source: DocumentSource = async () => NO_NETWORK,
): Verifier {
  const { verify } = createDocumentVerifier(pool.judge, source, () => performance.now())
  return { verify, resolveDid: noResolver, ready: pool.ready, close: pool.close }
}
