/** Passes over one input: what an earlier one read, the next one does not read again. */
import { expect, it } from 'vitest'
import { qrPng } from '../../src/adapters/images/qr-code.js'
import { NO_RECORDS } from '../../src/application/own-records.js'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import { judge } from '../../src/application/verification/judge.js'
import { createDocumentVerifier } from '../../src/application/verify-with-documents.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { foreignBadge, linkingPage } from '../support/foreign-site.js'
import { frozenClock } from '../support/service.js'

const PAGE = 'https://elsewhere.example.org/page'
const BADGE = 'https://elsewhere.example.org/badge'

/** Verifies with these documents at hand, and tells how many bytes each reading was given. */
async function verifyCounting(input: Uint8Array, documents: ReadonlyMap<string, string>) {
  const parts = await composeVerifying({ clock: frozenClock, records: NO_RECORDS })
  const readings: number[] = []
  const rounds: string[][] = []
  const inputReader: typeof parts.inputReader = {
    read: (bytes, from) => {
      readings.push(bytes.length)
      return parts.inputReader.read(bytes, from)
    },
  }
  const verifier = createDocumentVerifier(
    async (...args) => {
      const pass = await judge({ ...parts, inputReader }, ...args)
      rounds.push(pass.wanted.map(({ url }) => url))
      // A pass runs in a worker: only what can be cloned comes back.
      return structuredClone(pass)
    },
    async ({ url }) => answerOf(url, documents.get(url)),
    () => 0,
  )
  const { report } = await verifier.verify(input)
  return { report, readings, rounds }
}

function answerOf(url: string, content: string | undefined): OutboundAnswer {
  if (content === undefined) return { kind: 'fault', fault: 'http-status', sentence: 'Not there.' }
  const mediaType = content.startsWith('<') ? 'text/html' : 'application/vc'
  return { kind: 'document', url, mediaType, bytes: Buffer.from(content) }
}

it('reads a QR code, a page and a badge once each, however many passes it takes', async () => {
  const picture = qrPng(PAGE)
  const [page, badge] = [linkingPage(BADGE), await foreignBadge()]
  const documents = new Map([
    [PAGE, page],
    [BADGE, badge],
  ])
  const { report, readings, rounds } = await verifyCounting(picture, documents)
  expect([report.verdict, report.input]).toEqual(['valid', ['qr', 'html', 'json']])
  expect(rounds).toEqual([[PAGE], [BADGE], []])
  expect(readings).toEqual([picture.length, page.length, badge.length])
})

it('goes round in a circle no further than four steps', async () => {
  const { report, readings } = await verifyCounting(
    Buffer.from(PAGE),
    new Map([[PAGE, linkingPage(PAGE)]]),
  )
  expect([report.verdict, report.input]).toEqual(['unknown', ['url', 'html', 'html', 'html']])
  expect(readings).toHaveLength(4)
})
