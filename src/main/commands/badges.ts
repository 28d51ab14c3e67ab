/** `imprimatur badges …`: revoke, suspend, reinstate, correct and erase what was issued. */
import { type Command, InvalidArgumentError } from 'commander'
import { readSettings } from '../../config/settings.js'
import { STATUS_CHANGES, type StatusChange } from '../../domain/badge-status.js'
import type { CorrectOptions } from '../actions/correct-one.js'

type OneOptions = { readonly reason: string; readonly public?: boolean }
type ManyOptions = Partial<OneOptions> & { readonly change?: StatusChange }

const DESCRIPTIONS: Readonly<Record<StatusChange, string>> = {
  revoke: 'Take a badge back, for good',
  suspend: 'Take a badge back for the time being; only this service says so',
  reinstate: 'End a suspension',
}

export function addBadgeCommands(program: Command): void {
  const badges = program
    .command('badges')
    .description('Change the status of issued badges, correct one, or erase one')
  for (const change of STATUS_CHANGES) {
    badges
      .command(change)
      .argument('<code>', 'the badge’s code, in any spelling')
      .requiredOption('--reason <text>', 'why, in plain words, at most 500 characters')
      .option('--public', 'show the reason to everyone')
      .description(DESCRIPTIONS[change])
      .action(async (code: string, options: OneOptions) => {
        const settings = readSettings()
        const { changeOne } = await import('../actions/change-statuses.js')
        await changeOne(settings, code, { change, ...options })
      })
  }
  badges
    .command('correct')
    .argument('<code>', 'the badge’s code, in any spelling')
    .requiredOption('--reason <text>', 'why, in plain words, at most 500 characters')
    .option('--public', 'show the reason to everyone')
    .option('--name <name>', 'the earner’s name as it should be')
    .option('--email <address>', 'the earner’s address as it should be')
    .option('--file <file>', 'JSON with any of candidate, rubric, evidence, consent')
    .description('Issue a corrected badge in the place of one, which is revoked as replaced')
    .action(async (code: string, options: CorrectOptions) => {
      const settings = readSettings()
      const { correctOne } = await import('../actions/correct-one.js')
      await correctOne(settings, code, options)
    })
  badges
    .command('erase')
    .argument('<code>', 'the badge’s code, in any spelling')
    .description('Forget a badge and its earner, for good; its status is still told')
    .action(async (code: string) => {
      const settings = readSettings()
      const { eraseOne } = await import('../actions/erase-one.js')
      await eraseOne(settings, code)
    })
  badges
    .command('status')
    .argument('<file>', 'CSV with the header code,change,reason,public, or one code a line')
    .option('--change <change>', `for lines that name none: ${STATUS_CHANGES.join(', ')}`, toChange)
    .option('--reason <text>', 'for lines that give none')
    .option('--public', 'show the reasons to everyone, unless a line says otherwise')
    .description('Change many badges; one line of result for each')
    .action(async (file: string, options: ManyOptions) => {
      const settings = readSettings()
      const { changeMany } = await import('../actions/change-statuses.js')
      await changeMany(settings, file, options)
    })
}

function toChange(value: string): StatusChange {
  const change = STATUS_CHANGES.find((one) => one === value)
  if (change === undefined)
    throw new InvalidArgumentError(`must be one of ${STATUS_CHANGES.join(', ')}`)
  return change
}
