/** Whose badge it is, asked over HTTP: the verdicts, the page, and what is never repeated. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { verifyForm } from '../support/http-forms.js'
import { type BadgeAnswer, type HttpService, openWithBadge } from '../support/http-service.js'

let http: HttpService
let badge: BadgeAnswer
let stored: string

beforeAll(async () => {
  ;({ http, badge, stored } = await openWithBadge())
})
afterAll(() => http.close())

const ask = async (body: string, recipient: string) => {
  const headers = { 'Content-Type': 'application/json', Recipient: recipient }
  const answer = await http.send({ method: 'POST', path: '/api/v1/verify', headers, body })
  if (recipient.trim() !== '') expect(answer.text).not.toContain(recipient.trim())
  return answer.json() as unknown as VerificationReport
}
const rowOf = (report: VerificationReport) => report.checks.find(({ name }) => name === 'recipient')

describe('who earned it', () => {
  it('is confirmed for the file and for the address of the badge', async () => {
    for (const body of [stored, JSON.stringify({ url: badge.url })]) {
      for (const typed of ['ana@example.org', ' Ana@Example.org ']) {
        const report = await ask(body, typed)
        expect([report.verdict, report.badgeVerdict]).toEqual(['valid', 'valid'])
        expect(rowOf(report)).toMatchObject({ outcome: 'passed', problems: [] })
      }
    }
  })

  it('is denied of somebody else, while the badge stays genuine', async () => {
    const report = await ask(stored, 'eve@example.org')
    expect([report.verdict, report.badgeVerdict]).toEqual(['invalid', 'valid'])
    expect(
      report.checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
    ).toEqual(['recipient'])
    expect(rowOf(report)?.problems[0]?.code).toBe('recipient-mismatch')
  })

  it('is not said of a changed badge', async () => {
    const report = await ask(stored.replace('Empowering', 'Enpowering'), 'ana@example.org')
    expect([report.verdict, report.badgeVerdict, rowOf(report)?.outcome]).toEqual([
      'invalid',
      undefined,
      'skipped',
    ])
  })

  it('is not a question unless it is asked', async () => {
    const report = await ask(stored, ' ')
    expect([report.verdict, Object.hasOwn(report, 'badgeVerdict')]).toEqual(['valid', false])
  })
})

describe('the page', () => {
  const page = async (recipient: string) => {
    const answer = await http.send(verifyForm({ credential: stored, recipient }))
    expect([answer.status, answer.text.includes(recipient)]).toEqual([200, false])
    return answer.text
  }

  it('says that a genuine badge is not theirs', async () => {
    const html = await page('eve@example.org')
    expect(html).toContain('<title>Genuine, but not theirs: result of the check')
    expect(html).toContain('This badge is genuine, but it is not this person’s.')
    expect(html).toContain('What the badge says')
  })

  it('says that it belongs to the person', async () => {
    const html = await page('ana@example.org')
    expect(html).toContain('<title>Valid: result of the check')
    expect(html).toContain('It belongs to the person you asked about.')
  })

  it('says when that could not be told', async () => {
    const html = await page('staff-4711')
    expect(html).toContain(
      'This badge is genuine, but whether it is this person’s could not be told.',
    )
  })
})
