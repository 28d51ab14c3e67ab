/** Turns what a caller sent into a change of status; unchecked and checked data have different types. */
import { parseBadgeCode } from '../domain/badge-code.js'
import { readReason, STATUS_CHANGES, type StatusChange } from '../domain/badge-status.js'
import { type Fault, IssuerError } from '../domain/issuer-error.js'
import { isJsonObject } from '../domain/json.js'
import type { StatusRequest } from './change-status.js'
import { refusedFor, unknownMembers } from './request-faults.js'

const MEMBERS: readonly string[] = ['change', 'reason', 'public']

/**
 * @param code as people write it: any case, with or without hyphens
 * @param body `change`, `reason` and, optionally, `public`
 * @throws NOT_FOUND for what can be no code, STATUS_CHANGE_INVALID with every fault and its pointer
 */
export function readStatusRequest(code: string, body: unknown): StatusRequest {
  const known = parseBadgeCode(code)
  if (known === undefined) {
    const shown = code.length > 60 ? `${code.slice(0, 60)}…` : code
    throw new IssuerError('NOT_FOUND', `“${shown}” is not the code of a badge.`)
  }
  if (!isJsonObject(body)) throw invalid([{ pointer: '', detail: 'Send an object.' }])
  const change = readChange(body['change'])
  const reason = readReason(body['reason'])
  const isPublic = body['public'] ?? false
  const faults = unknownMembers(body, MEMBERS)
  if (change === undefined)
    faults.push({
      pointer: '/change',
      detail: `The change must be one of ${STATUS_CHANGES.join(', ')}.`,
    })
  if ('fault' in reason) faults.push({ pointer: '/reason', detail: reason.fault })
  if (typeof isPublic !== 'boolean')
    faults.push({ pointer: '/public', detail: 'public must be true or false.' })
  if (
    change === undefined ||
    'fault' in reason ||
    typeof isPublic !== 'boolean' ||
    faults.length > 0
  )
    throw invalid(faults)
  return { code: known, change, reason: { text: reason.text, isPublic } }
}

/**
 * One of several changes: an object with `code` beside the members of a single one, or the error for
 * which it could not be read.
 * @returns the request, or the error that says why it is none
 */
export function readStatusRow(row: unknown): StatusRequest | IssuerError {
  if (row instanceof IssuerError) return row
  try {
    if (!isJsonObject(row)) throw invalid([{ pointer: '', detail: 'A change must be an object.' }])
    const { code, ...body } = row
    return readStatusRequest(typeof code === 'string' ? code : '', body)
  } catch (error) {
    if (error instanceof IssuerError) return error
    throw error
  }
}

function readChange(value: unknown): StatusChange | undefined {
  return STATUS_CHANGES.find((change) => change === value)
}

function invalid(faults: readonly Fault[]): IssuerError {
  return refusedFor('STATUS_CHANGE_INVALID', faults)
}
