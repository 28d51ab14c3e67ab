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

/**
 * What a failure says in the log: class and stack, and the message only of errors that are ours or the
 * system's. Messages of libraries quote the document at fault, and with it a person.
 */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error }
  const { cause } = error
  return {
    ...describeOne(error),
    ...(error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
    ...(cause instanceof Error ? { cause: describeOne(cause) } : {}),
  }
}

function describeOne(error: Error): Readonly<Record<string, unknown>> {
  const { code } = error as NodeJS.ErrnoException
  const isQuotable = error.name === 'IssuerError' || 'syscall' in error
  return {
    error: error.name,
    ...(isQuotable ? { message: error.message } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

/** The frames alone: the first line repeats the message. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}
