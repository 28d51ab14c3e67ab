/** Published public keys: verification methods, DID documents, and what binds a key to an issuer. */
import { isJsonObject, type JsonObject, listMember, member, textMember } from './json.js'
import type { PublishedKey } from './published-key.js'

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

/** base58btc of 34 bytes that start with ed 01. */
const ED25519_MULTIKEY = /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/

export function isEd25519Multikey(text: string): boolean {
  return text.length === 48 && ED25519_MULTIKEY.test(text)
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

/** The DID document that a `did:key` of an Ed25519 key stands for, or undefined when it is none. */
export function resolveDidKey(did: string): JsonObject | undefined {
  const multibase = did.startsWith('did:key:') ? did.slice('did:key:'.length) : ''
  if (!isEd25519Multikey(multibase)) return undefined
  const id = `${did}#${multibase}`
  return toDidDocument(did, [{ id, controller: did, publicKeyMultibase: multibase }])
}

export type MethodLookup =
  | { readonly kind: 'found'; readonly method: PublishedKey }
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }

/**
 * Finds a method in its controller's document and checks that it may sign credentials: listed,
 * controlled by that document's subject, an Ed25519 Multikey, good for `assertionMethod`, neither
 * revoked nor expired (Controlled Identifiers 1.0 section 3.3).
 */
export function findAssertionMethod(
  document: JsonObject,
  methodId: string,
  nowMs: number,
): MethodLookup {
  const controller = textMember(document, 'id') ?? ''
  const entry = listMember(document, 'verificationMethod').find(
    (one) => isJsonObject(one) && textMember(one, 'id') === methodId,
  )
  if (entry === undefined) {
    return refused('method-not-listed', 'The issuer does not publish the key that was used.')
  }
  if (textMember(entry, 'controller') !== controller) {
    return refused('method-controller', 'The key names another controller than its publisher.')
  }
  if (!listMember(document, 'assertionMethod').includes(methodId)) {
    return refused('method-not-for-assertion', 'The issuer does not use this key for badges.')
  }
  const publicKeyMultibase = textMember(entry, 'publicKeyMultibase') ?? ''
  if (!isEd25519Multikey(publicKeyMultibase)) {
    return refused('method-key-form', 'The key is not an Ed25519 key in Multikey form.')
  }
  if (isOver(entry, 'revoked', nowMs) || isOver(entry, 'expires', nowMs)) {
    return refused('method-over', 'The issuer has ended the life of this key.')
  }
  const key = { id: methodId, controller, keyType: 'Ed25519' as const, publicKeyMultibase }
  return { kind: 'found', method: { ...key, ...lifeOf(entry) } }
}

type Life = Pick<VerificationMethod, 'created' | 'activated' | 'retired' | 'compromisedSince'>

export function lifeOf(entry: unknown): Life {
  const names = ['created', 'activated', 'retired', 'compromisedSince'] as const
  const times = names.map((name) => [name, textMember(entry, name)] as const)
  return Object.fromEntries(times.filter(([, time]) => time !== undefined)) as Life
}

/** True when the member is there and not a date in the future: an unreadable date counts as past. */
export function isOver(entry: unknown, name: string, nowMs: number): boolean {
  const value = member(entry, name)
  if (value === undefined) return false
  return typeof value !== 'string' || !(Date.parse(value.slice(0, 40)) > nowMs)
}

function refused(code: string, sentence: string): MethodLookup {
  return { kind: 'refused', code, sentence }
}
