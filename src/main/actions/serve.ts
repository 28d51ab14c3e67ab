/** Runs the service until SIGTERM or SIGINT. */
import { createLogger } from '../../adapters/telemetry/logger.js'
import type { Settings } from '../../config/settings.js'
import { compose } from '../compose.js'
import { say } from '../terminal.js'
import { startOrExit } from './start-or-exit.js'

export async function serve(settings: Settings): Promise<void> {
  const logger = createLogger(settings.logLevel)
  const running = await startOrExit(await compose(settings), logger)
  say(`Serving ${settings.baseUrl} on ${running.address}`)
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping')
    await running.stop()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
