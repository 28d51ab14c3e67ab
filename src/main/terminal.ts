/** What commands say to a person at a terminal. */
import { IssuerError } from '../domain/issuer-error.js'

/** Results go to standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Faults and progress go to standard error. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One sentence for a fault that can be mended, the stack for a bug. Returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof IssuerError) {
    warn(`imprimatur: ${error.message}`)
    warnOtherFaults(error)
    return 1
  }
  if (isSystemError(error)) {
    warn(`imprimatur: ${error.message}.`)
    return 1
  }
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 70
}

/** The message names the first fault; the others stand below it, one to a line. */
export function warnOtherFaults(error: IssuerError): void {
  for (const fault of error.faults.slice(1)) warn(`  ${fault.pointer || '/'} ${fault.detail}`)
}

/** What the operating system refuses: a path, an address, a full disk. Its message says which. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
