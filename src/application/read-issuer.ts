/** Reads an issuer for the public: its profile, its keys with their history, its DID document. */
import { IssuerError } from '../domain/issuer-error.js'
import type { JsonObject } from '../domain/json.js'
import type { IssuerProfile } from '../domain/profile.js'
import { methodsOf, type SigningKey, toJwk, toJwks, tokenMethodsOf } from '../domain/signing-key.js'
import { toControllerDocument, toDidDocument } from '../domain/verification-method.js'
import type { IssuingParts } from './issuing-parts.js'
import type { Stores } from './ports/stores.js'
import { findPublishedIssuer } from './signing-issuer.js'

export type IssuerView = {
  readonly profile: IssuerProfile
  /** Oldest first, past ones included. */
  readonly keys: readonly SigningKey[]
  /** As published; of a `did:key` issuer the document that its newest key in use stands for. */
  readonly didDocument: JsonObject
}

type Parts = Pick<IssuingParts, 'database' | 'defaultIssuer'>

/** @throws NOT_FOUND */
export async function readIssuer(parts: Parts, slug: string): Promise<IssuerView> {
  const { profile, keys } = await findKnown(parts, parts.database.stores, slug)
  const didDocument = toDidDocument(profile.id, methodsOf(profile.id, keys))
  return { profile, keys, didDocument }
}

async function findKnown(parts: Parts, stores: Stores, slug: string) {
  try {
    return await findPublishedIssuer(parts, stores, slug)
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code !== 'ISSUER_UNKNOWN') throw error
    throw new IssuerError('NOT_FOUND', `There is no issuer “${slug.slice(0, 80)}” here.`)
  }
}

/** Every key that signs VC-JWTs, of every issuer here, as a JWK Set. */
export async function readJwks({ database }: Parts): Promise<JsonObject> {
  return toJwks(await database.stores.keys.list())
}

/**
 * One of them, as a JWK.
 * @throws NOT_FOUND
 */
export async function readJwk({ database }: Parts, keyId: string): Promise<JsonObject> {
  const key = await database.stores.keys.find(keyId)
  if (key === undefined || key.algorithm === 'Ed25519')
    throw new IssuerError('NOT_FOUND', 'There is no key at this address.')
  return toJwk(key)
}

/** The DID document of an issuer here, as published; undefined for a stranger's DID. */
export async function readOwnDidDocument(
  stores: Stores,
  did: string,
): Promise<JsonObject | undefined> {
  const methods = methodsOf(did, await stores.keys.list())
  return methods.length === 0 ? undefined : toDidDocument(did, methods)
}

/** What our own verifier knows of our keys, compromised ones included; undefined for a stranger's DID. */
export async function findOwnController(
  stores: Stores,
  did: string,
): Promise<JsonObject | undefined> {
  const keys = await stores.keys.list()
  const methods = methodsOf(did, keys)
  return methods.length === 0
    ? undefined
    : toControllerDocument(did, methods, tokenMethodsOf(did, keys))
}
