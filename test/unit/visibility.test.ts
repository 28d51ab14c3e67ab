import { describe, expect, it } from 'vitest'
import {
  type Consent,
  type CredentialContents,
  decideVisibility,
  toInitials,
} from '../../src/domain/visibility.js'

const NAME = 'Ana María López'
const INITIALS = 'A. M. L.'

const NAMES = ['shown', 'initials', 'hidden'] as const
const EVIDENCES = ['shown', 'hidden'] as const
const BOOLEANS = [true, false] as const

/** Every consent with every content: 3 × 2 × 2 × 2 × 2 = 48 cases. */
const MATRIX = NAMES.flatMap((name) =>
  EVIDENCES.flatMap((evidence) =>
    BOOLEANS.flatMap((listed) =>
      BOOLEANS.flatMap((hasName) =>
        BOOLEANS.map((hasEvidenceContent) => ({
          consent: { name, evidence, listed } satisfies Consent,
          hasName,
          hasEvidenceContent,
        })),
      ),
    ),
  ),
)

/** Written out by hand: consent to name, to evidence, name inside, content inside → served. */
const SERVED: Readonly<Record<string, boolean>> = {
  'shown shown name content': true,
  'shown shown name -': true,
  'shown shown - content': true,
  'shown shown - -': true,
  'shown hidden name content': false,
  'shown hidden name -': true,
  'shown hidden - content': false,
  'shown hidden - -': true,
  'initials shown name content': false,
  'initials shown name -': false,
  'initials shown - content': true,
  'initials shown - -': true,
  'initials hidden name content': false,
  'initials hidden name -': false,
  'initials hidden - content': false,
  'initials hidden - -': true,
  'hidden shown name content': false,
  'hidden shown name -': false,
  'hidden shown - content': true,
  'hidden shown - -': true,
  'hidden hidden name content': false,
  'hidden hidden name -': false,
  'hidden hidden - content': false,
  'hidden hidden - -': true,
}

/** Of these the page keeps even the rubric's levels: no evidence is shown, no document served. */
const FINDINGS_KEPT: readonly string[] = [
  'shown hidden name content',
  'shown hidden - content',
  'initials hidden name content',
  'initials hidden name -',
  'initials hidden - content',
  'hidden hidden name content',
  'hidden hidden name -',
  'hidden hidden - content',
]

const EARNER = { shown: NAME, initials: INITIALS, hidden: undefined } as const

describe('decideVisibility', () => {
  it('is asked about every combination', () => {
    expect(MATRIX).toHaveLength(48)
    expect(Object.keys(SERVED)).toHaveLength(24)
  })

  it.each(MATRIX)(
    'name $consent.name, evidence $consent.evidence, listed $consent.listed, name inside $hasName, content inside $hasEvidenceContent',
    ({ consent, hasName, hasEvidenceContent }) => {
      const contents: CredentialContents = {
        ...(hasName ? { name: NAME } : {}),
        hasEvidenceContent,
      }
      const decided = decideVisibility(consent, NAME, contents)
      const inside = `${hasName ? 'name' : '-'} ${hasEvidenceContent ? 'content' : '-'}`
      const row = `${consent.name} ${consent.evidence} ${inside}`
      expect(decided.credential).toBe(SERVED[row])
      expect(decided.results).toBe(!FINDINGS_KEPT.includes(row))
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
