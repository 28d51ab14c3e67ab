/**
 * A receipt: what this service found when it checked something, to be signed and kept by whoever asked. It is a
 * statement about a check, in a form of its own, and never a badge.
 */
import { isJsonObject, type JsonObject, listMember, member, textMember } from './json.js'
import { parseTimestamp } from './timestamps.js'
import {
  CHECK_NAMES,
  type Check,
  type Outcome,
  type Verdict,
  type VerificationReport,
} from './verification-report.js'

/** The `typ` of its header: a token says what it is (RFC 8725 section 3.11). Badges have `JWT`. */
export const RECEIPT_TYP = 'verification-receipt+jwt'
/** Every receipt of ours is far smaller. */
export const MAX_RECEIPT_CHARS = 64 * 1024
const MAX_SENTENCE_CHARS = 1000
const MAX_ID_CHARS = 512

/** What was brought: its SHA-256 in lower-case hex, of the bytes as they came or of our badge at an address. */
export type Brought = { readonly kind: 'document' | 'address'; readonly sha256?: string }

/** What a receipt says. */
export type ReceiptStatement = {
  readonly id: string
  /** DID and name of the service that checked. */
  readonly issuerId: string
  readonly issuerName: string
  readonly checkedAt: string
  readonly verdict: Verdict
  readonly badgeVerdict?: Verdict
  readonly format: string
  readonly brought: Brought
  /** Rule by which the document was refused before it was judged. */
  readonly rule?: string
  /** As the document names itself; whose it is only as far as the checks say. */
  readonly badge?: { readonly id: string; readonly issuerId: string }
  readonly checks: readonly Pick<Check, 'name' | 'outcome' | 'sentence' | 'problems'>[]
}

const KEY = Symbol('only reports become receipts')

/** A receipt to be signed; only {@link createReceipt} makes one, so nothing else is signed in this form. */
export class VerificationReceipt {
  readonly #payload: string

  constructor(key: symbol, payload: JsonObject) {
    if (key !== KEY) throw new TypeError('a VerificationReceipt comes from a report only')
    this.#payload = JSON.stringify(payload)
  }

  /** The JSON text of the payload. */
  get payload(): string {
    return this.#payload
  }
}

export type ReceiptFacts = {
  readonly report: VerificationReport
  readonly brought: Brought
  readonly rule?: string | undefined
  /** A URN that no other receipt has. */
  readonly id: string
  readonly issuer: { readonly id: string; readonly name: string }
}

/**
 * The receipt of a report: verdict, rows and identifiers. The names in a badge, who earned it and whom somebody
 * asked about are not in it.
 */
export function createReceipt(facts: ReceiptFacts): VerificationReceipt {
  const { report, id, issuer } = facts
  const seconds = Math.floor((parseTimestamp(report.checkedAt) ?? 0) / 1000)
  return new VerificationReceipt(KEY, {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://www.w3.org/ns/credentials/undefined-terms/v2',
    ],
    id,
    type: ['VerifiableCredential', 'VerificationReceipt'],
    issuer: { id: issuer.id, name: issuer.name },
    validFrom: report.checkedAt,
    credentialSubject: toResult(facts),
    iss: issuer.id,
    jti: id,
    iat: seconds,
    nbf: seconds,
  })
}

function toResult({ report, brought, rule }: ReceiptFacts): JsonObject {
  const { verdict, badgeVerdict, badge } = report
  return {
    type: 'VerificationResult',
    verdict,
    ...(badgeVerdict === undefined ? {} : { badgeVerdict }),
    ...whatWasJudged(report, brought),
    ...(rule === undefined ? {} : { rule }),
    ...(badge === undefined
      ? {}
      : {
          badge: { id: cut(badge.id, MAX_ID_CHARS), issuerId: cut(badge.issuerId, MAX_ID_CHARS) },
        }),
    checks: report.checks.map(({ name, outcome, sentence, problems }) => ({
      name,
      outcome,
      sentence: cut(sentence, MAX_SENTENCE_CHARS),
      codes: [...new Set(problems.map(({ code }) => code))],
    })),
  }
}

/** Where a newer version was judged, nothing was found of the bytes that were brought: they are not named. */
function whatWasJudged({ format, refresh }: VerificationReport, brought: Brought): JsonObject {
  return refresh?.outcome === 'newer'
    ? { format: `${format}; a newer version of what was brought`, brought: { kind: brought.kind } }
    : { format, brought: { ...brought } }
}

function cut(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text
}

const VERDICTS: readonly unknown[] = ['valid', 'invalid', 'unknown'] satisfies Verdict[]
const OUTCOMES: readonly unknown[] = ['passed', 'failed', 'unknown', 'skipped'] satisfies Outcome[]

/** Reads the payload of a receipt whose signature was verified; undefined when it is not of this form. */
export function readReceipt(payload: unknown): ReceiptStatement | undefined {
  const issuer = member(payload, 'issuer')
  const result = member(payload, 'credentialSubject')
  const [verdict, badgeVerdict] = [member(result, 'verdict'), member(result, 'badgeVerdict')]
  const checks = listMember(result, 'checks').map(readCheck)
  const texts = {
    id: textMember(payload, 'id'),
    issuerId: textMember(issuer, 'id'),
    issuerName: textMember(issuer, 'name'),
    checkedAt: textMember(payload, 'validFrom'),
    format: textMember(result, 'format'),
  }
  const isWhole =
    Object.values(texts).every((text) => text !== undefined) &&
    parseTimestamp(texts.checkedAt) !== undefined &&
    VERDICTS.includes(verdict) &&
    (badgeVerdict === undefined || VERDICTS.includes(badgeVerdict)) &&
    checks.length > 0 &&
    !checks.includes(undefined)
  if (!isWhole || !listMember(payload, 'type').includes('VerificationReceipt')) return undefined
  const rule = textMember(result, 'rule')
  const badge = member(result, 'badge')
  return {
    ...(texts as Record<keyof typeof texts, string>),
    verdict: verdict as Verdict,
    ...(badgeVerdict === undefined ? {} : { badgeVerdict: badgeVerdict as Verdict }),
    brought: readBrought(member(result, 'brought')),
    ...(rule === undefined ? {} : { rule }),
    ...(isJsonObject(badge)
      ? {
          badge: {
            id: textMember(badge, 'id') ?? '',
            issuerId: textMember(badge, 'issuerId') ?? '',
          },
        }
      : {}),
    checks: checks.filter((check) => check !== undefined),
  }
}

function readCheck(value: unknown): ReceiptStatement['checks'][number] | undefined {
  const name = CHECK_NAMES.find((one) => one === textMember(value, 'name'))
  const [outcome, sentence] = [member(value, 'outcome'), textMember(value, 'sentence')]
  if (name === undefined || sentence === undefined || !OUTCOMES.includes(outcome)) return undefined
  const codes = listMember(value, 'codes').filter((code) => typeof code === 'string')
  const problems = codes.map((code) => ({ code, type: `urn:imprimatur:check:${code}` }))
  return { name, outcome: outcome as Outcome, sentence, problems }
}

function readBrought(value: unknown): Brought {
  const sha256 = textMember(value, 'sha256')
  const kind = textMember(value, 'kind') === 'address' ? 'address' : 'document'
  return { kind, ...(sha256 === undefined ? {} : { sha256 }) }
}
