/** Takes in reviews from a file, or releases one by hand; prints what became of each. */
import { readReviewFile } from '../../adapters/files/review-files.js'
import { acceptReview } from '../../application/accept-review.js'
import { OPERATOR } from '../../application/actor.js'
import { releaseReview } from '../../application/release-review.js'
import type { Settings } from '../../config/settings.js'
import { badgeUrl } from '../../domain/badge-code.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { formatReviewKey, type ReviewKey } from '../../domain/review.js'
import { compose, type Service } from '../compose.js'
import { say, warn, warnOtherFaults } from '../terminal.js'

/** Every row gets its own line; a bad row does not stop the others, but the exit code says so. */
export async function importReviews(settings: Settings, file: string): Promise<void> {
  await withService(settings, async (service) => {
    const entries = readReviewFile(file)
    let refused = 0
    for (const { place, value } of entries) {
      try {
        if (value instanceof Error) throw value
        say(`${place} ${await importOne(service, value)}`)
      } catch (error) {
        if (!(error instanceof IssuerError)) throw error
        refused += 1
        warn(`${place} refused (${error.code}): ${error.message}`)
        warnOtherFaults(error)
      }
    }
    if (refused > 0) {
      warn(`${refused} of ${entries.length} refused, ${entries.length - refused} taken in.`)
      process.exitCode = 1
    }
  })
}

/** @throws what `releaseReview` throws */
export async function releaseByHand(settings: Settings, key: ReviewKey): Promise<void> {
  await withService(settings, async (service) => {
    const badge = await releaseReview(service.issuing, key, OPERATOR)
    say(badgeUrl(settings.baseUrl, badge.code))
  })
}

async function withService(
  settings: Settings,
  work: (service: Service) => Promise<void>,
): Promise<void> {
  const service = await compose(settings)
  try {
    await work(service)
  } finally {
    await service.issuing.database.close()
  }
}

async function importOne(service: Service, value: unknown): Promise<string> {
  const accepted = await acceptReview(service.issuing, service.reviewParser.parse(value), OPERATOR)
  const key = formatReviewKey(accepted.review)
  const repeat = accepted.isNew ? '' : ' (already known)'
  if (accepted.badge === undefined) return `${key} ${accepted.state}${repeat}`
  return `${key} ${badgeUrl(service.settings.baseUrl, accepted.badge.code)}${repeat}`
}
