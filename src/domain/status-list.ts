/** Bitstring Status Lists (W3C Bitstring Status List 1.0): the credential that carries the bits. */
import { VC2_CONTEXT } from './achievement-credential.js'
import { type IssuerProfile, toProfileNode } from './profile.js'

/** How long verifiers may keep a list, milliseconds; `Cache-Control` agrees with it. */
export const STATUS_TTL_MS = 300_000

export type StatusListFacts = {
  /** Where the list is served; its `id`. */
  readonly url: string
  readonly issuer: IssuerProfile
  /** Multibase base64url of the gzipped bits (section 2.2). */
  readonly encodedList: string
  readonly validFrom: string
  readonly validUntil: string
}

/** The bits as bytes: index 0 is the left-most bit of the first byte (section 2.2). */
export function toBitstring(lengthBits: number, setIndexes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(lengthBits / 8))
  for (const index of setIndexes) {
    if (index < 0 || index >= lengthBits)
      throw new RangeError(`status index ${index} is out of range`)
    bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7))
  }
  return bytes
}

/** Fewer entries would tell which badge somebody asks about (section 3.2, step 9). */
export const MIN_ENTRIES = 131_072

/** How many entries of a size the bits hold. */
export function countEntries(bits: Uint8Array, size: number): number {
  return Math.floor((bits.length * 8) / size)
}

/**
 * The value of one entry; its left-most bit counts most (section 2.2).
 * @param index below `countEntries`
 * @param size bits of an entry, 1 to 8
 */
export function valueAt(bits: Uint8Array, index: number, size: number): number {
  let value = 0
  for (let at = index * size; at < (index + 1) * size; at += 1) {
    const bit = ((bits[Math.floor(at / 8)] ?? 0) >> (7 - (at % 8))) & 1
    value = value * 2 + bit
  }
  return value
}

/** The unsecured BitstringStatusListCredential (section 2.2). */
export function buildStatusList(facts: StatusListFacts): object {
  const { id, name } = toProfileNode(facts.issuer)
  return {
    '@context': [VC2_CONTEXT],
    id: facts.url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: { id, name },
    validFrom: facts.validFrom,
    validUntil: facts.validUntil,
    credentialSubject: {
      id: `${facts.url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      ttl: STATUS_TTL_MS,
      encodedList: facts.encodedList,
    },
  }
}
