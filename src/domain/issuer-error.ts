/** Every failure this service names. Messages may change; codes may not. */
export const ERROR_CODES = [
  'REQUEST_MALFORMED',
  'REQUEST_INVALID',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'METHOD_NOT_ALLOWED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'SIGN_IN_NEEDED',
  'ROLE_INSUFFICIENT',
  'FORM_NOT_OURS',
  'LINK_NOT_USABLE',
  'STAFF_CONFLICT',
  'NOT_FOUND',
  'BADGE_ERASED',
  'ACHIEVEMENT_UNKNOWN',
  'ACHIEVEMENT_INVALID',
  'IMAGE_INVALID',
  'RUBRIC_MISMATCH',
  'REVIEW_CONFLICT',
  'REVIEW_NOT_RELEASABLE',
  'REVIEW_ALREADY_RELEASED',
  'STATUS_CHANGE_INVALID',
  'STATUS_CONFLICT',
  'CREDENTIAL_REFUSED',
  'CREDENTIAL_NOT_VERIFIED',
  'CREDENTIAL_NOT_PUBLIC',
  'CONTEXT_NOT_PINNED',
  'LINT_FAILED',
  'KEY_UNAVAILABLE',
  'KEY_EXISTS',
  'KEY_STATE_CONFLICT',
  'ISSUER_UNKNOWN',
  'ISSUER_EXISTS',
  'SETTING_INVALID',
  'PROOF_GENERATION_FAILED',
  'ISSUING_FAILED',
  'VERIFIER_BUSY',
  'VERIFIER_TIMEOUT',
  'RATE_LIMITED',
  'STORE_UNAVAILABLE',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One fault in what was sent: where (RFC 6901 pointer) and how to mend it. */
export type Fault = { readonly pointer: string; readonly detail: string }

type Details = {
  /** RFC 6901 pointer to the member at fault. */
  readonly pointer?: string
  /** All faults found, when there are several. */
  readonly faults?: readonly Fault[]
  /** Name of the gate rule or lint that refused. */
  readonly rule?: string
  /** The clause of the specification behind the rule. */
  readonly citation?: string
  /** Seconds after which it makes sense to ask again. */
  readonly retryAfterS?: number
  readonly cause?: unknown
}

/**
 * A failure with a stable code and one public sentence that says what is wrong and how to mend it.
 * The sentence is shown to callers; `cause` goes to the log only.
 */
export class IssuerError extends Error {
  readonly code: ErrorCode
  readonly pointer: string | undefined
  readonly faults: readonly Fault[]
  readonly rule: string | undefined
  readonly citation: string | undefined
  readonly retryAfterS: number | undefined

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'IssuerError'
    this.code = code
    this.pointer = details.pointer
    this.faults = details.faults ?? []
    this.rule = details.rule
    this.citation = details.citation
    this.retryAfterS = details.retryAfterS
  }
}
