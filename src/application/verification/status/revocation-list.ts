/** The older list of 1EdTech: plain JSON that names each revoked badge by its id (VCRL 1.0). */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../../../domain/json.js'
import { type GateLimits, GateRefusal } from '../../../domain/raw-gate/gate-refusal.js'
import { scanJson } from '../../../domain/raw-gate/scan-json.js'
import { problem } from '../check-results.js'
import { issuerIdOf } from '../issuer-key-check.js'
import { type EntryFinding, open, stands, withdrawn, withNotes } from './entry-finding.js'
import { type ListReader, notHere } from './list-reader.js'

/** It grows with every revoked badge. */
const LIMITS: GateLimits = {
  maxBytes: 2 * 1024 * 1024,
  maxDepth: 8,
  maxNodes: 100_000,
  maxItems: 25_000,
  maxStringChars: 4096,
  maxImageChars: 4096,
}

/**
 * Nothing signs such a list; it counts because the signed badge names its address, which only https leads to.
 * A badge is revoked when the list names it, unless it says `revoked: false`.
 */
export function judgeRevocationList(
  node: JsonObject,
  badge: JsonObject,
  lists: ListReader,
  pointer: string,
): EntryFinding {
  const url = textMember(node, 'id')
  const id = textMember(badge, 'id')
  if (url === undefined || id === undefined) return open('status-unverifiable', UNREAD, pointer)
  const fetched = lists.fetched(url)
  if (fetched.kind === 'not-here') return notHere(fetched, pointer)
  const list = readList(fetched.bytes)
  if (list === undefined) return open('status-list-type', NO_LIST, pointer)
  if (!isSame(textMember(list, 'id'), url)) return open('status-list-id', ANOTHER, pointer)
  const notes = isSame(issuerIdOf(list) || undefined, issuerIdOf(badge))
    ? []
    : [{ sentence: OTHERS, problem: problem('status-list-signer', pointer) }]
  const revoked = listMember(list, 'revokedCredential').find(
    (one) => textMember(one, 'id') === id && member(one, 'revoked') !== false,
  )
  return withNotes(
    revoked === undefined
      ? stands()
      : withdrawn('revoked', `The issuer has revoked this badge.${reasonOf(revoked)}`, pointer),
    notes,
  )
}

const UNREAD = 'It does not name its status in a form we read.'
const NO_LIST = 'What stands at the address of its list is no list of revoked badges.'
const ANOTHER = 'What stands at the address of its list is another list.'
const OTHERS = 'The list says that it is kept by somebody else than the issuer of the badge.'

/** Undefined unless every item of it names a credential: what cannot be read may be about this badge. */
function readList(bytes: Uint8Array): JsonObject | undefined {
  const value = parse(bytes)
  const revoked = member(value, 'revokedCredential')
  const isList =
    Array.isArray(revoked) && revoked.every((one) => textMember(one, 'id') !== undefined)
  return isJsonObject(value) && isList ? value : undefined
}

function parse(bytes: Uint8Array): JsonValue | undefined {
  try {
    return scanJson(bytes, LIMITS)
  } catch (error) {
    if (error instanceof GateRefusal) return undefined
    throw error
  }
}

/** What it does not say contradicts nothing. */
function isSame(found: string | undefined, wanted: string): boolean {
  return found === undefined || found === wanted
}

function reasonOf(revoked: JsonValue): string {
  const reason = textMember(revoked, 'revocationReason')
  return reason === undefined ? '' : ` The issuer’s reason: ${reason.slice(0, 400)}`
}
