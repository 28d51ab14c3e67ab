/** `imprimatur issuers …`: who issues here beside the programme itself. */
import type { Command } from 'commander'
import type { IssuerOptions } from '../actions/manage-issuers.js'

export function addIssuerCommands(program: Command): void {
  const issuers = program
    .command('issuers')
    .description('Manage who issues here; the programme itself is the issuer “default”')
  issuers
    .command('add')
    .argument(
      '<slug>',
      'its name in addresses, e.g. vista-unified; part of its identifier for ever',
    )
    .requiredOption('--name <name>', 'as it stands in badges')
    .option('--url <url>', 'its web site, https')
    .option('--description <text>', 'one sentence about it')
    .option('--email <address>', 'for questions about its badges')
    .description('Add an issuer; make its keys with: imprimatur keys create --issuer SLUG')
    .action(async (slug: string, options: IssuerOptions) => {
      const { addIssuer } = await import('../actions/manage-issuers.js')
      await addIssuer(slug, options)
    })
  issuers
    .command('forget-keys')
    .argument('<issuer>', 'identifier of another issuer, as it stands in its badges')
    .description('Let another issuer have new keys, once you made sure that they are its own')
    .action(async (issuer: string) => {
      const { forgetIssuerKeys } = await import('../actions/manage-issuers.js')
      await forgetIssuerKeys(issuer)
    })
  issuers
    .command('list')
    .description('Show the issuers')
    .action(async () => {
      const { showIssuers } = await import('../actions/manage-issuers.js')
      await showIssuers()
    })
}
