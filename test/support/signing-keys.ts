/** Keys for the hostile tests and the documents that publish them, good and bad; nothing real. */
import { createHash, type KeyObject } from 'node:crypto'
import { encode } from 'base58-universal'
import { toPublicKey } from '../../src/adapters/proofs/public-key.js'
import type { JsonObject } from '../../src/domain/json.js'
import { toDidDocument, type VerificationMethod } from '../../src/domain/verification-method.js'
import { keyFromSeed } from './service.js'

/** Seed of the service's own key; open the test service with it. */
export const ISSUER_SEED = seed('issuer')
export const ISSUER_DID = 'did:web:badges.example.org'
/** A controller beside the service's own, whose document the workers are given too. */
export const PARTNER = 'https://partner.example.org/keys'
/** Serves a document that says it is the service's own. */
const IMPOSTOR = 'https://impostor.example.org/keys'

export type Signer = { readonly key: KeyObject; readonly method: VerificationMethod }

export const ISSUER = signer('issuer', ISSUER_DID)
export const STRANGER = signer('stranger')
/** Keeps lists for others; its own `did:key` is its controller. */
export const KEEPER = signer('keeper')
/** The stranger's key, published by an impostor's document in the issuer's name. */
export const CLAIMANT: Signer = {
  key: STRANGER.key,
  method: {
    ...STRANGER.method,
    id: `${IMPOSTOR}#${STRANGER.method.publicKeyMultibase}`,
    controller: ISSUER_DID,
  },
}

export const PARTNER_KEYS = {
  good: signer('partner good', PARTNER),
  authentication: signer('partner authentication', PARTNER),
  revoked: signer('partner revoked', PARTNER),
  expired: signer('partner expired', PARTNER),
  unlisted: signer('partner unlisted', PARTNER),
  foreign: signer('partner foreign', PARTNER),
  late: signer('partner late', PARTNER),
} as const

const HEADER = [0xed, 0x01]

/** Keys that are none, by what is wrong with them; published as `#` and the name. */
export const MALFORMED_KEYS = {
  x25519: multikey([0xec, 0x01, ...bytes(32, 7)]),
  'p-256': multikey([0x80, 0x24, ...bytes(33, 7)]),
  short: multikey([...HEADER, ...bytes(31, 7)]),
  long: multikey([...HEADER, ...bytes(33, 7)]),
  'other-base': `u${Buffer.from([...HEADER, ...bytes(32, 7)]).toString('base64url')}`,
  huge: `z6Mk${'1'.repeat(100_000)}`,
  zero: multikey([...HEADER, ...bytes(32, 0)]),
  'low-order': multikey([...HEADER, 1, ...bytes(31, 0)]),
  empty: '',
} as const

/** What the verifier holds: the service's document, a partner with bad keys, and an impostor. */
export const CONTROLLER_DOCUMENTS: Readonly<Record<string, JsonObject>> = {
  [ISSUER_DID]: toDidDocument(ISSUER_DID, [ISSUER.method]),
  [PARTNER]: partnerDocument(),
  [IMPOSTOR]: toDidDocument(ISSUER_DID, [CLAIMANT.method]),
}

function partnerDocument(): JsonObject {
  const { good, authentication, revoked, expired, foreign, late } = PARTNER_KEYS
  const methods = [
    methodEntry(good.method),
    methodEntry(authentication.method),
    methodEntry(revoked.method, { revoked: '2025-06-01T00:00:00Z' }),
    methodEntry(expired.method, { expires: '2025-06-01T00:00:00Z' }),
    methodEntry(foreign.method, { controller: ISSUER_DID }),
    methodEntry(late.method, { created: '2026-01-01T00:00:00Z' }),
    ...Object.entries(MALFORMED_KEYS).map(([name, publicKeyMultibase]) =>
      methodEntry({ id: `${PARTNER}#${name}`, controller: PARTNER, publicKeyMultibase }),
    ),
  ]
  const ids = methods.map((entry) => String(entry['id']))
  return {
    ...toDidDocument(PARTNER, []),
    verificationMethod: methods,
    assertionMethod: ids.filter((id) => id !== authentication.method.id),
    authentication: [authentication.method.id],
  }
}

function methodEntry(method: VerificationMethod, members: JsonObject = {}): JsonObject {
  return { type: 'Multikey', ...method, ...members }
}

function seed(name: string): Buffer {
  return createHash('sha256').update(`test key of ${name}, not a secret`).digest()
}

/** A signer with a fixed key; without a controller its own `did:key` is the controller. */
function signer(name: string, controller?: string): Signer {
  const key = keyFromSeed(seed(name))
  const publicKeyMultibase = toPublicKey(key).keyId
  const owner = controller ?? `did:key:${publicKeyMultibase}`
  const method = { id: `${owner}#${publicKeyMultibase}`, controller: owner, publicKeyMultibase }
  return { key, method }
}

function bytes(count: number, value: number): readonly number[] {
  return Array<number>(count).fill(value)
}

function multikey(all: readonly number[]): string {
  return `z${encode(Uint8Array.from(all))}`
}
