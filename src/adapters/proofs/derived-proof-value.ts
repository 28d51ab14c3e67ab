/** What an `ecdsa-sd-2023` proof value is, looked at before any of it is used. */
import { decode } from 'cborg'

/** The first three bytes: a CBOR tag for either kind (ECDSA Cryptosuites 1.0 section 3.5). */
const BASE_HEADER = 'd95d00'
const DERIVED_HEADER = 'd95d01'
const HEADER_BYTES = 3

/** Each is one verification; a badge at the limits of the gate has fewer statements that may be left out. */
const MAX_SIGNATURES = 1000
const SIGNATURE_BYTES = 64
const P256_MULTIKEY_BYTES = 35
const LABEL_BYTES = 32

export type ProofValueForm = 'derived' | 'base' | 'malformed' | 'too-costly'

/**
 * Reads the form of a proof value: five parts with their lengths, each label of a nameless node used
 * once, each index once and in order. The library accepts more; with one label for two nodes, a holder
 * could take a thing apart that was signed as one.
 * @param proofValue multibase base64url, of bounded length
 */
export function formOfProofValue(proofValue: string): ProofValueForm {
  const bytes = Buffer.from(proofValue.slice(1), 'base64url')
  const header = bytes.subarray(0, HEADER_BYTES).toString('hex')
  if (header === BASE_HEADER) return 'base'
  if (proofValue[0] !== 'u' || header !== DERIVED_HEADER) return 'malformed'
  const parts = decodeParts(bytes.subarray(HEADER_BYTES))
  if (parts === undefined) return 'malformed'
  const [baseSignature, publicKey, signatures, labels, indexes, ...more] = parts
  if (Array.isArray(signatures) && signatures.length > MAX_SIGNATURES) return 'too-costly'
  const isSound =
    more.length === 0 &&
    isBytes(baseSignature, SIGNATURE_BYTES) &&
    isBytes(publicKey, P256_MULTIKEY_BYTES) &&
    Array.isArray(signatures) &&
    signatures.every((one) => isBytes(one, SIGNATURE_BYTES)) &&
    areLabels(labels) &&
    areIndexes(indexes)
  return isSound ? 'derived' : 'malformed'
}

/** Older signers tag byte strings with 64. */
const READING = {
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags: Object.assign([], { 64: (bytes: unknown) => bytes }),
}

function decodeParts(cbor: Uint8Array): readonly unknown[] | undefined {
  try {
    const parts: unknown = decode(cbor, READING)
    return Array.isArray(parts) ? parts : undefined
  } catch {
    return undefined
  }
}

function isBytes(value: unknown, length: number): boolean {
  return value instanceof Uint8Array && value.length === length
}

/** For `_:c14n0` and so on, one label each, all different. */
function areLabels(value: unknown): boolean {
  if (!(value instanceof Map)) return false
  const numbers = new Set(value.keys())
  const labels = [...value.values()]
  return (
    Array.from({ length: value.size }, (_, index) => index).every((index) => numbers.has(index)) &&
    labels.every((label) => isBytes(label, LABEL_BYTES)) &&
    new Set(labels.map((label) => Buffer.from(label as Uint8Array).toString('hex'))).size ===
      value.size
  )
}

function areIndexes(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one, place) => Number.isInteger(one) && one > (value[place - 1] ?? -1))
  )
}
