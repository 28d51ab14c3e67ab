/** The one table from error codes to public problems (RFC 9457). */
import type { ErrorCode } from '../../domain/issuer-error.js'

export type ProblemType = {
  readonly status: number
  readonly title: string
  /** For the page that documents the type. */
  readonly meaning: string
}

export const PROBLEM_TYPES: Readonly<Record<ErrorCode, ProblemType>> = {
  REQUEST_MALFORMED: {
    status: 400,
    title: 'The request cannot be read',
    meaning: 'The body is not well-formed: bad encoding, bad JSON, a member twice, or too deep.',
  },
  REQUEST_INVALID: {
    status: 422,
    title: 'The request has a wrong, missing or unknown member',
    meaning: 'Every fault is listed with a JSON pointer and how to mend it.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    meaning: 'The limit stands in the detail.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'The media type is not supported',
    meaning: 'Send a type that the detail names, in UTF-8, not compressed.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The method is not allowed here',
    meaning: 'The address exists, but not for this method.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'A token is needed',
    meaning: 'Send a valid bearer token. Tokens are made with imprimatur tokens create.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'The token may not do this',
    meaning: 'Its scopes lack the one that is needed, or the badge is another issuer’s.',
  },
  SIGN_IN_NEEDED: {
    status: 403,
    title: 'You are not signed in',
    meaning: 'Nobody is signed in any more, or nobody was; what was sent was not done.',
  },
  ROLE_INSUFFICIENT: {
    status: 403,
    title: 'Your role does not allow this',
    meaning: 'An admin of the desk can change what somebody may do.',
  },
  FORM_NOT_OURS: {
    status: 403,
    title: 'This was not sent from our page',
    meaning: 'A form of the desk came from elsewhere, or from a page of an earlier session.',
  },
  LINK_NOT_USABLE: {
    status: 410,
    title: 'This link cannot be used',
    meaning: 'It was used before, is too old, not whole, or was never given out.',
  },
  STAFF_CONFLICT: {
    status: 409,
    title: 'This cannot be changed at the desk now',
    meaning: 'Somebody is there already, or nobody would be left who may let others in.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing here',
    meaning: 'The address or the thing it names does not exist.',
  },
  BADGE_ERASED: {
    status: 410,
    title: 'This badge was erased',
    meaning:
      'Its earner wanted to be forgotten; whether it is revoked, its status list still tells.',
  },
  ACHIEVEMENT_UNKNOWN: {
    status: 422,
    title: 'The achievement is not known',
    meaning: 'The review names a slug that was never imported.',
  },
  ACHIEVEMENT_INVALID: {
    status: 422,
    title: 'The achievement file is not as it must be',
    meaning: 'The definition or its art has a fault; each is listed.',
  },
  IMAGE_INVALID: {
    status: 422,
    title: 'The picture is not as it must be',
    meaning:
      'It is not a sound PNG or SVG, or does not hold exactly one credential; the rule is named.',
  },
  RUBRIC_MISMATCH: {
    status: 422,
    title: 'The results do not fit the rubric',
    meaning:
      'A result names a criterion or level the achievement lacks, or an approval misses a required level.',
  },
  REVIEW_CONFLICT: {
    status: 409,
    title: 'This review was received before with other content',
    meaning: 'The key (source, id, attempt) is taken. A new decision needs a new attempt.',
  },
  REVIEW_NOT_RELEASABLE: {
    status: 409,
    title: 'This review cannot be released',
    meaning: 'Only an approved review can be released.',
  },
  REVIEW_ALREADY_RELEASED: {
    status: 409,
    title: 'The badge for this review has been issued',
    meaning: 'An issued badge is revoked, not withdrawn.',
  },
  STATUS_CHANGE_INVALID: {
    status: 400,
    title: 'The change of status is not as it must be',
    meaning: 'Change, reason or public is missing, wrong or too long; “errors” says which.',
  },
  STATUS_CONFLICT: {
    status: 409,
    title: 'The badge’s status does not allow this change',
    meaning: 'A revocation is final, and no change is made twice.',
  },
  CREDENTIAL_REFUSED: {
    status: 422,
    title: 'The document cannot be checked as it is',
    meaning: 'It breaks a rule of the raw gate; the member “rule” names it.',
  },
  CREDENTIAL_NOT_VERIFIED: {
    status: 400,
    title: 'The credential is not verified',
    meaning:
      'It is not valid, or could not be checked now; “problemDetails” and “report” say which and why.',
  },
  CREDENTIAL_NOT_PUBLIC: {
    status: 403,
    title: 'The earner keeps this document private',
    meaning: 'The page and its verdict are public; the signed document is the earner’s to give.',
  },
  CONTEXT_NOT_PINNED: {
    status: 422,
    title: 'The document uses a vocabulary that is not kept here',
    meaning: 'JSON-LD contexts are never fetched; only the pinned ones are known.',
  },
  LINT_FAILED: {
    status: 422,
    title: 'The badge would break a rule, so it was not signed',
    meaning: 'The members “rule” and “citation” name the lint and the clause behind it.',
  },
  KEY_UNAVAILABLE: {
    status: 503,
    title: 'The signing key is not available',
    meaning: 'An operator must look at KEYS_DIR.',
  },
  KEY_EXISTS: {
    status: 409,
    title: 'There is a key already',
    meaning: 'Keys are never overwritten.',
  },
  KEY_STATE_CONFLICT: {
    status: 409,
    title: 'The key is in a state that does not allow this',
    meaning: 'A key goes from pending to active to retired or compromised, and never back.',
  },
  ISSUER_UNKNOWN: {
    status: 422,
    title: 'The issuer is not known',
    meaning: 'Issuers beside the programme itself are added with imprimatur issuers add.',
  },
  ISSUER_EXISTS: {
    status: 409,
    title: 'There is an issuer of this name already',
    meaning: 'The slug of an issuer is part of its identifier and is never given twice.',
  },
  SETTING_INVALID: {
    status: 500,
    title: 'A setting is wrong',
    meaning: 'Seen at start-up only, with the name of the setting.',
  },
  PROOF_GENERATION_FAILED: {
    status: 500,
    title: 'The badge could not be signed',
    meaning: 'The review is kept; send it again later.',
  },
  ISSUING_FAILED: {
    status: 500,
    title: 'The badge was not released',
    meaning: 'A second implementation did not accept it, or an earlier attempt failed for good.',
  },
  VERIFIER_BUSY: {
    status: 503,
    title: 'Too many checks are waiting',
    meaning: 'Try again after the time in Retry-After.',
  },
  VERIFIER_TIMEOUT: {
    status: 503,
    title: 'The document was too costly to check',
    meaning: 'Checking it took longer or more memory than any honest badge needs.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'This was asked too often',
    meaning: 'Try again after the time in Retry-After.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: 'The database does not answer',
    meaning: 'Nothing was lost; try again.',
  },
}

/** `REVIEW_CONFLICT` → `review-conflict`, the last part of the problem's `type`. */
export function problemSlug(code: ErrorCode): string {
  return code.toLowerCase().replaceAll('_', '-')
}
