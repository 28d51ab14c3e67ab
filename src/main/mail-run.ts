/** Sends owed mail as long as the server runs: looks every second, and ends what it began before it stops. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createSmtpSender } from '../adapters/mail/smtp-sender.js'
import { writeLetter } from '../adapters/mail/write-letter.js'
import { describeError } from '../adapters/telemetry/logger.js'
import { sendOwedMail } from '../application/mail/send-owed-mail.js'
import type { Service } from './compose.js'

const PAUSE_MS = 1000
/** An attempt that takes longer is left: it is made again at the next start, as the same mail. */
const STOP_MS = 5000

export type MailRun = { stop(): Promise<void> }

/** @returns undefined when no mail server is set */
export function startMailRun({ settings, issuing }: Service, logger: Logger): MailRun | undefined {
  const { smtpUrl: url, mailFrom: from, mailLanguage: language, issuerName } = settings
  if (url === undefined || from === undefined) return undefined
  const sender = createSmtpSender({ url, from })
  const parts = { ...issuing, issuerName, language, write: writeLetter, sender }
  const stopping = new AbortController()
  const run = (async () => {
    while (!stopping.signal.aborted) {
      const tried = await sendOwedMail(parts).catch((error: unknown) => {
        logger.error(describeError(error), 'mail could not be looked for')
        return 0
      })
      if (tried === 0) await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await Promise.race([run, sleep(STOP_MS, undefined, { ref: false })])
      sender.close()
    },
  }
}
