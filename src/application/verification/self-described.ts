/** Issuers whose identifier is their key, beyond the `did:key` of an Ed25519 key. */
import { fromBase64url } from '../../domain/compact-jws.js'
import { isJsonObject, type JsonObject } from '../../domain/json.js'
import { type GateLimits, GateRefusal } from '../../domain/raw-gate/gate-refusal.js'
import { scanJson } from '../../domain/raw-gate/scan-json.js'
import type { ControllerLookup } from '../ports/verifier.js'

/** P-256 and RSA (did:key method, multicodec headers 0x1200 and 0x1205). */
const DID_KEY = /^did:key:(z(?:Dn|4MX)[1-9A-HJ-NP-Za-km-z]{40,780})$/
const DID_JWK = /^did:jwk:([\w-]{1,2000})$/

/** @returns undefined for an identifier that has to be looked up */
export function describeItself(did: string): ControllerLookup | undefined {
  const [, multikey] = DID_KEY.exec(did) ?? []
  if (multikey !== undefined)
    return describe(did, `${did}#${multikey}`, { publicKeyMultibase: multikey })
  const [, encoded] = DID_JWK.exec(did) ?? []
  if (encoded === undefined) return undefined
  const jwk = readJwk(encoded)
  if (jwk !== undefined) return describe(did, `${did}#0`, { publicKeyJwk: jwk })
  const sentence = 'The key that the issuer’s identifier stands for cannot be read.'
  return { kind: 'refused', code: 'method-key-form', sentence }
}

function describe(did: string, id: string, key: JsonObject): ControllerLookup {
  const method = { id, type: 'JsonWebKey', controller: did, ...key }
  return {
    kind: 'found',
    document: { id: did, verificationMethod: [method], assertionMethod: [id] },
  }
}

const JWK_LIMITS: GateLimits = {
  maxBytes: 2000,
  maxDepth: 2,
  maxNodes: 20,
  maxItems: 20,
  maxStringChars: 1400,
  maxImageChars: 1400,
}

function readJwk(encoded: string): JsonObject | undefined {
  const bytes = fromBase64url(encoded)
  if (bytes === undefined) return undefined
  try {
    const value = scanJson(bytes, JWK_LIMITS)
    return isJsonObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof GateRefusal) return undefined
    throw error
  }
}
