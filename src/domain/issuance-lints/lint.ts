/** A lint: one rule about the exact document that will be signed, with the clause behind it. */
import type { Fault } from '../issuer-error.js'
import type { JsonObject } from '../json.js'

/** What the lints compare the document with; gathered from outside before they run. */
export type LintFacts = {
  readonly baseUrl: string
  readonly code: string
  /** The issuer's DID: controller of the key that will sign. */
  readonly issuerId: string
  /** Id of the verification method that will sign. */
  readonly verificationMethod: string
  /** `kid` of the key that will sign the badge as a VC-JWT; absent when there is none. */
  readonly tokenMethod?: string
  readonly statusListUrl: string
  readonly listIndex: number
  readonly pinnedContexts: ReadonlySet<string>
  /** What the JSON Schema check of this document found. */
  readonly schemaFaults: readonly Fault[]
  /** RDFC-1.0 in safe mode over this document: the N-Quads, or why there are none. */
  readonly canonical: { readonly nquads: string } | { readonly refusal: string }
}

/** What the lints on form compare with, whatever kind of document it is. */
export type FormFacts = Pick<LintFacts, 'baseUrl' | 'pinnedContexts' | 'schemaFaults' | 'canonical'>

export type Rule<Facts> = {
  readonly name: string
  readonly citation: string
  /** A sentence that says what is wrong and where, or undefined when nothing is. */
  check(document: JsonObject, facts: Facts): string | undefined
}

/** A rule for badges. */
export type Lint = Rule<LintFacts>
