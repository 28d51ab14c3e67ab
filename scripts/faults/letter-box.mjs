/** A real SMTP server on the loopback address that takes every letter and notes to whom and which. */
import { SMTPServer } from 'smtp-server'

/** @returns `url`, `letters` (`to` and `messageId` of each, as they came) and `close()` */
export async function openLetterBox() {
  const letters = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onData: (stream, { envelope }, callback) => {
      const chunks = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        const [, messageId] =
          /^message-id: <([^>]+)>/im.exec(Buffer.concat(chunks).toString()) ?? []
        for (const { address } of envelope.rcptTo) letters.push({ to: address, messageId })
        callback()
      })
    },
  })
  server.on('error', () => {})
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    letters,
    close: () => server.close(() => {}),
  }
}
