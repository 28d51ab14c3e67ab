/** Proofs as they stand in a credential, and the kinds of proof we can check. */
import { isJsonObject, type JsonObject, member, pointerTo, textMember } from './json.js'
import type { KeyType } from './published-keys/published-key.js'

export type ProofEntry = {
  readonly pointer: string
  readonly node: JsonObject
  readonly type: string
  readonly cryptosuite?: string
  readonly verificationMethod?: string
  readonly created?: string
  /** Whether this service can verify it. */
  readonly isSupported: boolean
}

/** What a kind of proof signs, and with which keys (W3C EdDSA and ECDSA Cryptosuites 1.0). */
type ProofForm = {
  /** Canonical RDF, canonical JSON (RFC 8785), or a choice of statements. */
  readonly signs: 'rdf' | 'json' | 'statements'
  readonly keyTypes: readonly KeyType[]
  /** Longest `proofValue`. */
  readonly maxChars: number
}

const EDDSA = { keyTypes: ['Ed25519'], maxChars: 100 } as const

/** The kinds of proof that this service can check; those of `DataIntegrityProof` by cryptosuite. */
export const PROOF_FORMS = {
  'eddsa-rdfc-2022': { signs: 'rdf', ...EDDSA },
  /** Its draft of 2022: the same under another name. */
  'eddsa-2022': { signs: 'rdf', ...EDDSA },
  'eddsa-jcs-2022': { signs: 'json', ...EDDSA },
  Ed25519Signature2020: { signs: 'rdf', ...EDDSA },
  'ecdsa-rdfc-2019': { signs: 'rdf', keyTypes: ['P-256', 'P-384'], maxChars: 140 },
  'ecdsa-sd-2023': { signs: 'statements', keyTypes: ['P-256'], maxChars: 64 * 1024 },
} as const satisfies Readonly<Record<string, ProofForm>>

export type ProofKind = keyof typeof PROOF_FORMS

export function proofFormOf(kind: ProofKind): ProofForm {
  return PROOF_FORMS[kind]
}

const TYPE_WITHOUT_SUITE = 'Ed25519Signature2020'

/** The allow-list: type and cryptosuite together decide (threat C16); undefined for any other pair. */
export function proofKindOf(type: string, cryptosuite: string | undefined): ProofKind | undefined {
  if (type === TYPE_WITHOUT_SUITE && cryptosuite === undefined) return TYPE_WITHOUT_SUITE
  if (type !== 'DataIntegrityProof' || cryptosuite === TYPE_WITHOUT_SUITE) return undefined
  const isKnown = cryptosuite !== undefined && Object.hasOwn(PROOF_FORMS, cryptosuite)
  return isKnown ? (cryptosuite as ProofKind) : undefined
}

/** Every proof of a gated credential, in document order. */
export function listProofs(document: JsonObject): readonly ProofEntry[] {
  const proof = member(document, 'proof')
  const isList = Array.isArray(proof)
  const nodes = isList ? proof : [proof]
  return nodes.filter(isJsonObject).map((node, index) => {
    const type = textMember(node, 'type') ?? ''
    const cryptosuite = textMember(node, 'cryptosuite')
    const verificationMethod = textMember(node, 'verificationMethod')
    const created = textMember(node, 'created')
    return {
      pointer: isList ? pointerTo('/proof', index) : '/proof',
      node,
      type,
      ...(cryptosuite === undefined ? {} : { cryptosuite }),
      ...(verificationMethod === undefined ? {} : { verificationMethod }),
      ...(created === undefined ? {} : { created }),
      isSupported: proofKindOf(type, cryptosuite) !== undefined,
    }
  })
}

/** The proofs that must all verify. */
export function supportedProofs(document: JsonObject): readonly ProofEntry[] {
  return listProofs(document).filter((proof) => proof.isSupported)
}

/**
 * Whether its issuer let the earner leave parts out, an end or a status perhaps among them: all proofs that are
 * checked cover what is shown, and none covers the whole (W3C ECDSA Cryptosuites 1.0 section 3.4).
 */
export function mayLeaveOut(document: JsonObject): boolean {
  const kinds = supportedProofs(document).map(({ type, cryptosuite }) =>
    proofKindOf(type, cryptosuite),
  )
  return (
    kinds.length > 0 &&
    kinds.every((kind) => kind !== undefined && proofFormOf(kind).signs === 'statements')
  )
}
