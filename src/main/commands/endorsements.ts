/** `imprimatur endorsements …`: what one issuer says of another's work. */
import type { Command } from 'commander'
import { readSettings } from '../../config/settings.js'
import { MAX_COMMENT_CHARS } from '../../domain/endorsement-credential.js'
import type { EndorseOptions } from '../actions/endorse.js'

export function addEndorsementCommands(program: Command): void {
  const endorsements = program
    .command('endorsements')
    .description('Sign what one issuer says of another’s achievement, badge or profile')
  endorsements
    .command('add')
    .requiredOption('--issuer <slug>', 'who endorses; its key signs')
    .option('--achievement <slug>', 'the newest version, or a certain one: slug/version')
    .option('--badge <code>', 'a badge, by its code in any spelling')
    .option('--profile <slug>', 'an issuer; the programme itself is “default”')
    .option('--comment <text>', `plain text or Markdown, at most ${MAX_COMMENT_CHARS} characters`)
    .option('--comment-file <file>', 'the same, from a UTF-8 file')
    .description('Endorse; badges issued from then on carry it')
    .action(async (options: EndorseOptions) => {
      const settings = readSettings()
      const { endorse } = await import('../actions/endorse.js')
      await endorse(settings, options)
    })
  endorsements
    .command('list')
    .description('Show the endorsements, oldest first')
    .action(async () => {
      const settings = readSettings()
      const { showEndorsements } = await import('../actions/endorse.js')
      await showEndorsements(settings)
    })
}
