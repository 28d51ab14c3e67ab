/** The raw gate before everything else, and the rows that say why it refused. */
import { IssuerError } from '../../domain/issuer-error.js'
import type { JsonObject } from '../../domain/json.js'
import { gateCredential } from '../../domain/raw-gate/credential-gate.js'
import {
  GateRefusal,
  isBeyondThisVerifier,
  STATUS_LIST_LIMITS,
} from '../../domain/raw-gate/gate-refusal.js'
import { CHECK_NAMES, type Check } from '../../domain/verification-report.js'
import type { Refusal } from '../ports/verifier.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'

export type Passage = { readonly document: JsonObject } | { readonly refusal: Refusal }

/** What differs from a badge with its proofs in it. */
export type GateForm = {
  /** A list of statuses may be longer than a badge, and names no context of Open Badges. */
  readonly isStatusList?: boolean
  /** False for a credential whose signature is around it, in a token. */
  readonly proofRequired?: boolean
}

export function passGate(
  bytes: Uint8Array,
  pinnedContexts: ReadonlySet<string>,
  { isStatusList = false, proofRequired = true }: GateForm = {},
): Passage {
  const ofList = { limits: STATUS_LIST_LIMITS, badgeContextRequired: false }
  try {
    const options = { pinnedContexts, proofRequired, ...(isStatusList ? ofList : {}) }
    return { document: gateCredential(bytes, options) }
  } catch (error) {
    if (error instanceof GateRefusal) {
      const { rule, message: detail, pointer } = error
      return { refusal: { code: 'CREDENTIAL_REFUSED', rule, detail, pointer } }
    }
    if (error instanceof IssuerError && error.code === 'CONTEXT_NOT_PINNED') {
      const { message: detail, pointer = '' } = error
      return { refusal: { code: error.code, rule: 'context-not-pinned', detail, pointer } }
    }
    throw error
  }
}

const REFUSED_NEXT = 'If the issuer gave it to you like this, tell the issuer; do not rely on it.'
const BEYOND_NEXT = 'Ask its issuer, or check it with another verifier.'

/** Refused at the gate: nothing else was computed, and the rows say so. */
export function refusedChecks(refusal: Refusal): readonly Check[] {
  const row = refusal.rule.startsWith('context') ? 'contexts' : 'readable'
  const problems = [problem(refusal.rule, refusal.pointer)]
  return CHECK_NAMES.map((name): Check => {
    if (name === row)
      return isBeyondThisVerifier(refusal.rule)
        ? unknown(name, refusal.detail, problems, BEYOND_NEXT)
        : failed(name, refusal.detail, problems, REFUSED_NEXT)
    if (name === 'readable') return passed(name, 'The document is JSON and within the limits.')
    return skipped(name, 'Not looked at, because the document was refused.')
  })
}
