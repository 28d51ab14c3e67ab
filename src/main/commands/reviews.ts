/** `imprimatur reviews …`: approvals from files, and releases by hand. */
import { type Command, InvalidArgumentError } from 'commander'
import { readReviewFile } from '../../adapters/files/review-files.js'
import { acceptReview } from '../../application/accept-review.js'
import { releaseReview } from '../../application/release-review.js'
import { readSettings } from '../../config/settings.js'
import { badgeUrl } from '../../domain/badge-code.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { formatReviewKey } from '../../domain/review.js'
import { compose, type Service } from '../compose.js'
import { say, warn, warnOtherFaults } from './terminal.js'

export function addReviewCommands(program: Command): void {
  const reviews = program.command('reviews').description('Take in reviews and release badges')
  reviews
    .command('import')
    .argument('<file>', 'JSON (one or a list), NDJSON, or CSV with a header')
    .description('Take in reviews from a file; one line of result for each')
    .action((file: string) => withService((service) => importReviews(service, file)))
  reviews
    .command('release')
    .argument('<source>')
    .argument('<id>')
    .argument('[attempt]', 'which attempt', parseAttempt, 1)
    .description('Release the badge of an approved review')
    .action((source: string, id: string, attempt: number) =>
      withService(async (service) => {
        const badge = await releaseReview(service.issuing, { source, id, attempt }, 'cli')
        say(badgeUrl(service.settings.baseUrl, badge.code))
      }),
    )
}

async function withService(work: (service: Service) => Promise<void>): Promise<void> {
  const service = await compose(readSettings())
  try {
    await work(service)
  } finally {
    await service.issuing.database.close()
  }
}

/** Every row gets its own line; a bad row does not stop the others, but the exit code says so. */
async function importReviews(service: Service, file: string): Promise<void> {
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
}

async function importOne(service: Service, value: unknown): Promise<string> {
  const accepted = await acceptReview(service.issuing, service.reviewParser.parse(value), 'cli')
  const key = formatReviewKey(accepted.review)
  const repeat = accepted.isNew ? '' : ' (already known)'
  if (accepted.badge === undefined) return `${key} ${accepted.state}${repeat}`
  return `${key} ${badgeUrl(service.settings.baseUrl, accepted.badge.code)}${repeat}`
}

function parseAttempt(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError('must be a whole number from 1')
  return Number(value)
}
