/** Proofs as they stand in a credential, and the kinds of proof we can check. */
import { isJsonObject, type JsonObject, member, pointerTo, textMember } from './json.js'

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

/** The kinds of proof this service makes and checks. */
export type ProofKind = 'eddsa-rdfc-2022' | 'Ed25519Signature2020'

/** The allow-list: type and cryptosuite together decide (threat C16); undefined for any other pair. */
export function proofKindOf(type: string, cryptosuite: string | undefined): ProofKind | undefined {
  if (type === 'DataIntegrityProof' && cryptosuite === 'eddsa-rdfc-2022') return 'eddsa-rdfc-2022'
  if (type === 'Ed25519Signature2020' && cryptosuite === undefined) return 'Ed25519Signature2020'
  return undefined
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
