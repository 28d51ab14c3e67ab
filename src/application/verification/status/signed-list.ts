/**
 * Whether a list of statuses is what its issuer signed. A list is a credential, and is held to the rules of
 * one: the same raw gate, every proof, keys that its issuer publishes.
 */
import type { JsonObject } from '../../../domain/json.js'
import type { OutboundAnswer } from '../../ports/outbound.js'
import { isProvenBy, judgeProofs, type Signed } from '../judge-proofs.js'
import { checkKeyState } from '../key-state-check.js'
import { passGate } from '../pass-gate.js'
import type { VerifyingParts } from '../verifying-parts.js'

/** A list that is not proven says nothing, neither for a badge nor against it. */
export type SignedList =
  | { readonly kind: 'proven'; readonly document: JsonObject }
  | { readonly kind: 'unproven'; readonly code: string; readonly sentence: string }

export type FetchedDocument = Extract<OutboundAnswer, { readonly kind: 'document' }>

export async function verifySignedList(
  parts: VerifyingParts,
  fetched: FetchedDocument,
): Promise<SignedList> {
  if (isToken(fetched)) return verifyTokenList()
  const gated = passGate(fetched.bytes, parts.pinnedContexts, 'status-list')
  if ('refusal' in gated) {
    const sentence = `The list cannot be read safely: ${gated.refusal.detail}`
    return { kind: 'unproven', code: 'status-list-refused', sentence }
  }
  const { document } = gated
  return judge(parts, document, await judgeProofs(parts, document))
}

async function judge(
  parts: VerifyingParts,
  document: JsonObject,
  signed: Signed,
): Promise<SignedList> {
  const isProven = isProvenBy(signed)
  const keyState = await checkKeyState(document, signed.keys, parts.records, isProven)
  const broken = [signed.issuerKey, signed.proof, keyState].find(
    ({ outcome }) => outcome !== 'passed',
  )
  if (broken === undefined) return { kind: 'proven', document }
  const sentence = `The list is not soundly signed: ${broken.sentence}`
  return { kind: 'unproven', code: 'status-list-signature', sentence }
}

const COMPACT_JWS = /^\s*[\w-]+\.[\w-]+\.[\w-]+\s*$/

/** By its media type, or because its text is a compact JWS whatever the server calls it. */
export function isToken({ mediaType, bytes }: FetchedDocument): boolean {
  if (/^application\/(vc\+(ld\+json\+)?jwt|jwt)$/.test(mediaType)) return true
  return bytes[0] !== OPENING_BRACE && COMPACT_JWS.test(new TextDecoder().decode(bytes))
}

const OPENING_BRACE = 0x7b

/**
 * The one place for lists in a VC-JWT (VC-JOSE-COSE 1.0 section 3.1.1): verify the token's signature and that
 * its key is the issuer's, then answer `proven` with the credential in it.
 */
function verifyTokenList(): SignedList {
  const sentence = 'The list is a token (VC-JWT), and such lists are not checked yet.'
  return { kind: 'unproven', code: 'status-list-token', sentence }
}
