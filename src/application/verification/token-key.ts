/**
 * The key of a VC-JWT. A header can name any key; it counts only when what the issuer publishes, or
 * the issuer's own identifier, says that it is the issuer's (OB 3.0 section 8.2, RFC 8725 section 3.10).
 */
import { type JsonObject, listMember, textMember } from '../../domain/json.js'
import { listedMethods, type MethodLookup } from '../../domain/published-keys/assertion-method.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { MAX_URL_CHARS } from '../../domain/raw-gate/gate-refusal.js'
import type { TokenVerifier } from '../ports/proofs.js'
import type { ControllerDocuments, ControllerLookup } from '../ports/verifier.js'
import { findIn, methodsIn, readKeyAt, refuse } from './token-methods.js'

export type TokenKey =
  | MethodLookup
  | { readonly kind: 'out-of-reach'; readonly controller: string; readonly sentence: string }

/** What names the key: the address or id of one, the key itself, or both. */
export type KeyNaming = { readonly kid?: string; readonly jwk?: JsonObject }

type Search = {
  readonly controllers: ControllerDocuments
  readonly issuer: string
  /** What the issuer publishes. */
  readonly published: ControllerLookup
  readonly nowMs: number
  readonly nameOf: TokenVerifier['nameOf']
}

/**
 * Finds the key that signed, bound to the issuer. Nothing is fetched from elsewhere than the issuer.
 * @param issuer `id` of the issuer in the credential
 */
export async function findTokenKey(
  controllers: ControllerDocuments,
  issuer: string,
  { kid, jwk }: KeyNaming,
  nowMs: number,
  nameOf: TokenVerifier['nameOf'],
): Promise<TokenKey> {
  const published = await controllers.find(issuer)
  const search = { controllers, issuer, published, nowMs, nameOf }
  const found = kid === undefined ? findByJwk(search, jwk ?? {}) : await findByKid(search, kid)
  if (found.kind === 'found' && nameOf(found.method) === undefined)
    return refuse('method-key-form', 'The key is none that can be used here.')
  if (kid === undefined) return found
  if (found.kind !== 'found' || jwk === undefined || isSame(nameOf, found.method, jwk)) return found
  return refuse('issuer-key-mismatch', 'The token carries another key than the one that it names.')
}

function isSame(nameOf: TokenVerifier['nameOf'], key: PublishedKey, jwk: JsonObject): boolean {
  const name = nameOf({ publicKeyJwk: jwk })
  return name !== undefined && name === nameOf(key)
}

/** A key in the header is believed only when the issuer publishes the same. */
function findByJwk(search: Search, jwk: JsonObject): TokenKey {
  const { published, issuer, nowMs, nameOf } = search
  const name = nameOf({ publicKeyJwk: jwk })
  if (name === undefined)
    return refuse('method-key-form', 'The key in the token is none that can be used here.')
  if (published.kind !== 'found') return notAtHand(search)
  const found = methodsIn(published.document, issuer, nowMs)
  const usable = found.find((one) => one.kind === 'found' && nameOf(one.method) === name)
  return usable ?? refuse('issuer-key-mismatch', foreign(issuer))
}

async function findByKid(search: Search, kid: string): Promise<TokenKey> {
  const { published, issuer, nowMs } = search
  const methodId = toMethodId(kid, issuer)
  if (methodId === undefined)
    return refuse('method-not-listed', 'The token does not name a key that can be looked up.')
  if (published.kind === 'found') {
    const found = findIn(published.document, issuer, methodId, nowMs)
    if (found !== undefined) return found
  }
  const [controller = ''] = methodId.split('#')
  if (controller === issuer)
    return published.kind === 'found'
      ? refuse('method-not-listed', 'The issuer does not publish the key that was used.')
      : notAtHand(search)
  const isNear = methodId.startsWith('https:') && originOf(methodId) === originOf(issuer)
  return isNear ? findAtAddress(search, methodId) : refuse('issuer-key-mismatch', foreign(issuer))
}

