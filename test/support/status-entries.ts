/** Badges of other issuers with the statuses that a test gives them, and the row that comes of it. */
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import type { WantedDocument } from '../../src/application/ports/verifier.js'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import { checkStatus } from '../../src/application/verification/status-check.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import type { Check } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { NO_RECORDS } from './fixed-records.js'
import { LIST_URL } from './sample-lists.js'
import { STRANGER } from './signing-keys.js'

export const NOW = Date.parse('2026-03-20T12:00:00Z')
export const BADGE_ID = 'https://badges.example.org/badges/1'

const parts = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })

/** An entry as the standard wants it; `members` replace its own. */
export function listEntry(members: JsonObject = {}): JsonObject {
  return {
    id: `${LIST_URL}#43`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '43',
    statusListCredential: LIST_URL,
    ...members,
  }
}

/** What stands at which address; `undefined` has not come yet. */
export type Served = Readonly<Record<string, OutboundAnswer | undefined>>

export async function judgeStatus(
  credentialStatus: JsonValue,
  answers: Served,
): Promise<{ readonly check: Check; readonly asked: readonly WantedDocument[] }> {
  const asked: WantedDocument[] = []
  const fetched = {
    isWaiting: () => false,
    find(wanted: WantedDocument) {
      asked.push(wanted)
      return Object.hasOwn(answers, wanted.url) ? answers[wanted.url] : NO_NETWORK
    },
  }
  const badge = { id: BADGE_ID, issuer: { id: STRANGER.method.controller }, credentialStatus }
  const check = await checkStatus(badge, { ...parts, fetched }, true)
  return { check, asked }
}

const OPEN_NEXT = 'Ask the issuer whether the badge still stands.'
export const LATER_NEXT = 'Try again later, or ask the issuer whether the badge still stands.'
const WITHDRAWN_NEXT = 'Do not rely on it; ask the issuer if you need to know more.'
const STATUS_LIST = 'https://www.w3.org/ns/credentials/status-list#'

/** Types of the W3C for the codes that have one. */
function typeOf(code: string): string {
  if (code === 'status-unreachable') return `${STATUS_LIST}STATUS_RETRIEVAL_ERROR`
  if (code === 'status-list-length') return `${STATUS_LIST}STATUS_LIST_LENGTH_ERROR`
  if (code === 'status-range') return 'https://www.w3.org/TR/vc-data-model#RANGE_ERROR'
  return /^status-(list-(?!signer)|unverifiable)/.test(code)
    ? `${STATUS_LIST}STATUS_VERIFICATION_ERROR`
    : `urn:imprimatur:check:${code}`
}

/** @param problems each `code pointer` */
function row(outcome: Check['outcome'], sentence: string, problems: readonly string[]): Check {
  return {
    name: 'status',
    outcome,
    sentence,
    problems: problems.map((text) => {
      const [code = '', pointer = ''] = text.split(' ')
      return { code, type: typeOf(code), pointer }
    }),
  }
}

export function stands(notes = '', ...problems: string[]): Check {
  return row('passed', `The issuer has not withdrawn it.${notes}`, problems)
}

export function open(sentence: string, ...problems: string[]): Check {
  return { ...row('unknown', sentence, problems), next: OPEN_NEXT }
}

export function openNow(sentence: string, ...problems: string[]): Check {
  return { ...row('unknown', sentence, problems), next: LATER_NEXT }
}

export function withdrawn(sentence: string, ...problems: string[]): Check {
  return { ...row('failed', sentence, problems), next: WITHDRAWN_NEXT }
}

export function faulty(sentence: string, ...problems: string[]): Check {
  return { ...row('failed', sentence, problems), next: OPEN_NEXT }
}
