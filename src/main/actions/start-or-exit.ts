/** Starting the server from a command. */
import type { Logger } from 'pino'
import { IssuerError } from '../../domain/issuer-error.js'
import type { Service } from '../compose.js'
import { type RunningServer, startServer } from '../server.js'
import { reportFailure } from '../terminal.js'

/**
 * Starts the server, or says in one sentence why it cannot and ends the process: the workers that
 * were started for it would keep it alive.
 */
export async function startOrExit(service: Service, logger: Logger): Promise<RunningServer> {
  try {
    return await startServer(service, logger)
  } catch (error) {
    process.exit(reportFailure(isListenError(error) ? cannotListen(service, error) : error))
  }
}

function isListenError(error: unknown): error is Error & { readonly syscall: string } {
  return (
    error instanceof Error &&
    'syscall' in error &&
    /^(listen|getaddrinfo)$/.test(String(error.syscall))
  )
}

function cannotListen({ settings }: Service, cause: Error): IssuerError {
  const { host, port } = settings
  const sentence = `HOST ${host} and PORT ${port} cannot be listened on (${cause.message}).`
  return new IssuerError('SETTING_INVALID', sentence, { cause })
}
