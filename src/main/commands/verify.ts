/** `imprimatur verify`: the verdict on any badge, as text or as JSON. */
import type { Command } from 'commander'
import { readSettings } from '../../config/settings.js'
import type { VerifyOneOptions } from '../actions/verify-one.js'
import { reportFailure } from '../terminal.js'

/** Neither *valid* (0) nor *not valid* (1): a script must never take a mistake for a verdict. */
const NO_VERDICT = 2

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .argument(
      '<badge>',
      'a file in any form that badges have, a web address, or - for standard input',
    )
    .option('--json', 'print the report as JSON')
    .option('--recipient <who>', 'whose it should be: an e-mail address, DID or other identifier')
    .description('Check a badge; exit code 0: valid, 1: not valid, 2: could not be checked now')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : NO_VERDICT))
    .action(async (badge: string, options: VerifyOneOptions) => {
      try {
        const settings = readSettings()
        const { verifyOne } = await import('../actions/verify-one.js')
        process.exitCode = await verifyOne(settings, badge, options)
      } catch (error) {
        const code = reportFailure(error)
        process.exitCode = code === 1 ? NO_VERDICT : code
      }
    })
}
