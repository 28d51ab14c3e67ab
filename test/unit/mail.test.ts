/** When mail is tried again, and what our letters say. */
import { describe, expect, it } from 'vitest'
import { writeLetter } from '../../src/adapters/mail/write-letter.js'
import { nextAttempt } from '../../src/domain/mail-schedule.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

describe('nextAttempt', () => {
  it('waits twice as long each time, two hours at most, for as long as there is use for it', () => {
    const pauses: number[] = []
    let now = 0
    for (let attempts = 1; ; attempts += 1) {
      const next = nextAttempt(attempts, now, DAY_MS)
      if (next === undefined) break
      pauses.push((next - now) / MINUTE_MS)
      now = next
    }
    expect(pauses.slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 120, 120])
    expect(pauses.length).toBe(17)
    expect(now).toBeLessThanOrEqual(DAY_MS)
  })

  it('tries at the very end still, and not after it', () => {
    expect(nextAttempt(1, 0, MINUTE_MS)).toBe(MINUTE_MS)
    expect(nextAttempt(1, 1, MINUTE_MS)).toBeUndefined()
  })
})

describe('a letter', () => {
  const facts = {
    kind: 'invitation',
    link: 'https://badges.example.org/staff/sign-in/abc',
    issuerName: 'Books & <Friends>\r\nBcc: x@example.org',
    badgeName: 'Makers\r\nBcc: y@example.org',
  } as const

  it.each(['en', 'es'] as const)('in %s holds its link on a line of its own', (language) => {
    for (const kind of ['sign-in', 'invitation', 'badge', 'claim-link'] as const) {
      const { text, html, subject } = writeLetter({ ...facts, kind }, language)
      expect(text.split('\n').filter((line) => line === facts.link)).toHaveLength(1)
      expect(html).toContain(`<html lang="${language}">`)
      expect(html).toContain(`href="${facts.link}"`)
      expect(subject).not.toMatch(/[\r\n]/)
      expect(html).not.toMatch(/<script|<img|<Friends>/i)
    }
  })

  it('says the same in other words in each language', () => {
    const [en, es] = [writeLetter(facts, 'en'), writeLetter(facts, 'es')]
    expect(en.subject).not.toBe(es.subject)
    expect(es.text).toContain('Este enlace sirve una sola vez, durante tres días.')
  })
})
