/** Turns what a caller sent into a correction of a badge. */
import { parseBadgeCode } from '../domain/badge-code.js'
import { readReason, type StatusReason } from '../domain/badge-status.js'
import { CORRECTABLE, type ReviewChange } from '../domain/correction.js'
import { type Fault, IssuerError } from '../domain/issuer-error.js'
import { isJsonObject, type JsonObject } from '../domain/json.js'
import { refusedFor, unknownMembers } from './request-faults.js'

export type CorrectionRequest = {
  /** Of the badge, in canonical form. */
  readonly code: string
  readonly change: ReviewChange
  readonly reason: StatusReason
}

const MEMBERS: readonly string[] = [...CORRECTABLE, 'reason', 'public']

/**
 * @param code as people write it: any case, with or without hyphens
 * @param body `reason`, at least one of the members that can be corrected and, optionally, `public`
 * @throws NOT_FOUND for what can be no code, REQUEST_INVALID with every fault and its pointer
 */
export function readCorrection(code: string, body: unknown): CorrectionRequest {
  const known = parseBadgeCode(code)
  if (known === undefined)
    throw new IssuerError('NOT_FOUND', 'This address does not name the code of a badge.')
  if (!isJsonObject(body)) throw invalid([{ pointer: '', detail: 'Send an object.' }])
  const reason = readReason(body['reason'])
  const isPublic = body['public'] ?? false
  const change = pickChange(body)
  const faults = unknownMembers(body, MEMBERS)
  if ('fault' in reason) faults.push({ pointer: '/reason', detail: reason.fault })
  if (typeof isPublic !== 'boolean')
    faults.push({ pointer: '/public', detail: 'public must be true or false.' })
  if (Object.keys(change).length === 0)
    faults.push({ pointer: '', detail: `Say what to correct: ${CORRECTABLE.join(', ')}.` })
  if ('fault' in reason || typeof isPublic !== 'boolean' || faults.length > 0) throw invalid(faults)
  return { code: known, change, reason: { text: reason.text, isPublic } }
}

function pickChange(body: JsonObject): ReviewChange {
  const given = CORRECTABLE.filter((name) => name in body)
  return Object.fromEntries(given.map((name) => [name, body[name]]))
}

function invalid(faults: readonly Fault[]): IssuerError {
  return refusedFor('REQUEST_INVALID', faults)
}
