/** `imprimatur staff …`: who works at the desk. */
import type { Command } from 'commander'
import { ROLES } from '../../domain/staff.js'

const loadActions = () => import('../actions/manage-staff.js')

export function addStaffCommands(program: Command): void {
  const staff = program.command('staff').description('Let people work at the desk')
  staff
    .command('invite')
    .argument('<email>', 'their e-mail address')
    .requiredOption('--role <role>', `what they may do: ${ROLES.join(', ')}`)
    .option('--district <slug>', 'the only district they see, for the role district')
    .description('Let somebody in; prints the link that they sign in with')
    .action(async (email: string, { role, district }: { role: string; district?: string }) =>
      (await loadActions()).invite({ email, role, district }),
    )
  staff
    .command('link')
    .argument('<email>', 'their e-mail address')
    .description('Print a new link for somebody who works at the desk')
    .action(async (email: string) => (await loadActions()).renewLink(email))
  staff
    .command('end')
    .argument('<email>', 'their e-mail address')
    .description('End somebody’s access; they are signed out everywhere')
    .action(async (email: string) => (await loadActions()).end(email))
  staff
    .command('list')
    .description('Show who works at the desk')
    .action(async () => (await loadActions()).showStaff())
}
