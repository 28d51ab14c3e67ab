/** `imprimatur reviews …`: approvals from files, and releases by hand. */
import { type Command, InvalidArgumentError } from 'commander'
import { readSettings } from '../../config/settings.js'

export function addReviewCommands(program: Command): void {
  const reviews = program.command('reviews').description('Take in reviews and release badges')
  reviews
    .command('import')
    .argument('<file>', 'JSON (one or a list), NDJSON, or CSV with a header')
    .description('Take in reviews from a file; one line of result for each')
    .action(async (file: string) => {
      const settings = readSettings()
      const { importReviews } = await import('../actions/issue-reviews.js')
      await importReviews(settings, file)
    })
  reviews
    .command('release')
    .argument('<source>')
    .argument('<id>')
    .argument('[attempt]', 'which attempt', parseAttempt, 1)
    .description('Release the badge of an approved review')
    .action(async (source: string, id: string, attempt: number) => {
      const settings = readSettings()
      const { releaseByHand } = await import('../actions/issue-reviews.js')
      await releaseByHand(settings, { source, id, attempt })
    })
}

function parseAttempt(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError('must be a whole number from 1')
  return Number(value)
}
