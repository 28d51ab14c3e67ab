/** The raw gate for documents of any kind, as a passage or a refusal. */
import { IssuerError } from '../../../domain/issuer-error.js'
import { GateRefusal } from '../../../domain/raw-gate/gate-refusal.js'
import { type GenericGateOptions, gateGeneric } from '../../../domain/raw-gate/generic-gate.js'
import type { Passage } from '../pass-gate.js'

export function passGenericGate(bytes: Uint8Array, options: GenericGateOptions): Passage {
  try {
    return { document: gateGeneric(bytes, options) }
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
