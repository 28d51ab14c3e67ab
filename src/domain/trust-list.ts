/** Lists on which somebody says whom they vouch for; which lists are asked is the operator's choice. */
import { isJsonObject, type JsonObject, listMember, member, textMember } from './json.js'
import { isPlainLine } from './plain-words.js'

export type ListedIssuer = {
  /** DID or https address, compared byte for byte. */
  readonly id: string
  /** As the list calls it. */
  readonly name?: string
  /** Identifiers that may act for it, e.g. sign its status lists. */
  readonly delegates: readonly string[]
}

export type TrustList = {
  /** Who vouches. */
  readonly name: string
  /** By their own id, and by that of each delegate. */
  readonly issuers: ReadonlyMap<string, ListedIssuer>
}

/** An issuer on a list, itself or as one that may act for it. */
export type Vouching = {
  readonly list: string
  readonly issuer: ListedIssuer
  readonly isDelegate: boolean
}

export const MAX_LISTED = 20_000
const MAX_DELEGATES = 16
const MAX_NAME_CHARS = 200
const MAX_ID_CHARS = 512

/**
 * Reads a list: our own form `{name, issuers: [{id, name?, delegates?}]}`, or a registry
 * `{meta?, registry: {did: {name}}}` as the Digital Credentials Consortium publishes them.
 * @param fallbackName of a registry that does not say whose it is
 * @returns the list, or one clause that says what is wrong with it
 */
export function parseTrustList(value: unknown, fallbackName: string): TrustList | string {
  if (!isJsonObject(value)) return 'is not a JSON object'
  const registry = member(value, 'registry')
  const own = member(value, 'issuers')
  if (isJsonObject(registry)) return parseRegistry(value, registry, fallbackName)
  if (!Array.isArray(own)) return 'has neither a list “issuers” nor an object “registry”'
  const name = readName(value)
  if (name === undefined) return 'has no “name” of one line that says who vouches'
  return toList(name, own.map(parseIssuer))
}

function parseRegistry(
  value: JsonObject,
  registry: JsonObject,
  fallbackName: string,
): TrustList | string {
  const entries = Object.entries(registry).map(([id, entry]) =>
    parseIssuer({ id, name: textMember(entry, 'name') ?? '' }),
  )
  return toList(readName(member(value, 'meta')) ?? readName(value) ?? fallbackName, entries)
}

function toList(name: string, entries: readonly (ListedIssuer | undefined)[]): TrustList | string {
  if (entries.length > MAX_LISTED) return `has more than ${MAX_LISTED} issuers`
  const issuers = entries.filter((entry) => entry !== undefined)
  const bad = entries.indexOf(undefined)
  if (bad >= 0)
    return `has an issuer, number ${bad + 1}, whose id or delegates are no DID or https address`
  const byId = new Map(issuers.map((issuer) => [issuer.id, issuer]))
  if (byId.size < issuers.length) return 'names an issuer twice'
  const delegates = issuers.flatMap((issuer) => issuer.delegates.map((id) => [id, issuer] as const))
  return { name, issuers: new Map([...delegates, ...byId]) }
}

function parseIssuer(value: unknown): ListedIssuer | undefined {
  const id = textMember(value, 'id')
  const given = listMember(value, 'delegates')
  const delegates = given.filter((one) => typeof one === 'string').filter(isIdentifier)
  if (id === undefined || !isIdentifier(id)) return undefined
  if (delegates.length < given.length || given.length > MAX_DELEGATES) return undefined
  const name = readName(value)
  return { id, ...(name === undefined ? {} : { name }), delegates }
}

/** Letters that look like others have no place in an identifier; a host name has them as `xn--`. */
function isIdentifier(text: string): boolean {
  return text.length <= MAX_ID_CHARS && /^(did:[a-z0-9]+:[!-~]+|https:\/\/[!-~]+)$/.test(text)
}

function readName(value: unknown): string | undefined {
  const name = textMember(value, 'name')?.trim() ?? ''
  return name !== '' && name.length <= MAX_NAME_CHARS && isPlainLine(name) ? name : undefined
}

/** Every list that vouches for an issuer, in the order in which the lists were named. */
export function findVouching(lists: readonly TrustList[], id: string): readonly Vouching[] {
  return lists.flatMap(({ name, issuers }) => {
    const issuer = issuers.get(id)
    return issuer === undefined ? [] : [{ list: name, issuer, isDelegate: issuer.id !== id }]
  })
}

/**
 * Whether the host of a `did:web` or of an address is written with letters of other scripts, in which a name
 * can be made to look like another one.
 */
export function hasForeignLetters(id: string): boolean {
  const [, host = ''] = /^(?:did:web:|https?:\/\/)([^:/?#]*)/i.exec(id) ?? []
  return /(^|\.)xn--/i.test(host) || /[^ -~]/.test(host) || /%(?!3A\d)/i.test(host)
}
