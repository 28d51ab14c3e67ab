/** Has an issuer that somebody vouches for still one of the keys by which it is known here? */
import { IssuerError } from '../../domain/issuer-error.js'
import type { JsonObject } from '../../domain/json.js'
import { listedMethods } from '../../domain/published-keys/assertion-method.js'
import { readKeyMaterial } from '../../domain/published-keys/key-material.js'
import { findVouching } from '../../domain/trust-list.js'
import type { Check } from '../../domain/verification-report.js'
import { problem, unknown } from './check-results.js'
import { findIssuerDocument, issuerIdOf } from './issuer-key-check.js'
import type { VerifyingParts } from './verifying-parts.js'

/**
 * A list vouches for an address, and an address can pass into other hands. Only issuers on a list are
 * remembered: nobody can fill the memory with names of their own.
 * @param keyState what is known of the key by its issuer's own word
 * @returns `keyState`, or *could not be checked* when none of the known keys is published any more
 */
export async function checkKnownKeys(
  keyState: Check,
  document: JsonObject,
  parts: VerifyingParts,
  isProven: boolean,
): Promise<Check> {
  const issuer = issuerIdOf(document)
  if (!isProven || keyState.outcome !== 'passed' || !canChangeHands(issuer)) return keyState
  if (findVouching(parts.trustLists, issuer).length === 0) return keyState
  try {
    if ((await parts.records.findController(issuer)) !== undefined) return keyState
    const keys = await publishedKeys(document, parts)
    if (keys.length === 0) return keyState
    const memory = await parts.records.recallKeys(issuer, keys)
    return memory.kind === 'changed' ? changed(issuer, memory.since) : keyState
  } catch (error) {
    if (error instanceof IssuerError && error.code === 'STORE_UNAVAILABLE') return keyState
    throw error
  }
}

/** A DID that is its key stays with it for ever. */
function canChangeHands(issuer: string): boolean {
  return issuer.startsWith('did:web:') || issuer.startsWith('https://')
}

async function publishedKeys(
  document: JsonObject,
  { controllers, tokenVerifier }: VerifyingParts,
): Promise<readonly string[]> {
  const published = await findIssuerDocument(document, controllers)
  const names = listedMethods(published ?? {}).map((method) => {
    const material = readKeyMaterial(method)
    return material && tokenVerifier.nameOf(material)
  })
  return [...new Set(names.filter((name) => name !== undefined))]
}

function changed(issuer: string, since: string): Check {
  const sentence = `${issuer.slice(0, 200)} publishes none of the keys by which it has been known here since ${since.slice(0, 10)}; its address may have passed into other hands.`
  const next = 'Ask the issuer by another way than the addresses in this badge.'
  return unknown('keyState', sentence, [problem('issuer-key-changed', '/issuer/id')], next)
}
