/** `imprimatur serve`: runs the service until SIGTERM or SIGINT. */
import type { Command } from 'commander'
import { createLogger } from '../../adapters/telemetry/logger.js'
import { readSettings } from '../../config/settings.js'
import { compose } from '../compose.js'
import { startOrExit } from './start.js'
import { say } from './terminal.js'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Serve badges, verification and the API')
    .action(async () => {
      const settings = readSettings()
      const logger = createLogger(settings.logLevel)
      const running = await startOrExit(await compose(settings), logger)
      say(`Serving ${settings.baseUrl} on ${running.address}`)
      const stop = async (signal: string) => {
        logger.info({ signal }, 'stopping')
        await running.stop()
      }
      process.once('SIGTERM', stop)
      process.once('SIGINT', stop)
    })
}
