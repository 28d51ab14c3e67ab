/** What a verification worker judges before anyone asks: it runs in, and shows that it can judge. */
import { NO_RECORDS } from '../application/own-records.js'
import { judge } from '../application/verification/judge.js'
import type { VerifyingParts } from '../application/verification/verifying-parts.js'

/** The first judgement takes ten times as long as a later one. */
const ROUNDS = 8

/** Signed once by a key that nobody has. */
const KNOWN_BADGE = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ],
  id: 'urn:uuid:7c9f2f5e-3d0c-4d6a-9f43-2f1c7f0c8a11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: {
    id: 'did:key:z6MkfpRBurPph7XXSwQnFKWRoLMJaS434YFmnHKZWCETCqHp',
    type: ['Profile'],
    name: 'Nobody',
  },
  validFrom: '2026-01-01T00:00:00Z',
  name: 'Nothing at all',
  credentialSubject: {
    type: ['AchievementSubject'],
    identifier: [
      {
        type: 'IdentityObject',
        hashed: false,
        identityHash: 'nobody@example.invalid',
        identityType: 'emailAddress',
      },
    ],
    achievement: {
      id: 'urn:uuid:0b0b7d1a-92c3-4cbb-8f6e-5a0a2b1f9c22',
      type: ['Achievement'],
      name: 'Nothing at all',
      description: 'What a worker reads before anyone asks.',
      criteria: {
        narrative: 'None.',
      },
      alignment: [
        {
          type: ['Alignment'],
          targetName: 'Nothing',
          targetUrl: 'https://example.invalid/nothing',
        },
      ],
    },
  },
  proof: {
    type: 'DataIntegrityProof',
    created: '2026-01-01T00:00:00Z',
    verificationMethod:
      'did:key:z6MkfpRBurPph7XXSwQnFKWRoLMJaS434YFmnHKZWCETCqHp#z6MkfpRBurPph7XXSwQnFKWRoLMJaS434YFmnHKZWCETCqHp',
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    proofValue:
      'zyuJJestdZ7Jucse7pYbeQpEBSmTY3LsSr1vdPSXnNBxvjPXibryg8uMRMZb5fiUvoWMZqMBWGEDTgsr4mHiXvkP',
  },
} as const

/**
 * Judges a badge whose proof is known to hold, several times.
 * @throws Error when the proof is not found to hold: such a worker must not judge anything
 */
export async function warmUp(parts: VerifyingParts): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(KNOWN_BADGE))
  for (let round = 0; round < ROUNDS; round += 1) {
    const { result } = await judge({ ...parts, records: NO_RECORDS }, bytes, {}, new Map())
    const proof = result.report.checks.find(({ name }) => name === 'proof')
    if (proof?.outcome !== 'passed')
      throw new Error('a proof that is known to hold was not found to hold')
  }
}
