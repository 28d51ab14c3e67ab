import { describe, expect, it } from 'vitest'
import { type Consent, decideVisibility, toInitials } from '../../src/domain/visibility.js'

const NAME = 'Ana María López'
const INITIALS = 'A. M. L.'

const NAMES = ['shown', 'initials', 'hidden'] as const
const EVIDENCES = ['shown', 'hidden'] as const
const BOOLEANS = [true, false] as const

/** Every consent with every content: 3 × 2 × 2 × 2 = 24 cases. */
const MATRIX = NAMES.flatMap((name) =>
  EVIDENCES.flatMap((evidence) =>
    BOOLEANS.flatMap((listed) =>
      BOOLEANS.map((holdsEvidence) => ({
        consent: { name, evidence, listed } satisfies Consent,
        holdsEvidence,
      })),
    ),
  ),
)

/** Written out by hand: consent to name, to evidence, content inside → document served, findings shown. */
const SERVED: Readonly<Record<string, readonly [document: boolean, findings: boolean]>> = {
  'shown shown content': [true, true],
  'shown shown -': [true, true],
  'shown hidden content': [false, false],
  'shown hidden -': [true, true],
  'initials shown content': [false, true],
  'initials shown -': [false, true],
  'initials hidden content': [false, false],
  'initials hidden -': [false, false],
  'hidden shown content': [false, true],
  'hidden shown -': [false, true],
  'hidden hidden content': [false, false],
  'hidden hidden -': [false, false],
}

const EARNER = { shown: NAME, initials: INITIALS, hidden: undefined } as const

describe('decideVisibility', () => {
  it('is asked about every combination', () => {
    expect(MATRIX).toHaveLength(24)
    expect(Object.keys(SERVED)).toHaveLength(12)
  })

  it.each(MATRIX)(
    'name $consent.name, evidence $consent.evidence, listed $consent.listed, content inside $holdsEvidence',
    ({ consent, holdsEvidence }) => {
      const decided = decideVisibility(consent, NAME, holdsEvidence)
      const row = `${consent.name} ${consent.evidence} ${holdsEvidence ? 'content' : '-'}`
      expect([decided.credential, decided.results]).toEqual(SERVED[row])
      expect(decided.earner).toBe(EARNER[consent.name])
      expect('earner' in decided).toBe(consent.name !== 'hidden')
      expect(decided.evidence).toBe(consent.evidence === 'shown')
      expect(decided.indexed).toBe(consent.listed)
    },
  )
})

describe('toInitials', () => {
  it.each([
    ['Ana María López', 'A. M. L.'],
    ['  ana   maria ', 'A. M.'],
    ['Ægir Øre', 'Æ. Ø.'],
    ['李 小龙', '李. 小.'],
    ['𝒜da', '𝒜.'],
    ['ﬁona', 'FI.'],
    ['', ''],
    ['   ', ''],
  ])('%j → %j', (name, initials) => {
    expect(toInitials(name)).toBe(initials)
  })
})
