/** Turns what a caller sent into an endorsement to sign; unchecked and checked data have different types. */
import { parseBadgeCode } from '../domain/badge-code.js'
import { ENDORSED_KINDS, type EndorsedKind, readComment } from '../domain/endorsement-credential.js'
import type { Fault, IssuerError } from '../domain/issuer-error.js'
import { isJsonObject, pointerTo } from '../domain/json.js'
import type { EndorsedSubject, EndorsementRequest } from './endorsed-thing.js'
import { refusedFor, unknownMembers } from './request-faults.js'

const MEMBERS: readonly string[] = ['issuer', ...ENDORSED_KINDS, 'comment']

/**
 * @param body `comment`, one of `achievement`, `badge` and `profile`, and, unless it is clear, `issuer`
 * @param speaker slug of the only issuer that the caller may speak for; who endorses unless told
 * @throws REQUEST_INVALID with every fault and its pointer
 */
export function readEndorsementRequest(body: unknown, speaker?: string): EndorsementRequest {
  if (!isJsonObject(body)) throw invalid([{ pointer: '', detail: 'Send an object.' }])
  const faults: Fault[] = unknownMembers(body, MEMBERS)
  const take = <T extends object>(
    pointer: string,
    read: T | Wrong,
  ): Exclude<T, Wrong> | undefined => {
    if (!isWrong(read)) return read as Exclude<T, Wrong>
    faults.push({ pointer, detail: read.fault })
    return undefined
  }
  const issuer = take('/issuer', readIssuer(body['issuer'] ?? speaker))
  const named = ENDORSED_KINDS.filter((kind) => kind in body)
  const [kind = 'achievement'] = named
  const subject =
    named.length === 1
      ? take(pointerTo('', kind), readSubject(kind, body[kind]))
      : take('', { fault: `Name one of ${ENDORSED_KINDS.join(', ')}.` })
  const comment = take('/comment', readComment(body['comment']))
  if (issuer === undefined || subject === undefined || comment === undefined || faults.length > 0)
    throw invalid(faults)
  return { issuer: issuer.slug, subject, comment: comment.text }
}

/** Why something that was sent could not be taken. */
type Wrong = { readonly fault: string }

function isWrong(read: object): read is Wrong {
  return 'fault' in read
}

const SLUG = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/

function readIssuer(value: unknown): { readonly slug: string } | Wrong {
  return typeof value === 'string' && SLUG.test(value)
    ? { slug: value }
    : { fault: 'Name who endorses by its slug.' }
}

function readSubject(kind: EndorsedKind, value: unknown): EndorsedSubject | Wrong {
  const text = typeof value === 'string' && value.length <= 200 ? value : ''
  switch (kind) {
    case 'achievement': {
      const [slug = '', version, ...more] = text.split('/')
      const isVersion = version === undefined || /^[1-9]\d{0,5}$/.test(version)
      if (!SLUG.test(slug) || !isVersion || more.length > 0)
        return { fault: 'Name an achievement by its slug, or by slug/version.' }
      return version === undefined ? { kind, slug } : { kind, slug, version: Number(version) }
    }
    case 'badge': {
      const code = parseBadgeCode(text)
      return code === undefined ? { fault: 'Name a badge by its code.' } : { kind, code }
    }
    case 'profile':
      return SLUG.test(text) ? { kind, slug: text } : { fault: 'Name an issuer by its slug.' }
  }
}

function invalid(faults: readonly Fault[]): IssuerError {
  return refusedFor('REQUEST_INVALID', faults)
}
