/** Logs: JSON lines on standard error. Nothing of a body, an address or a person is ever passed in. */
import { type Logger, pino } from 'pino'

/** Fields that are removed should one ever slip in. */
const NEVER = [
  'email',
  'name',
  'token',
  'authorization',
  'passphrase',
  'candidate',
  'body',
  'headers',
]

/** @param level a pino level or `silent` */
export function createLogger(level: string): Logger {
  const redact = { paths: NEVER.flatMap((name) => [name, `*.${name}`]), remove: true }
  return pino(
    { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  )
}

/** What a failure says in the log: class, message and stack, never the document at fault. */
export function describeError(error: unknown): { error: string; stack?: string; cause?: string } {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause instanceof Error ? error.cause.message : undefined
  return {
    error: `${error.name}: ${error.message}`,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(cause === undefined ? {} : { cause }),
  }
}
