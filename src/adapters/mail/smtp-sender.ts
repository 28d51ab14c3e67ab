/** Sends letters over SMTP; every wait has an end, and what went wrong is said without an address. */
import { createTransport } from 'nodemailer'
import type { Letter, MailSender, SendOutcome } from '../../application/ports/mail.js'

export type SmtpOptions = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly url: string
  /** As it stands in the header: an address, or a name and an address. */
  readonly from: string
  /** How long an answer may take, milliseconds; 15 s unless told. */
  readonly waitMs?: number
}

const WAIT_MS = 15_000
/** A server that says something now and then could hold an attempt for ever. */
const DEADLINE_WAITS = 4
const MAX_WHY_CHARS = 200

/** Passwords and letters go over TLS, except to this machine. */
export function createSmtpSender({ url, from, waitMs = WAIT_MS }: SmtpOptions): MailSender {
  const { hostname } = new URL(url)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const transport = createTransport({
    url,
    requireTLS: !isLocal && url.startsWith('smtp:'),
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (letter) => {
      try {
        await within(waitMs * DEADLINE_WAITS, transport.sendMail(toMessage(letter, from)))
        return { kind: 'accepted' }
      } catch (error) {
        return toOutcome(error)
      }
    },
    close: () => transport.close(),
  }
}

function toMessage({ messageId, to, subject, text, html }: Letter, from: string) {
  return {
    from,
    // As an object, so that no sign in it is read as a second address.
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** A server's 5xx to the recipient or the letter is its last word; everything else may change. */
function toOutcome(error: unknown): SendOutcome {
  const { code, command, responseCode, response } = error as Readonly<Record<string, unknown>>
  const isFinal =
    typeof responseCode === 'number' &&
    responseCode >= 500 &&
    (command === 'RCPT TO' || command === 'DATA')
  const said = typeof response === 'string' ? response : String(code ?? 'no answer')
  return { kind: isFinal ? 'refused' : 'failed', why: withoutAddresses(said) }
}

function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>]+@[^\s<>]+/g, '…').slice(0, MAX_WHY_CHARS)
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject({ code: 'took too long' }), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
