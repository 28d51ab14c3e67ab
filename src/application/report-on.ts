/** The verdict on a document of our own, for a page that must be shown in any case. */
import { IssuerError } from '../domain/issuer-error.js'
import { toTimestamp } from '../domain/timestamps.js'
import {
  CHECK_NAMES,
  type Check,
  computeVerdict,
  type VerificationReport,
} from '../domain/verification-report.js'
import type { Clock } from './ports/environment.js'
import type { Database } from './ports/stores.js'
import type { CredentialVerifier, VerifyOptions } from './ports/verifier.js'

export type ReadingParts = {
  readonly baseUrl: string
  readonly database: Database
  readonly clock: Clock
  readonly verifier: CredentialVerifier
}

/** A verifier that is busy or late gives *could not be checked*, never an error page. */
export async function reportOn(
  parts: ReadingParts,
  securedJson: string,
  options?: VerifyOptions,
): Promise<VerificationReport> {
  try {
    return (await parts.verifier.verify(new TextEncoder().encode(securedJson), options)).report
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    const checks = notLookedAt(error.message)
    const checkedAt = toTimestamp(parts.clock.now())
    const format = 'Open Badges 3.0 credential (JSON)'
    return { verdict: computeVerdict(checks), checkedAt, format, checks }
  }
}

function notLookedAt(sentence: string): readonly Check[] {
  return CHECK_NAMES.map((name) =>
    name === 'readable'
      ? { name, outcome: 'unknown', sentence, next: 'Reload in a moment.', problems: [] }
      : { name, outcome: 'skipped', sentence: 'Not looked at this time.', problems: [] },
  )
}
