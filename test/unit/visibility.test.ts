import { describe, expect, it } from 'vitest'
import {
  type Claim,
  type Consent,
  decideVisibility,
  toInitials,
} from '../../src/domain/visibility.js'

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
      const open = holdsEvidence ? [0, 2] : []
      const about = { earnerName: NAME, open, mayShow: [1] }
      const decided = decideVisibility(consent, undefined, about)
      const row = `${consent.name} ${consent.evidence} ${holdsEvidence ? 'content' : '-'}`
      expect([decided.credential, decided.results]).toEqual(SERVED[row])
      expect(decided.earner).toBe(EARNER[consent.name])
      expect('earner' in decided).toBe(consent.name !== 'hidden')
      expect(decided.evidence).toEqual(consent.evidence === 'shown' ? open : undefined)
      expect(decided.previewEarner).toBe(decided.earner)
      expect(decided.indexed).toBe(consent.listed)
    },
  )
})

describe('a claim', () => {
  /** Consent to everything: after the claim nothing of it counts. */
  const consent: Consent = { name: 'shown', evidence: 'shown', listed: true }
  const about = { earnerName: NAME, open: [0], mayShow: [1] }
  const claim = (changed: Partial<Claim>): Claim => ({
    name: 'hidden',
    evidence: [],
    listed: false,
    preview: 'plain',
    ...changed,
  })

  it('takes the place of the consent', () => {
    expect(decideVisibility(consent, claim({}), about)).toEqual({
      results: false,
      credential: false,
      indexed: false,
    })
  })

  it.each([
    [[0], [0], true],
    [[1], [1], false],
    [[0, 1], [0, 1], true],
    [[0, 2], [0], true],
    [[2], undefined, false],
    [[], undefined, false],
  ])('for the items %j shows %j, and the document: %s', (evidence, shown, document) => {
    const decided = decideVisibility(consent, claim({ name: 'shown', evidence }), about)
    expect([decided.evidence, decided.credential]).toEqual([shown, document])
  })

  it.each([
    ['shown', 'named', NAME],
    ['shown', 'plain', undefined],
    ['initials', 'named', INITIALS],
    ['initials', 'plain', undefined],
    ['hidden', 'named', undefined],
  ] as const)(
    'with the name %s and a preview that is %s calls her %s there',
    (name, preview, said) => {
      const decided = decideVisibility(consent, claim({ name, preview }), about)
      expect(decided.previewEarner).toBe(said)
      expect(decided.earner).toBe(EARNER[name])
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
