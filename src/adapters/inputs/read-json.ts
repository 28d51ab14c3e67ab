/** JSON objects: a credential as it is, one inside something else, an address, or an older badge. */
import type { FoundInput } from '../../application/ports/inputs.js'
import { ENVELOPED_CREDENTIAL, tokenInEnvelope } from '../../domain/envelope.js'
import type { InputForm } from '../../domain/input-form.js'
import { CREDENTIAL_LIMITS } from '../../domain/raw-gate/gate-refusal.js'
import { splitJson } from './json-members.js'
import { olderStandard } from './older-standard.js'
import { readAddress, readToken } from './read-text.js'
import { refuse } from './refusals.js'

/** Of contexts and types; longer ones are not looked at. */
const MAX_MEMBER_BYTES = 16 * 1024
const OLDER_CONTEXT = /^https?:\/\/(?:w3id\.org\/openbadges|openbadgespec\.org)\/v[12]\b/
const OLDER_MEMBERS = ['recipient', 'badge', 'verify']

/**
 * @param bytes begin with `{`, perhaps after white space; what is not recognised is a credential, and
 *   judging its form is left to the gate
 */
export function readJson(bytes: Uint8Array, form: InputForm, isInside = false): FoundInput {
  if (bytes.length > CREDENTIAL_LIMITS.maxBytes) return { kind: 'json', form, bytes }
  const members = uniqueMembers(bytes)
  const url = members.size === 1 ? text(members.get('url')) : undefined
  if (url !== undefined) return readAddress(url.trim(), form === 'json' ? 'url' : form)
  if (isOlder(members)) return olderStandard(text(members.get('id')))
  const types = texts(members.get('type'))
  const id = text(members.get('id'))
  if (types.includes(ENVELOPED_CREDENTIAL) && id !== undefined) return readEnvelope(id, form)
  if (types.includes('VerifiablePresentation')) {
    if (isInside) return refuse('presentation-nested', form)
    return readPresentation(members.get('verifiableCredential'), form)
  }
  return { kind: 'json', form, bytes }
}

/** Whether this JSON says that it is an Open Badges 3.0 credential, or one in an envelope. */
export function isBadgeJson(bytes: Uint8Array): boolean {
  const types = texts(uniqueMembers(bytes).get('type'))
  return BADGE_TYPES.some((type) => types.includes(type))
}

const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential', ENVELOPED_CREDENTIAL]

/** A name that stands twice is left out: then the whole is returned, and the gate refuses it. */
function uniqueMembers(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const members = new Map<string, Uint8Array>()
  const twice = new Set<string>()
  for (const { name = '', bytes: value } of splitJson(bytes)) {
    if (members.has(name)) twice.add(name)
    members.set(name, value)
  }
  for (const name of twice) members.delete(name)
  return members
}

function isOlder(members: ReadonlyMap<string, Uint8Array>): boolean {
  if (texts(members.get('@context')).some((context) => OLDER_CONTEXT.test(context))) return true
  return !members.has('@context') && OLDER_MEMBERS.every((name) => members.has(name))
}

function readEnvelope(id: string, form: InputForm): FoundInput {
  if (/^data:application\/vc\+sd-jwt[;,]/.test(id)) return refuse('sd-jwt', form)
  const token = tokenInEnvelope(id)
  return token === undefined ? refuse('malformed-jws', form) : readToken(token, form)
}

/** The one credential in a presentation; who presents it is nothing that a badge's report is about. */
function readPresentation(held: Uint8Array | undefined, form: InputForm): FoundInput {
  if (held === undefined) return refuse('presentation-empty', form)
  const isList = held[0] === 0x5b
  const [first, second] = isList ? splitJson(held) : [{ bytes: held }]
  if (first === undefined) return refuse('presentation-empty', form)
  if (second !== undefined) return refuse('several-credentials', form)
  if (first.bytes[0] === 0x7b) return readJson(first.bytes, form, true)
  return readToken(text(first.bytes) ?? '', form)
}

/** A text or a list of texts; empty for anything else. */
function texts(bytes: Uint8Array | undefined): readonly string[] {
  if (bytes === undefined || bytes.length > MAX_MEMBER_BYTES) return []
  const value = parse(bytes)
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')
}

function text(bytes: Uint8Array | undefined): string | undefined {
  if (bytes?.[0] !== 0x22) return undefined
  const value = parse(bytes)
  return typeof value === 'string' ? value : undefined
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString())
  } catch {
    return undefined
  }
}
