/** What the header of a VC-JWT may say (OB 3.0 section 8.2, RFC 7515 section 4, RFC 8725). */
import { isJsonObject, type JsonObject, member, textMember } from './json.js'
import type { KeyType, PublishedKey } from './published-keys/published-key.js'

/** The algorithms that are checked, each with the kind of key that it is for. */
const KEY_TYPES = { RS256: 'RSA', ES256: 'P-256', EdDSA: 'Ed25519' } as const satisfies Readonly<
  Record<string, KeyType>
>
export type TokenAlgorithm = keyof typeof KEY_TYPES

export function isTokenAlgorithm(alg: unknown): alg is TokenAlgorithm {
  return typeof alg === 'string' && Object.hasOwn(KEY_TYPES, alg)
}

/** Signatures by a private key all the same, of kinds that are not checked here. */
const UNCHECKED: ReadonlySet<unknown> = new Set([
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES384',
  'ES512',
  'ES256K',
  'Ed25519',
  'Ed448',
])

/** Whether an honest issuer may sign so, although this service cannot check it. */
export function isUncheckedAlgorithm(alg: unknown): boolean {
  return UNCHECKED.has(alg)
}

/** An algorithm is for one kind of key, and a key may name the only algorithm it is for. */
export function fitsAlgorithm(key: PublishedKey, alg: TokenAlgorithm): boolean {
  const own = textMember(key.publicKeyJwk, 'alg')
  const names: readonly (string | undefined)[] =
    alg === 'EdDSA' ? [undefined, alg, 'Ed25519'] : [undefined, alg]
  return key.keyType === KEY_TYPES[alg] && names.includes(own)
}

/** RFC 7517 and RFC 7518 section 6: the members that only the owner of a key may know. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

export function isPrivateJwk(jwk: JsonObject): boolean {
  return PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))
}

export type HeaderFault = { readonly code: string; readonly sentence: string }

/** `cty` is the one member beyond OB 3.0 section 8.2 that VC-JOSE-COSE lets stand beside `vc+jwt`. */
const MEMBERS = ['alg', 'kid', 'jwk', 'typ', 'cty']
/** What a token may say that it holds: a credential or a presentation. */
export type TokenContent = 'vc' | 'vp'
const TYPES = {
  vc: ['JWT', 'vc+jwt', 'vc+ld+json+jwt'],
  vp: ['JWT', 'vp+jwt', 'vp+ld+json+jwt'],
} as const satisfies Readonly<Record<TokenContent, readonly string[]>>

/** The `typ` without the `application/` that may be left out (RFC 7515 section 4.1.9). */
export function typeOf(header: JsonObject): string | undefined {
  const typ = textMember(header, 'typ')?.replace(/^application\//i, '')
  return [...TYPES.vc, ...TYPES.vp].find((one) => one.toLowerCase() === typ?.toLowerCase()) ?? typ
}

/** Everything wrong with a header, whatever key it names; an unchecked algorithm is no fault. */
export function headerFaults(
  header: JsonObject,
  content: TokenContent = 'vc',
): readonly HeaderFault[] {
  const faults: HeaderFault[] = []
  const alg = member(header, 'alg')
  if (!isTokenAlgorithm(alg) && !isUncheckedAlgorithm(alg))
    faults.push({
      code: 'token-algorithm',
      sentence:
        'The token is not signed with a private key: its algorithm is none that shows who signed.',
    })
  const others = Object.keys(header).filter((name) => !MEMBERS.includes(name))
  if (others.length > 0)
    faults.push({
      code: 'token-header-member',
      sentence: `The header of the token has a member that none may have: ${others.join(', ').slice(0, 80)}.`,
    })
  if (!hasGoodType(header, content))
    faults.push({
      code: 'token-type',
      sentence: `The token says that it is something else than a ${content === 'vc' ? 'credential' : 'presentation'} (typ or cty).`,
    })
  return [...faults, ...keyFaults(header)]
}

function hasGoodType(header: JsonObject, content: TokenContent): boolean {
  const [typ, cty] = [member(header, 'typ'), member(header, 'cty')]
  const isGoodContent =
    cty === undefined ||
    (typeof cty === 'string' &&
      [content, `${content}+ld+json`].includes(cty.replace(/^application\//i, '')))
  const types: readonly string[] = TYPES[content]
  return (typ === undefined || types.includes(typeOf(header) ?? '')) && isGoodContent
}

function keyFaults(header: JsonObject): readonly HeaderFault[] {
  const [kid, jwk] = [member(header, 'kid'), member(header, 'jwk')]
  const code = 'token-key'
  if (kid === undefined && jwk === undefined)
    return [{ code, sentence: 'The token does not say with which key it was signed.' }]
  if (kid !== undefined && typeof kid !== 'string')
    return [{ code, sentence: 'The token names its key in a way that nobody can read (kid).' }]
  if (jwk === undefined) return []
  if (!isJsonObject(jwk))
    return [{ code, sentence: 'The token names its key in a way that nobody can read (jwk).' }]
  if (!isPrivateJwk(jwk)) return []
  const sentence = 'The token gives away the private half of its key, so anybody can sign with it.'
  return [{ code: 'token-private-key', sentence }]
}
