/** Gives receipts of checks, and says of a receipt that is brought whether it is one of ours. */
import { DEFAULT_ISSUER, type Issuer } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import type { SigningKey } from '../domain/signing-key.js'
import { parseTimestamp } from '../domain/timestamps.js'
import {
  type Brought,
  createReceipt,
  type ReceiptStatement,
  readReceipt,
} from '../domain/verification-receipt.js'
import type { IdSource } from './ports/environment.js'
import type { ReceiptSuite } from './ports/receipts.js'
import type { Database } from './ports/stores.js'
import type { VerifyResult } from './ports/verifier.js'
import { CLOCK_SKEW_MS } from './verification/proof-check.js'

export type ReceiptParts = {
  readonly database: Database
  readonly defaultIssuer: Issuer
  readonly ids: IdSource
  readonly receiptSuite: ReceiptSuite
}

/**
 * Signs what was found, as the programme itself; nothing is stored.
 * @throws KEY_UNAVAILABLE when it has no active Ed25519 or P-256 key
 */
export async function issueReceipt(
  parts: ReceiptParts,
  { report, refusal }: VerifyResult,
  brought: Brought,
): Promise<string> {
  const key = await getReceiptKey(parts)
  const receipt = createReceipt({
    report,
    brought,
    rule: refusal?.rule,
    id: `urn:uuid:${parts.ids.uuid()}`,
    issuer: { id: key.controller, name: parts.defaultIssuer.name },
  })
  return parts.receiptSuite.sign(receipt, key)
}

async function getReceiptKey({ database }: ReceiptParts): Promise<SigningKey> {
  const { keys } = database.stores
  const key =
    (await keys.findActive(DEFAULT_ISSUER, 'Ed25519')) ??
    (await keys.findActive(DEFAULT_ISSUER, 'ES256'))
  if (key !== undefined) return key
  throw new IssuerError('KEY_UNAVAILABLE', 'There is no active key that signs receipts.')
}

export type ReceiptFinding =
  | { readonly outcome: 'genuine'; readonly sentence: string; readonly statement: ReceiptStatement }
  | { readonly outcome: 'forged' | 'unknown'; readonly sentence: string }

/**
 * Judges a receipt.
 * @param text whatever was brought
 * @returns undefined when it does not say that it is a receipt
 */
export async function judgeReceipt(
  parts: ReceiptParts,
  text: string,
): Promise<ReceiptFinding | undefined> {
  const header = parts.receiptSuite.readHeader(text)
  if (header === undefined) return undefined
  const keys = await parts.database.stores.keys.list(DEFAULT_ISSUER)
  const key = keys.find(({ methodId }) => methodId === header.kid)
  if (key === undefined) return { outcome: 'unknown', sentence: NOT_OURS }
  const payload = parts.receiptSuite.open(text, key)
  if (payload === undefined) return { outcome: 'forged', sentence: CHANGED }
  const statement = readReceipt(payload)
  if (statement === undefined) return { outcome: 'unknown', sentence: UNREAD }
  if (key.state === 'compromised') return { outcome: 'unknown', sentence: COMPROMISED }
  if (!wasInUse(key, statement.checkedAt)) return { outcome: 'forged', sentence: OUT_OF_USE }
  return { outcome: 'genuine', sentence: GENUINE, statement }
}

const GENUINE =
  'This receipt is genuine: this service gave it, and nothing in it has changed since.'
const CHANGED = 'This receipt is not genuine: it was changed, or this service never gave it.'
const OUT_OF_USE = 'This receipt is not genuine: its key was not in use at the time that it names.'
const NOT_OURS =
  'This is a receipt of another service; only that service can say whether it is genuine.'
const UNREAD = 'This receipt is written in a way that this service cannot read.'
const COMPROMISED =
  'Whether this receipt is genuine cannot be told any more, since somebody else may have had its key.'

function wasInUse({ activated, retired }: SigningKey, checkedAt: string): boolean {
  const at = parseTimestamp(checkedAt) ?? Number.NaN
  const start = parseTimestamp(activated) ?? Number.POSITIVE_INFINITY
  const end = parseTimestamp(retired) ?? Number.POSITIVE_INFINITY
  return at >= start - CLOCK_SKEW_MS && at <= end + CLOCK_SKEW_MS
}
