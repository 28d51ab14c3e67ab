/** The proofs in a document: their keys, whose these are, and whether they hold. */
import type { JsonObject } from '../../domain/json.js'
import type { Check } from '../../domain/verification-report.js'
import {
  checkIssuerKey,
  findIssuerDocument,
  findKeys,
  type KeyOfProof,
} from './issuer-key-check.js'
import { checkProofs } from './proof-check.js'
import type { VerifyingParts } from './verifying-parts.js'

/** What is known of the signatures. */
export type Signed = {
  readonly issuerKey: Check
  readonly proof: Check
  readonly keys: readonly KeyOfProof[]
  /** “JSON” or “VC-JWT”. */
  readonly securing: string
}

export async function judgeProofs(parts: VerifyingParts, document: JsonObject): Promise<Signed> {
  const nowMs = parts.clock.now()
  const keys = await findKeys(document, parts.controllers, nowMs)
  const issuerDocument = await findIssuerDocument(document, parts.controllers)
  return {
    issuerKey: checkIssuerKey(document, keys, issuerDocument),
    proof: await checkProofs(document, keys, parts.proofVerifier, nowMs),
    keys,
    securing: 'JSON',
  }
}

/** Whether the content is what its issuer signed. */
export function isProvenBy({ issuerKey, proof }: Signed): boolean {
  return issuerKey.outcome === 'passed' && proof.outcome === 'passed'
}
