/** Whatever was brought to be checked: a badge of ours by its address, anything else as it is. */
import type { Request } from 'express'
import type { VerifyOptions, VerifyResult } from '../../../application/ports/verifier.js'
import { reportOnBadge } from '../../../application/read-badge.js'
import { parseBadgeName } from '../../../domain/badge-code.js'
import { MAX_URL_CHARS } from '../../../domain/raw-gate/gate-refusal.js'
import type { AppParts } from '../app-parts.js'
import type { Presented } from './receipts.js'

/**
 * Verifies what somebody brought, in any form.
 * @param recipient empty when nobody is asked about
 * @throws RATE_LIMITED, NOT_FOUND for an address of ours without a badge, VERIFIER_BUSY, VERIFIER_TIMEOUT
 */
export async function verifyBrought(
  parts: AppParts,
  request: Request,
  bytes: Uint8Array,
  recipient: string,
): Promise<{ readonly result: VerifyResult; readonly presented: Presented }> {
  const code = ownCodeIn(parts, bytes)
  const result = await askedAbout(parts, request, recipient, async (options) =>
    code === undefined
      ? parts.reading.verifier.verify(bytes, options)
      : { report: await reportOnBadge(parts.reading, code, options) },
  )
  if (code !== undefined) return { result, presented: { kind: 'address', code } }
  const isAddress = result.report.input?.[0] === 'url'
  return { result, presented: isAddress ? { kind: 'address' } : { kind: 'document', bytes } }
}

/**
 * Verifies for a person, within what one client may ask and what anybody may ask about one badge.
 * @throws RATE_LIMITED
 */
async function askedAbout(
  parts: AppParts,
  request: Request,
  recipient: string,
  verify: (options: VerifyOptions) => Promise<VerifyResult>,
): Promise<VerifyResult> {
  if (recipient.trim() === '') return verify({})
  await parts.limits.countRecipientTry(request)
  const result = await verify({ recipient })
  const { badge, badgeVerdict } = result.report
  if (badgeVerdict !== undefined) await parts.limits.countRecipientAnswer(badge?.id ?? '')
  return result
}

/** No address of ours is longer, with what mail programs add to it. */
const MAX_ADDRESS_BYTES = 2 * MAX_URL_CHARS

/**
 * The code when the whole is the address or the number of a badge of ours, as text or as
 * `{"url": "…"}`. Our own badges need no way out, and private ones have no address to fetch.
 */
function ownCodeIn(parts: AppParts, bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_ADDRESS_BYTES) return undefined
  const text = new TextDecoder().decode(bytes)
  const entered = (urlMember(text) ?? text).trim()
  if (entered.length > MAX_URL_CHARS) return undefined
  const start = `${parts.baseUrl}/badges/`
  const name = entered.startsWith(start) ? entered.slice(start.length) : entered
  return parseBadgeName(name, /\.\w+$/)
}

function urlMember(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'url')
      return undefined
    const url: unknown = Reflect.get(value, 'url')
    return typeof url === 'string' ? url : undefined
  } catch {
    return undefined
  }
}
