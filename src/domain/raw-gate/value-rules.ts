/** The form of dates, ids and types, checked before a library with slow patterns reads them. */
import type { Place } from '../json.js'
import { parseTimestamp } from '../timestamps.js'
import { GateRefusal, MAX_URL_CHARS } from './gate-refusal.js'

const DATE_TIMES = new Set([
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'awardedDate',
  'activityStartDate',
  'activityEndDate',
  'created',
  'expires',
])

/** Members whose value is an IRI by the contexts we pin. */
const IRIS = new Set(['id', 'verificationMethod', 'statusListCredential', 'targetUrl', 'url'])
const ABSOLUTE_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\u0000-\u001f<>"{}|\\^`]+$/

/**
 * Checks one value: dates, ids and types by their member's name; every other one for what no member
 * may hold.
 * @throws GateRefusal `malformed-value` or `duplicate-type`
 */
export function assertValueForm(place: Place): void {
  assertPlain(place)
  if (DATE_TIMES.has(place.name)) assertDateTime(place)
  if (IRIS.has(place.name)) assertIri(place)
  if (place.name === 'type') assertType(place)
}

/**
 * No list in a list: JSON-LD flattens it, so both spellings would mean the same. No blank-node
 * label: it would join nodes that nothing else shows as joined.
 */
function assertPlain({ value, name, pointer }: Place): void {
  if (Array.isArray(value) && value.some(Array.isArray)) {
    throw new GateRefusal('malformed-value', `“${name}” must not hold a list in a list.`, pointer)
  }
  if (typeof value === 'string' && value.startsWith('_:')) {
    throw new GateRefusal('malformed-value', `“${name}” must not name a blank node.`, pointer)
  }
}

function assertDateTime({ value, name, pointer }: Place): void {
  if (parseTimestamp(value) === undefined) {
    const detail = `“${name}” must be a date and time with timezone, like 2026-03-02T16:20:00Z.`
    throw new GateRefusal('malformed-value', detail, pointer)
  }
}

/** Absolute and bounded: no relative ids, no blank-node ids; what is embedded may be long. */
function assertIri({ value, name, pointer }: Place): void {
  if (Array.isArray(value)) return
  if (typeof value === 'string' && /^data:[^\s<>"{}|\\^`]*$/.test(value)) return
  const isGood =
    typeof value === 'string' && value.length <= MAX_URL_CHARS && ABSOLUTE_IRI.test(value)
  if (!isGood) {
    const detail = `“${name}” must be an absolute URL, URN or DID of at most ${MAX_URL_CHARS} characters.`
    throw new GateRefusal('malformed-value', detail, pointer)
  }
}

function assertType({ value, pointer }: Place): void {
  const names = Array.isArray(value) ? value : [value]
  if (names.some((name) => typeof name !== 'string' || /^_:/.test(name) || name.length > 200)) {
    throw new GateRefusal('malformed-value', '“type” must hold short names.', pointer)
  }
  if (new Set(names).size !== names.length) {
    throw new GateRefusal('duplicate-type', 'Name each type once.', pointer)
  }
}
