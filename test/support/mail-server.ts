/** A real SMTP server on the loopback address that takes mail, refuses it, stalls or dies. */
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** What it does with the next letter. */
export type Manner = 'takes' | 'refuses' | 'is-busy' | 'stalls' | 'dies'

export type MailServer = {
  readonly url: string
  /** Letters that it took, in order. */
  readonly letters: Email[]
  manner: Manner
  /** Resolves with the first letter to somebody beyond the first `skip`, which came or will come. */
  letterTo(address: string, skip?: number): Promise<Email>
  close(): Promise<void>
}

const ANSWERS = { refuses: 550, 'is-busy': 451 } as const

export async function openMailServer(): Promise<MailServer> {
  const letters: Email[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    // Stalled connections are cut when the test ends.
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => {
      const { manner } = opened
      if (manner !== 'refuses' && manner !== 'is-busy') return callback()
      const refusal = new Error(`no mailbox ${address} here`)
      callback(Object.assign(refusal, { responseCode: ANSWERS[manner] }))
    },
    onData: (stream, _session, callback) => {
      const { manner } = opened
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (manner === 'stalls') return
        letters.push(await PostalMime.parse(Buffer.concat(chunks)))
        // It has the letter, and nobody learns of it.
        if (manner === 'dies') for (const one of server.connections) one.close()
        else callback()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const opened: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    manner: 'takes',
    letterTo: async (address, skip = 0) => {
      for (let tries = 0; tries < 300; tries += 1) {
        const found = letters.filter(({ to }) => to?.some((one) => one.address === address))[skip]
        if (found !== undefined) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`no letter to ${address} came`)
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return opened
}

/** The address in a letter, which stands alone on its line. */
export function linkIn({ text = '' }: Email): string {
  const link = /^https?:\/\/\S+$/m.exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in: ${text}`)
  return link
}
