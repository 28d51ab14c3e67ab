/** Our own published keys: verification methods and DID documents. */
import type { JsonObject } from './json.js'

/** A public key entry (Controlled Identifiers 1.0, Multikey). */
export type VerificationMethod = {
  /** `<controller>#<publicKeyMultibase>`. */
  readonly id: string
  readonly controller: string
  /** `z6Mk…`: base58btc of the Ed25519 multicodec header and 32 bytes. */
  readonly publicKeyMultibase: string
  /** When it was made, UTC with `Z`; absent when the controller does not say. */
  readonly created?: string
  /** Since when it signs, and until when it did. */
  readonly activated?: string
  readonly retired?: string
  /** From when on someone else may have signed with it. */
  readonly compromisedSince?: string
}

/** The key of tokens, which has an address as its id (JsonWebKey). */
export type TokenVerificationMethod = Omit<VerificationMethod, 'publicKeyMultibase'> & {
  readonly publicKeyJwk: JsonObject
}

/**
 * The issuer's DID for a base URL: `did:web` on https (did:web method), else `did:key`.
 * @param path of an issuer that is not the only one at this origin, e.g. `/issuers/vista-unified`
 */
export function issuerDid(baseUrl: string, publicKeyMultibase: string, path = ''): string {
  const url = new URL(baseUrl + path)
  if (url.protocol !== 'https:') return `did:key:${publicKeyMultibase}`
  const parts = url.pathname.split('/').filter((part) => part !== '')
  return ['did:web', url.host.replace(':', '%3A'), ...parts.map(encodeURIComponent)].join(':')
}

/** When a key was used, in terms that JSON-LD readers keep; `revoked` is defined beside Multikey. */
const LIFE_CONTEXT = {
  validFrom: 'https://schema.org/validFrom',
  validThrough: 'https://schema.org/validThrough',
}

/**
 * The DID document for an issuer and its methods. Ids are full DID URLs, `assertionMethod` holds
 * strings: the form that the strictest known verifier needs. A compromised key is `revoked` and no
 * longer good for assertions; whoever has no access to the issuer's log must refuse all it signed.
 */
export function toDidDocument(did: string, methods: readonly VerificationMethod[]): JsonObject {
  const hasLife = methods.some((method) => method.activated !== undefined)
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      ...(hasLife ? [LIFE_CONTEXT] : []),
    ],
    id: did,
    verificationMethod: methods.map(toMethodNode),
    assertionMethod: methods
      .filter((method) => method.compromisedSince === undefined)
      .map((method) => method.id),
  }
}

function toMethodNode(method: VerificationMethod): JsonObject {
  const { id, controller, publicKeyMultibase, activated, retired, compromisedSince } = method
  return {
    id,
    type: 'Multikey',
    controller,
    publicKeyMultibase,
    ...(activated === undefined ? {} : { validFrom: activated }),
    ...(retired === undefined ? {} : { validThrough: retired }),
    ...(compromisedSince === undefined ? {} : { revoked: compromisedSince }),
  }
}

/**
 * The same with what only we know of our keys, so that a compromised one is judged by our log.
 * @param tokenMethods keys that sign tokens, which the published document leaves to their addresses
 */
export function toControllerDocument(
  did: string,
  methods: readonly VerificationMethod[],
  tokenMethods: readonly TokenVerificationMethod[],
): JsonObject {
  return {
    ...toDidDocument(did, methods),
    verificationMethod: [
      ...methods.map((method) => ({ ...method, type: 'Multikey' })),
      ...tokenMethods.map((method) => ({ ...method, type: 'JsonWebKey' })),
    ],
    assertionMethod: [...methods, ...tokenMethods].map((method) => method.id),
  }
}