/** An id of a key: a DID URL, an address, or what stands behind the `#` of one of the issuer's. */
function toMethodId(kid: string, issuer: string): string | undefined {
  if (kid.length > MAX_URL_CHARS) return undefined
  if (/^#?[\w.~-]+$/.test(kid)) return `${issuer}#${kid.replace('#', '')}`
  if (/^did:key:z[1-9A-HJ-NP-Za-km-z]+$/.test(kid)) return `${kid}#${kid.slice('did:key:'.length)}`
  if (/^did:jwk:[\w-]+$/.test(kid)) return `${kid}#0`
  return /^(did:[a-z0-9]+:[^\s#]+#[^\s#]+|https?:\/\/[^\s#]+(#[^\s#]+)?)$/.test(kid)
    ? kid
    : undefined
}

/** A single JWK at its own address (OB 3.0 section 8.2), at the site of the issuer. */
async function findAtAddress(search: Search, kid: string): Promise<TokenKey> {
  const { controllers, issuer, nowMs } = search
  const address = kid.split('#')[0] ?? ''
  const answer = await controllers.find(address)
  if (answer.kind === 'refused') return answer
  if (answer.kind !== 'found') return notAtHand(search, answer)
  const { document } = answer
  const isIts = [undefined, kid].includes(textMember(document, 'kid'))
  if (!isIts || ![undefined, issuer].includes(textMember(document, 'iss')))
    return refuse('issuer-key-mismatch', foreign(issuer))
  const found = readKeyAt(document, { id: kid, controller: issuer }, nowMs)
  if (found.kind !== 'found' || isSpokenFor(search, address, answer.url)) return found
  // Many people may share a site: one of them must not speak for another.
  const listed = findByJwk(search, document)
  if (listed.kind === 'found')
    return { kind: 'found', method: { ...listed.method, ...found.method } }
  return (await isInSetOf(search, kid)) ? found : outOfReach(issuer)
}

/**
 * A folder speaks for the issuer whose address it is, but only from below that address: an open redirect hands out
 * what stands elsewhere. Where the issuer publishes keys itself, a file at its site is none of them; and where the
 * issuer is a whole site, any file there may be a visitor's.
 * @param from the address that gave the key, after redirects; undefined when nothing was fetched
 */
function isSpokenFor({ published, issuer }: Search, address: string, from = address): boolean {
  if (published.kind === 'found' && listedMethods(published.document).length > 0) return false
  if (published.kind === 'unreachable' && published.isForNow === true) return false
  const home = homeOf(issuer)
  if (home === undefined || new URL(home).pathname === '/') return false
  const isMoved = new URL(from).href !== new URL(address).href
  return isAtHome(address, issuer) && (!isMoved || isAtHome(from, issuer))
}

/** Whoever has the site says in its JWK Set whose the keys at it are (OB 3.0 implementation guide, 6.3). */
async function isInSetOf({ controllers, issuer }: Search, kid: string): Promise<boolean> {
  const answer = await controllers.find(`${originOf(kid)}/.well-known/jwks.json`)
  if (answer.kind !== 'found') return false
  return listMember(answer.document, 'keys').some(
    (jwk) => textMember(jwk, 'kid') === kid && textMember(jwk, 'iss') === issuer,
  )
}

function outOfReach(issuer: string): TokenKey {
  const sentence = `Its key is kept at the site of ${issuer}, but nothing says that it is that issuer’s.`
  return { kind: 'out-of-reach', controller: issuer, sentence }
}

/** Whether an address lies below that of the issuer, or the issuer is the whole site. */
function isAtHome(address: string, issuer: string): boolean {
  const home = homeOf(issuer)
  if (home === undefined) return false
  return address.startsWith(`${home.replace(/\/$/, '')}/`) && !/\/\.|%2e|%2f|\\/i.test(address)
}

/** The address that an issuer has, also as a `did:web` (did:web method, section 3.2). */
function homeOf(issuer: string): string | undefined {
  if (/^https:\/\/[^\s?#]+$/.test(issuer)) return issuer
  const [, host = '', path = ''] = /^did:web:([\w.%-]+)((?::[\w.%-]+)*)$/.exec(issuer) ?? []
  return host === ''
    ? undefined
    : `https://${host.replace(/%3a/i, ':')}${path.replaceAll(':', '/')}`
}

function originOf(id: string): string | undefined {
  const home = id.startsWith('https:') ? id : homeOf(id)
  return home !== undefined && URL.canParse(home) ? new URL(home).origin : undefined
}

function foreign(issuer: string): string {
  return `It was signed with a key that does not belong to the issuer it names (${issuer.slice(0, 200)}).`
}

function notAtHand({ published, issuer }: Search, answer = published): TokenKey {
  if (answer.kind === 'refused') return answer
  const sentence =
    answer.kind === 'unreachable'
      ? answer.sentence
      : `The issuer’s published keys (${issuer.slice(0, 200)}) are not at hand here.`
  return { kind: 'out-of-reach', controller: issuer, sentence }
}
