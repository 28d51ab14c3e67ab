/**
 * Which identities of a badge what a person typed can be compared with, and in which spellings
 * (OB 3.0 sections 9.3 and B.1.11). The comparing itself needs hashes and is done elsewhere.
 */
import { isJsonObject, type JsonObject, listMember, member, textMember } from './json.js'

/** More are not compared: no person has so many names in one badge. */
export const MAX_IDENTIFIERS = 16
/** An e-mail address has at most 254 characters; identifiers of other kinds are given as much again. */
export const MAX_RECIPIENT_CHARS = 512

/** One identity in the badge, with every text that says it. */
export type Identity = {
  readonly kind: RecipientKind
  /** `sha256` or `md5`; absent when the identity stands there in plain text. */
  readonly algorithm?: 'sha256' | 'md5'
  /** What each candidate must be equal to: lower-case hex, or the plain text in its spellings. */
  readonly expected: readonly string[]
  /** What was typed, in each spelling that counts for this identity; always the same number. */
  readonly candidates: readonly string[]
  readonly salt: string
}

/** What a person typed is an address, a URI with a scheme such as a DID, or a number or name of some register. */
export type RecipientKind = 'email' | `scheme:${string}` | 'register'

/**
 * Names are not compared, since two people can share one; nor what tells products, places and platforms
 * apart. The rest of the list of OB 3.0, class IdentifierTypeEnum, and every `ext:` type, can name one person.
 */
const OF_A_PERSON: ReadonlySet<string> = new Set([
  'sourcedId',
  'userName',
  'accountId',
  'nationalIdentityNumber',
  'lisSourcedId',
  'oneRosterSourcedId',
  'sisSourcedId',
  'ltiUserId',
  'identifier',
])

export function kindOf(typed: string): RecipientKind {
  const text = withoutMailto(typed.trim())
  if (/^[^\s@:]+@[^\s@]+$/.test(text)) return 'email'
  const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text) ?? []
  return scheme === undefined ? 'register' : `scheme:${scheme.toLowerCase()}`
}

/**
 * Every identity of the earner that can be compared, at most {@link MAX_IDENTIFIERS} beside the `id`.
 * @param typed at most {@link MAX_RECIPIENT_CHARS} characters
 */
export function identitiesOf(document: JsonObject, typed: string): readonly Identity[] {
  const subject = member(document, 'credentialSubject')
  const id = textMember(subject, 'id')
  const listed = identifiersOf(document).slice(0, MAX_IDENTIFIERS)
  return [
    ...(id === undefined ? [] : [fromId(id, typed)]),
    ...listed.flatMap((entry) => fromIdentifier(entry, typed)),
  ]
}

export function identifiersOf(document: JsonObject): readonly JsonObject[] {
  return listMember(member(document, 'credentialSubject'), 'identifier').filter(isJsonObject)
}

function fromId(id: string, typed: string): Identity {
  const address = withoutMailto(id)
  return address === id
    ? { kind: kindOf(id), expected: [id, id], candidates: spellings(typed), salt: '' }
    : plainAddress(address, typed)
}

function fromIdentifier(entry: JsonObject, typed: string): readonly Identity[] {
  const type = textMember(entry, 'identityType') ?? ''
  const value = textMember(entry, 'identityHash')
  const isAddress = type === 'emailAddress'
  if (value === undefined || !(isAddress || OF_A_PERSON.has(type) || type.startsWith('ext:')))
    return []
  if (member(entry, 'hashed') !== true)
    return isAddress
      ? [plainAddress(withoutMailto(value), typed)]
      : [{ kind: 'register', expected: [value, value], candidates: spellings(typed), salt: '' }]
  const [, sha256, , hex] = HASH.exec(value) ?? []
  if (hex === undefined) return []
  return [
    {
      kind: isAddress ? 'email' : 'register',
      algorithm: sha256 === undefined ? 'md5' : 'sha256',
      expected: [hex.toLowerCase()],
      candidates: isAddress ? addressSpellings(typed) : spellings(typed),
      salt: textMember(entry, 'salt') ?? '',
    },
  ]
}

/** `<algorithm>$<hex>`, the digest of the identity followed by the salt (OB 3.0, class IdentityHash). */
const HASH = /^(?:(sha256)\$(?=.{64}$)|(md5)\$(?=.{32}$))([0-9a-fA-F]+)$/

/** In plain text both sides are folded: `Ana@Example.org` in a badge is the address that Ana types. */
function plainAddress(address: string, typed: string): Identity {
  const expected = [address, address.toLowerCase()]
  return { kind: 'email', expected, candidates: addressSpellings(typed), salt: '' }
}

/** The one rule for e-mail addresses: as typed, trimmed, and trimmed in lower case. */
function addressSpellings(typed: string): readonly string[] {
  const address = withoutMailto(typed.trim())
  return [typed, address, address.toLowerCase()]
}

/** Elsewhere capitals may matter. */
function spellings(typed: string): readonly string[] {
  return [typed, typed.trim()]
}

function withoutMailto(text: string): string {
  return /^mailto:/i.test(text) ? text.slice('mailto:'.length) : text
}
