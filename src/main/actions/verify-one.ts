/** Checks one badge and prints the report; nothing is written anywhere. */

import { readBrought } from '../../adapters/files/read-brought.js'
import { renderReportText } from '../../adapters/pages/report-text.js'
import { systemHasher } from '../../adapters/system/environment.js'
import type { VerifyOptions } from '../../application/ports/verifier.js'
import type { Settings } from '../../config/settings.js'
import type { Verdict, VerificationReport } from '../../domain/verification-report.js'
import { openGuardedClient } from '../open-outbound.js'
import { openStoreToRead } from '../open-store.js'
import { openVerifier } from '../open-verifier.js'

export type VerifyOneOptions = { readonly json?: true; readonly recipient?: string }

const EXIT_CODES: Readonly<Record<Verdict, number>> = { valid: 0, invalid: 1, unknown: 2 }

/**
 * @param badge a file, a web address, or `-` for standard input
 * @returns the exit code: what the verdict is
 */
export async function verifyOne(
  settings: Settings,
  badge: string,
  { json, recipient }: VerifyOneOptions,
): Promise<number> {
  const bytes = await bytesOf(badge)
  const report = await verify(settings, bytes, recipient === undefined ? {} : { recipient })
  process.stdout.write(json === true ? toJson(report) : renderReportText(report))
  return EXIT_CODES[report.verdict]
}

function bytesOf(badge: string): Promise<Uint8Array> {
  if (/^https?:\/\//i.test(badge)) return Promise.resolve(new TextEncoder().encode(badge))
  return readBrought(badge === '-' ? undefined : badge)
}

/** With the own records where there are some, else as if this service were any other's. */
async function verify(
  settings: Settings,
  bytes: Uint8Array,
  options: VerifyOptions,
): Promise<VerificationReport> {
  const database = await openStoreToRead(settings)
  const outbound = openGuardedClient(settings, database !== undefined)
  const { baseUrl } = settings
  const verifier = openVerifier(
    {
      settings: { ...settings, verifyWorkers: 1 },
      ...(database === undefined ? {} : { issuing: { baseUrl, database, hasher: systemHasher } }),
    },
    { outbound },
  )
  try {
    await verifier.ready()
    return (await verifier.verify(bytes, options)).report
  } finally {
    await verifier.close()
    await outbound.close()
    await database?.close()
  }
}

/** A terminal obeys some characters that JSON leaves as they are. */
function toJson(report: VerificationReport): string {
  const text = JSON.stringify(report, undefined, 2)
  return `${text.replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escaped)}\n`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
