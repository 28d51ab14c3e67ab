/**
 * Whether a list of statuses is what its issuer signed. A list is a credential, and is held to the rules of
 * one: the same raw gate, every proof, keys that its issuer publishes.
 */
import type { JsonObject } from '../../../domain/json.js'
import { isProvenBy, type Signed } from '../judge-proofs.js'
import { checkKeyState } from '../key-state-check.js'
import { type FetchedDocument, readSigned } from '../read-signed.js'
import type { VerifyingParts } from '../verifying-parts.js'

/** A list that is not proven says nothing, neither for a badge nor against it. */
export type SignedList =
  | { readonly kind: 'proven'; readonly document: JsonObject }
  | { readonly kind: 'unproven'; readonly code: string; readonly sentence: string }

export async function verifySignedList(
  parts: VerifyingParts,
  fetched: FetchedDocument,
): Promise<SignedList> {
  const read = readSigned(parts, fetched, { isStatusList: true })
  if ('refusal' in read) {
    const sentence = `The list cannot be read safely: ${read.refusal.detail}`
    return { kind: 'unproven', code: 'status-list-refused', sentence }
  }
  return judge(parts, read.document, await read.judge())
}

async function judge(
  parts: VerifyingParts,
  document: JsonObject,
  signed: Signed,
): Promise<SignedList> {
  const isProven = isProvenBy(signed)
  const keyState = await checkKeyState(document, signed.keys, parts, isProven)
  const broken = [signed.issuerKey, signed.proof, keyState].find(
    ({ outcome }) => outcome !== 'passed',
  )
  if (broken === undefined) return { kind: 'proven', document }
  const sentence = `The list is not soundly signed: ${broken.sentence}`
  return { kind: 'unproven', code: 'status-list-signature', sentence }
}
