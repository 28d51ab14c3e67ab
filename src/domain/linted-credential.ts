/** The one gate to the keys: a token that only the lints produce and that signs once in each form. */
import { ENDORSEMENT_LINTS, type EndorsementLintFacts } from './issuance-lints/endorsement-lints.js'
import { GENERIC_LINTS, type GenericLintFacts } from './issuance-lints/generic-lints.js'
import { ISSUANCE_LINTS } from './issuance-lints/issuance-lints.js'
import type { LintFacts, Rule } from './issuance-lints/lint.js'
import { STATUS_LIST_LINTS, type StatusListLintFacts } from './issuance-lints/status-list-lints.js'
import { IssuerError } from './issuer-error.js'
import { isJsonObject, type JsonObject } from './json.js'

const KEY = Symbol('only the lints make these')

/** With embedded proofs, or enveloped in a VC-JWT (VC Data Model 2.0 section 4.12). */
export type SecuringForm = 'embedded' | 'enveloped'

/** What a redeemed token gives: the exact document, its canonical N-Quads, the only key that may sign. */
export type Redeemed = {
  readonly document: JsonObject
  readonly nquads: string
  readonly verificationMethod: string
}

/** A document that passed every lint. `redeem` hands it out once for each form; a second call is a bug. */
export class LintedCredential {
  readonly #text: string
  readonly #nquads: string
  readonly #methods: Readonly<Partial<Record<SecuringForm, string>>>
  readonly #redeemed = new Set<SecuringForm>()

  constructor(
    key: symbol,
    text: string,
    nquads: string,
    methods: Readonly<Partial<Record<SecuringForm, string>>>,
  ) {
    if (key !== KEY) throw new TypeError('a LintedCredential comes from the lints only')
    this.#text = text
    this.#nquads = nquads
    this.#methods = methods
  }

  /** Hands the document out for signing. Throws TypeError the second time, and for a form that has no key. */
  redeem(form: SecuringForm = 'embedded'): Redeemed {
    const verificationMethod = this.#methods[form]
    if (verificationMethod === undefined) throw new TypeError(`no key was linted for ${form}`)
    if (this.#redeemed.has(form)) throw new TypeError('a LintedCredential signs once')
    this.#redeemed.add(form)
    return { document: parseObject(this.#text), nquads: this.#nquads, verificationMethod }
  }
}

/**
 * Runs every lint for badges over the exact text that will be signed.
 * @param text the unsecured credential as JSON, from the intent
 * @throws IssuerError LINT_FAILED with the lint's name and citation
 */
export function lintCredential(text: string, facts: LintFacts): LintedCredential {
  return lint(text, facts, ISSUANCE_LINTS)
}

/**
 * Runs every lint for status lists over the exact text that will be signed.
 * @throws IssuerError LINT_FAILED with the lint's name and citation
 */
export function lintStatusList(text: string, facts: StatusListLintFacts): LintedCredential {
  return lint(text, facts, STATUS_LIST_LINTS)
}

/**
 * Runs every lint for endorsements over the exact text that will be signed.
 * @throws IssuerError LINT_FAILED with the lint's name and citation
 */
export function lintEndorsement(text: string, facts: EndorsementLintFacts): LintedCredential {
  return lint(text, facts, ENDORSEMENT_LINTS)
}

/**
 * Runs every lint for credentials of any kind over the exact text that will be signed, with the key that is for
 * them alone.
 * @throws IssuerError LINT_FAILED with the lint's name and citation
 */
export function lintGeneric(text: string, facts: GenericLintFacts): LintedCredential {
  return lint(text, facts, GENERIC_LINTS)
}

function lint<Facts extends Pick<LintFacts, 'canonical' | 'verificationMethod' | 'tokenMethod'>>(
  text: string,
  facts: Facts,
  rules: readonly Rule<Facts>[],
): LintedCredential {
  const document = parseObject(text)
  for (const rule of rules) {
    const failure = rule.check(document, facts)
    if (failure !== undefined) {
      throw new IssuerError('LINT_FAILED', failure, { rule: rule.name, citation: rule.citation })
    }
  }
  if ('refusal' in facts.canonical)
    throw new TypeError('a document without canonical form passed the lints')
  const { verificationMethod: embedded, tokenMethod: enveloped } = facts
  const methods = enveloped === undefined ? { embedded } : { embedded, enveloped }
  return new LintedCredential(KEY, text, facts.canonical.nquads, methods)
}

function parseObject(text: string): JsonObject {
  const document: unknown = JSON.parse(text)
  if (!isJsonObject(document)) throw new TypeError('the draft is not an object')
  return document
}
