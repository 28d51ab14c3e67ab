/** Small constructors for check rows, so that each check reads as its rule. */
import type { Check, CheckName, CheckProblem } from '../../domain/verification-report.js'

const VCDM = 'https://www.w3.org/TR/vc-data-model#'
const SECURITY = 'https://w3id.org/security#'
const STATUS_LIST = 'https://www.w3.org/ns/credentials/status-list#'

/** Problem types of the W3C for the codes that have one; the others are ours. */
const TYPES: Readonly<Record<string, string>> = {
  schema: `${VCDM}MALFORMED_VALUE_ERROR`,
  probe: `${VCDM}MALFORMED_VALUE_ERROR`,
  type: `${VCDM}MALFORMED_VALUE_ERROR`,
  'status-range': `${VCDM}RANGE_ERROR`,
  'status-unreachable': `${STATUS_LIST}STATUS_RETRIEVAL_ERROR`,
  'status-unverifiable': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-refused': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-signature': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-id': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-type': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-purpose': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-early': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-stale': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-nested': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-encoding': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-too-large': `${STATUS_LIST}STATUS_VERIFICATION_ERROR`,
  'status-list-length': `${STATUS_LIST}STATUS_LIST_LENGTH_ERROR`,
  'signature-mismatch': `${SECURITY}PROOF_VERIFICATION_ERROR`,
  'not-transformable': `${SECURITY}PROOF_TRANSFORMATION_ERROR`,
  'issuer-key-mismatch': `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  'method-not-listed': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'method-controller': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'method-key-form': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'method-over': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'method-not-for-assertion': `${SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD`,
}

/** A problem with the W3C type where one exists, else a URN of ours. */
export function problem(code: string, pointer?: string): CheckProblem {
  const type = TYPES[code] ?? `urn:imprimatur:check:${code}`
  return pointer === undefined ? { code, type } : { code, type, pointer }
}

/** @param warnings what to know beside it; none of them counts against the badge */
export function passed(
  name: CheckName,
  sentence: string,
  warnings: readonly CheckProblem[] = [],
): Check {
  return { name, outcome: 'passed', sentence, problems: warnings }
}

export function failed(
  name: CheckName,
  sentence: string,
  problems: readonly CheckProblem[],
  next?: string,
): Check {
  return { name, outcome: 'failed', sentence, problems, ...(next === undefined ? {} : { next }) }
}

export function unknown(
  name: CheckName,
  sentence: string,
  problems: readonly CheckProblem[],
  next: string,
): Check {
  return { name, outcome: 'unknown', sentence, problems, next }
}

export function skipped(name: CheckName, sentence: string): Check {
  return { name, outcome: 'skipped', sentence, problems: [] }
}
