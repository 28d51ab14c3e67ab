/** Sends owed mail as long as the server runs. */
import type { Logger } from 'pino'
import { createSmtpSender } from '../adapters/mail/smtp-sender.js'
import { writeLetter } from '../adapters/mail/write-letter.js'
import { describeError } from '../adapters/telemetry/logger.js'
import { sendOwedMail } from '../application/mail/send-owed-mail.js'
import type { Service } from './compose.js'
import { keepDoing, type Run } from './keep-doing.js'

/** @returns undefined when no mail server is set */
export function startMailRun({ settings, issuing }: Service, logger: Logger): Run | undefined {
  const { smtpUrl: url, mailFrom: from, mailLanguage: language, issuerName } = settings
  if (url === undefined || from === undefined) return undefined
  const sender = createSmtpSender({ url, from })
  const parts = { ...issuing, issuerName, language, write: writeLetter, sender }
  const run = keepDoing(
    () => sendOwedMail(parts),
    (error) => logger.error(describeError(error), 'mail could not be looked for'),
  )
  return {
    stop: async () => {
      await run.stop()
      sender.close()
    },
  }
}
