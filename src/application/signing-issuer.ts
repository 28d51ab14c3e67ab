/** An issuer with the keys that sign for it now. */
import { DEFAULT_ISSUER, type Issuer } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import type { IssuerProfile } from '../domain/profile.js'
import type { SigningKey } from '../domain/signing-key.js'
import type { IssuingParts } from './issuing-parts.js'
import type { Stores } from './ports/stores.js'

export type SigningIssuer = {
  readonly slug: string
  /** With the DID of the active key as its id. */
  readonly profile: IssuerProfile
  /** The active Ed25519 key, which makes embedded proofs. */
  readonly key: SigningKey
}

/**
 * @param stores those of the caller's transaction
 * @throws ISSUER_UNKNOWN, KEY_UNAVAILABLE when no key of it is active
 */
export async function findSigningIssuer(
  parts: Pick<IssuingParts, 'defaultIssuer'>,
  stores: Stores,
  slug: string,
): Promise<SigningIssuer> {
  const issuer = await getIssuer(parts, stores, slug)
  const key = await stores.keys.findActive(slug, 'Ed25519')
  if (key === undefined) {
    throw new IssuerError(
      'KEY_UNAVAILABLE',
      `The issuer “${slug}” has no active Ed25519 key; make one with: imprimatur keys create, or activate one.`,
    )
  }
  return { slug, profile: toProfile(issuer, key.controller), key }
}

/**
 * An issuer as the public sees it, whether or not it can sign now: what it signed is still checked.
 * @throws ISSUER_UNKNOWN, NOT_FOUND when it never had a key and so has no identifier yet
 */
export async function findPublishedIssuer(
  parts: Pick<IssuingParts, 'defaultIssuer'>,
  stores: Stores,
  slug: string,
): Promise<{ readonly profile: IssuerProfile; readonly keys: readonly SigningKey[] }> {
  const issuer = await getIssuer(parts, stores, slug)
  const keys = await stores.keys.list(slug)
  const naming = keys.filter(({ algorithm }) => algorithm === 'Ed25519')
  const newest = naming.findLast(({ state }) => state !== 'pending') ?? naming.at(-1)
  const key = naming.find(({ state }) => state === 'active') ?? newest
  if (key === undefined)
    throw new IssuerError('NOT_FOUND', `The issuer “${slug}” has published no key yet.`)
  return { profile: toProfile(issuer, key.controller), keys }
}

/** @throws ISSUER_UNKNOWN */
export async function getIssuer(
  { defaultIssuer }: Pick<IssuingParts, 'defaultIssuer'>,
  stores: Stores,
  slug: string,
): Promise<Issuer> {
  if (slug === DEFAULT_ISSUER) return defaultIssuer
  const issuer = await stores.issuers.find(slug)
  if (issuer !== undefined) return issuer
  throw new IssuerError(
    'ISSUER_UNKNOWN',
    `There is no issuer “${slug}”; add it with: imprimatur issuers add ${slug}`,
  )
}

function toProfile({ slug: _slug, ...profile }: Issuer, id: string): IssuerProfile {
  return { id, ...profile }
}

/**
 * Who signs the status lists of a DID: its active key. A `did:key` issuer that went on to another key is
 * another DID now, so its old lists are signed with the old key as long as badges name them.
 * @throws KEY_UNAVAILABLE when no key of the DID may sign
 */
export async function findListSigner(
  parts: Pick<IssuingParts, 'defaultIssuer'>,
  stores: Stores,
  did: string,
): Promise<SigningIssuer> {
  const keys = (await stores.keys.list())
    .filter((key) => key.controller === did && key.algorithm === 'Ed25519')
    .filter((key) => key.state !== 'pending')
  const past = did.startsWith('did:key:') ? keys.at(-1) : undefined
  const key = keys.find(({ state }) => state === 'active') ?? past
  if (key === undefined)
    throw new IssuerError('KEY_UNAVAILABLE', `There is no active key of ${did} to sign its list.`)
  const issuer = await getIssuer(parts, stores, key.issuer)
  return { slug: key.issuer, profile: toProfile(issuer, did), key }
}
