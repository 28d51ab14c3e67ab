/** `imprimatur serve`: runs the service until SIGTERM or SIGINT. */
import type { Command } from 'commander'
import { readSettings } from '../../config/settings.js'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Serve badges, verification and the API')
    .action(async () => {
      const settings = readSettings()
      const { serve } = await import('../actions/serve.js')
      await serve(settings)
    })
}
