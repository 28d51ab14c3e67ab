/** A verifier over a pool of workers that has no way to documents of others. */
import type { WorkerPool } from '../../src/adapters/verification/worker-pool.js'
import type { DocumentSource } from '../../src/application/verify-with-documents.js'
import { createDocumentVerifier } from '../../src/application/verify-with-documents.js'
import type { Verifier } from '../../src/main/open-verifier.js'

const NOTHING: DocumentSource = async () => ({
  kind: 'fault',
  fault: 'no-connection',
  sentence: 'No network is used here.',
})

export function verifierOf(pool: WorkerPool): Verifier {
  const { verify } = createDocumentVerifier(pool.judge, NOTHING, () => performance.now())
  return { verify, ready: pool.ready, close: pool.close }
}
