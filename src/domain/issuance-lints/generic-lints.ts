/** Lints for credentials of any kind that the VC API signs with a key of its own; none of them is a badge. */
import { genericFaults } from '../generic-structure.js'
import { findHiddenMember } from '../hidden-members.js'
import { IssuerError } from '../issuer-error.js'
import { member, textMember } from '../json.js'
import { GateRefusal } from '../raw-gate/gate-refusal.js'
import { gateGeneric } from '../raw-gate/generic-gate.js'
import { notYetSecured, safeMode } from './form-lints.js'
import type { FormFacts, LintFacts, Rule } from './lint.js'

export type GenericLintFacts = FormFacts & Pick<LintFacts, 'issuerId' | 'verificationMethod'>

const passesGate: Rule<GenericLintFacts> = {
  name: 'generic-gate',
  citation: 'docs/architecture.md, “The raw gate”',
  check(document, { pinnedContexts }) {
    try {
      const bytes = new TextEncoder().encode(JSON.stringify(document))
      gateGeneric(bytes, { pinnedContexts, kind: 'credential' })
      return undefined
    } catch (error) {
      if (error instanceof GateRefusal || error instanceof IssuerError) return error.message
      throw error
    }
  },
}

const structure: Rule<GenericLintFacts> = {
  name: 'generic-structure',
  citation: 'VC Data Model 2.0 sections 4 and 5',
  check(document) {
    const [fault] = genericFaults(document)
    return fault === undefined ? undefined : `${fault.pointer} ${fault.detail}.`
  },
}

/** The key signs for its own did:key only, which is nobody else's. */
const ownIssuer: Rule<GenericLintFacts> = {
  name: 'generic-issuer',
  citation: 'Data Integrity 1.0 section 4.2, controller; docs/decisions/0017-vc-api.md',
  check(document, { issuerId, verificationMethod }) {
    const issuer = member(document, 'issuer')
    const id = typeof issuer === 'string' ? issuer : textMember(issuer, 'id')
    const isOwn = id === issuerId && verificationMethod.startsWith(`${issuerId}#`)
    return isOwn ? undefined : `The issuer must be ${issuerId}.`
  },
}

const nothingHidden: Rule<GenericLintFacts> = {
  name: 'generic-nothing-hidden',
  citation: 'docs/decisions/0017-vc-api.md',
  check(document, { canonical }) {
    const hidden = 'nquads' in canonical ? findHiddenMember(document, canonical.nquads) : undefined
    return hidden === undefined
      ? undefined
      : `“${hidden}” is said in another place or under another name.`
  },
}

export const GENERIC_LINTS: readonly Rule<GenericLintFacts>[] = [
  notYetSecured,
  passesGate,
  structure,
  ownIssuer,
  safeMode,
  nothingHidden,
]
