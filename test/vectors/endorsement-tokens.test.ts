/** Endorsements in compact form (OB 3.0 sections 8.2 and 9.2), as text and in envelopes: honest and hostile ones. */
import { expect, it } from 'vitest'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import { judge } from '../../src/application/verification/judge.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument, endorsementDocument } from '../support/badge-documents.js'
import {
  badgeWith,
  ENDORSEMENT_LIST,
  ENDORSER,
  endorsementToken,
  envelopeOf,
  judgeBadge,
} from '../support/endorsement-tokens.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import { frozenClock, NOW } from '../support/service.js'
import { prove, secure } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import { base64url, SIGNERS, STRANGERS, TOKEN_ALGS, tokenOf } from '../support/tokens.js'

const HOLDS = 'It was signed by whom it names and has not changed since.'
const ABOUT = 'https://badges.example.org/achievements/sample/1'
const rowOf = ({ checks }: VerificationReport) =>
  checks.find(({ name }) => name === 'endorsements')?.outcome

const FORMS: readonly [string, (token: string) => Readonly<Record<string, JsonValue>>, string][] = [
  ['text', (token) => ({ endorsementJwt: [token] }), '/endorsementJwt/0'],
  ['an envelope', (token) => ({ endorsement: [envelopeOf(token)] }), '/endorsement/0'],
]
const CASES = TOKEN_ALGS.flatMap((alg) =>
  FORMS.map(([form, put, pointer]) => ({ alg, form, put, pointer })),
)

it.each(CASES)('a token by $alg in $form is verified', async ({ alg, put, pointer }) => {
  const report = await judgeBadge(await badgeWith(put(endorsementToken(alg))))
  expect([report.verdict, rowOf(report)]).toEqual(['valid', 'passed'])
  expect(report.endorsements).toEqual([
    {
      pointer,
      id: 'https://badges.example.org/endorsements/1',
      issuerId: ENDORSER,
      issuerName: 'Endorser',
      subjectId: ABOUT,
      outcome: 'passed',
      sentence: HOLDS,
      problems: [],
    },
  ])
})

it('each form stands beside the others, and on achievement and issuer too', async () => {
  const token = endorsementToken('ES256')
  const embedded = await secure(endorsementDocument(STRANGER.method.controller), [STRANGER])
  const { credentialSubject, issuer } = await badgeWith({})
  const subject = credentialSubject as { achievement: JsonObject }
  const ofIssuer = endorsementToken('EdDSA', {
    credentialSubject: { id: (issuer as JsonObject)['id'] ?? '', type: ['EndorsementSubject'] },
  })
  const badge = await badgeWith({
    credentialSubject: {
      ...subject,
      achievement: { ...subject.achievement, endorsement: [embedded, envelopeOf(token)] },
    },
    issuer: { ...(issuer as JsonObject), endorsementJwt: [ofIssuer] },
  })
  const report = await judgeBadge(badge)
  const { verdict, endorsements = [] } = report
  expect([verdict, rowOf(report)]).toEqual(['valid', 'passed'])
  expect(endorsements.map(({ pointer, outcome }) => [pointer, outcome]).sort()).toEqual([
    ['/credentialSubject/achievement/endorsement/0', 'passed'],
    ['/credentialSubject/achievement/endorsement/1', 'passed'],
    ['/issuer/endorsementJwt/0', 'passed'],
  ])
})

const forged = (token: string) => {
  const [header, payload = '', signature] = token.split('.')
  const other = Buffer.from(payload, 'base64url').toString().replace('Worth', 'Xorth')
  return [header, base64url(other), signature].join('.')
}
const withStatus = () =>
  endorsementToken('ES256', {
    credentialStatus: {
      id: `${ENDORSEMENT_LIST}#7`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: ENDORSEMENT_LIST,
    },
  })
const none = () => {
  const [, payload] = endorsementToken('ES256').split('.')
  return `${base64url('{"alg":"none"}')}.${payload}.AA`
}
const asBadge = () => {
  const { credentialStatus: _status, ...badge } = badgeDocument({ issuer: ENDORSER })
  return endorsementToken('ES256', { ...badge, '@context': badge['@context'] ?? [] })
}

const HOSTILE: readonly [string, () => string | Promise<string>, readonly string[]][] = [
  [
    'with other words than were signed',
    () => forged(endorsementToken('ES256')),
    ['signature-mismatch'],
  ],
  [
    'about something else',
    () => endorsementToken('ES256', { credentialSubject: aboutOther }),
    ['endorses-another'],
  ],
  [
    'by somebody else under the key of the endorser',
    () => endorsementToken('ES256', {}, STRANGERS.ES256),
    ['signature-mismatch'],
  ],
  [
    'by a key that carries itself',
    () => {
      const { publicKeyJwk: jwk } = STRANGERS.ES256
      return tokenOf(STRANGERS.ES256, { typ: 'JWT', jwk }, payloadOf(endorsementToken('ES256')))
    },
    ['issuer-key-mismatch', 'proof-not-checked'],
  ],
  [
    'that has expired',
    () => endorsementToken('ES256', { validUntil: '2025-06-01T00:00:00Z' }),
    ['expired'],
  ],
  [
    'of the future',
    () => endorsementToken('ES256', { validFrom: '2099-01-01T00:00:00Z' }),
    ['not-yet-valid'],
  ],
  ['that was revoked', withStatus, ['revoked']],
  ['with the algorithm none', none, ['token-algorithm', 'token-key']],
  ['that is no credential', () => 'e30.e30.AA', ['context-not-allowed']],
  ['that is no JSON', () => 'AAAA.AAAA.AAAA', ['not-json']],
  ['that is a badge', asBadge, ['type']],
  [
    'whose claims say otherwise',
    () => {
      const payload = payloadOf(endorsementToken('ES256'))
      const iss = 'did:web:other.example.org'
      return tokenOf(SIGNERS.ES256, { typ: 'JWT', kid: `${ENDORSER}#ES256` }, { ...payload, iss })
    },
    ['claim-mismatch'],
  ],
  [
    'with the proof of somebody else in it',
    async () => {
      const document = endorsementDocument(ENDORSER)
      return endorsementToken('ES256', {
        proof: await prove(document, 'eddsa-rdfc-2022', STRANGER),
      })
    },
    ['issuer-key-mismatch'],
  ],
]
const REVOKED = {
  kind: 'found',
  credentialId: 'https://badges.example.org/endorsements/1',
  issuer: ENDORSER,
  state: 'revoked',
} as const
const aboutOther = { id: 'https://elsewhere.example.org/a', type: ['EndorsementSubject'] }

function payloadOf(token: string): JsonObject {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JsonObject
}

it.each(
  HOSTILE.flatMap(([what, make, codes]) =>
    FORMS.map(([form, put, pointer]) => ({ what, make, codes, form, put, pointer })),
  ),
)('one $what, in $form, is not verified; the badge is', async ({ make, codes, put, pointer }) => {
  const report = await judgeBadge(
    await badgeWith(put(await make())),
    codes.includes('revoked') ? { status: REVOKED } : {},
  )
  expect([report.verdict, rowOf(report)]).toEqual(['valid', 'failed'])
  const [finding] = report.endorsements ?? []
  expect(finding?.outcome).toBe('failed')
  expect(finding?.sentence).toMatch(/^Endorsement not verified: \S/)
  expect(finding?.problems.map(({ code }) => code)).toEqual(codes)
  expect(new Set(finding?.problems.map((one) => one.pointer))).toEqual(new Set([pointer]))
})

it('the badge does not vouch for it: a changed token breaks the badge’s own signature', async () => {
  const badge = await badgeWith({ endorsementJwt: [endorsementToken('ES256')] })
  const changed = { ...badge, endorsementJwt: [endorsementToken('EdDSA')] }
  const report = await judgeBadge(changed)
  // Nobody is asked about those who endorse a badge that does not hold itself.
  expect([report.verdict, rowOf(report)]).toEqual(['invalid', 'unknown'])
  const enveloped = await badgeWith({ endorsement: [envelopeOf(endorsementToken('ES256'))] })
  const other = { ...enveloped, endorsement: [envelopeOf(endorsementToken('EdDSA'))] }
  expect((await judgeBadge(other)).verdict).toBe('invalid')
})

it('could not be checked when the keys of the endorser are not at hand', async () => {
  const badge = await badgeWith({ endorsementJwt: [endorsementToken('RS256')] })
  const report = await judgeBadge(badge, { documents: {} })
  expect([report.verdict, rowOf(report)]).toEqual(['valid', 'unknown'])
  expect(report.endorsements?.[0]).toMatchObject({ issuerId: ENDORSER, outcome: 'unknown' })
})

it('the badge’s own documents are asked for first, however many endorsers there are', async () => {
  const tokens = Array.from({ length: 12 }, (_, place) =>
    endorsementToken('ES256', { id: `https://badges.example.org/endorsements/${place}` }),
  )
  const list = 'https://lists.example.org/status/1'
  const credentialStatus = {
    id: `${list}#43`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '43',
    statusListCredential: list,
  }
  const badge = await badgeWith({ endorsementJwt: tokens, credentialStatus })
  const parts = await composeVerifying({ clock: frozenClock, records: NO_RECORDS })
  const bytes = new TextEncoder().encode(JSON.stringify(badge))
  const first = await judge(parts, bytes, {}, new Map())
  expect(first.wanted).toEqual([{ url: list, purpose: 'status' }])
  const answers = new Map([[list, NO_NETWORK]])
  const second = await judge(parts, bytes, {}, answers)
  expect(second.wanted.map(({ purpose }) => purpose)).toEqual(['keys'])
})

it('the keys of the endorser are asked for, as those of any issuer', async () => {
  const badge = await badgeWith({ endorsementJwt: [endorsementToken('ES256')] })
  const parts = await composeVerifying({ clock: frozenClock, records: NO_RECORDS })
  const bytes = new TextEncoder().encode(JSON.stringify(badge))
  const url = 'https://endorser.example.org/.well-known/did.json'
  expect((await judge(parts, bytes, {}, new Map())).wanted).toEqual([{ url, purpose: 'keys' }])
})

it('could not be checked by another algorithm, in the older model, or in another envelope', async () => {
  const payload = payloadOf(endorsementToken('ES256'))
  const { '@context': _contexts, ...others } = endorsementDocument(ENDORSER)
  const older = [
    'https://www.w3.org/2018/credentials/v1',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ]
  const v1 = { ...others, '@context': older, issuanceDate: '2025-01-05T09:00:00Z' }
  const badge = await badgeWith({
    endorsementJwt: [
      tokenOf(SIGNERS.ES256, { alg: 'ES384', kid: `${ENDORSER}#ES256` }, payload),
      endorsementToken('ES256', v1),
    ],
    endorsement: [envelopeOf('', { id: 'data:application/vc+sd-jwt,e30.e30.AA~' })],
  })
  const { verdict, endorsements = [] } = await judgeBadge(badge)
  expect(verdict).toBe('valid')
  expect(endorsements.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown'])
})

it('could not be checked when the ones before it took all the time', async () => {
  let ms = NOW
  const clock = {
    now: () => {
      ms += 250
      return ms
    },
  }
  const id = (at: number) => ({ id: `urn:uuid:${at}` })
  const endorsementJwt = [1, 2, 3, 4].map((at) => endorsementToken('ES256', id(at)))
  const { verdict, endorsements } = await judgeBadge(await badgeWith({ endorsementJwt }), { clock })
  expect(verdict).toBe('valid')
  expect(endorsements?.map(({ outcome }) => outcome)).toEqual([
    'passed',
    'passed',
    'unknown',
    'unknown',
  ])
})

it('at most 16 are judged, in whatever form; 100 are refused', async () => {
  const all = Array.from({ length: 100 }, (_one, at) =>
    endorsementToken('ES256', { id: `urn:uuid:${at}` }),
  )
  const sixteen = await judgeBadge(
    await badgeWith({
      endorsementJwt: all.slice(0, 8),
      endorsement: all.slice(8, 16).map((token) => envelopeOf(token)),
    }),
  )
  expect([sixteen.verdict, sixteen.endorsements?.length]).toEqual(['valid', 16])
  for (const endorsementJwt of [all.slice(0, 17), all]) {
    const { verdict, checks } = await judgeBadge(await badgeWith({ endorsementJwt }))
    expect(verdict).toBe('unknown')
    expect(checks[0]?.problems.map(({ code }) => code)).toEqual(['too-many-embedded'])
  }
})

it('a token as long as a text may be is read, and a longer one refused', async () => {
  const filler = (length: number) => ({ endorsementComment: 'a'.repeat(length), ...aboutBadge })
  const long = endorsementToken('ES256', { credentialSubject: filler(90_000) })
  const report = await judgeBadge(await badgeWith({ endorsementJwt: [long] }))
  expect([report.verdict, rowOf(report)]).toEqual(['valid', 'passed'])
  const longer = endorsementToken('ES256', { credentialSubject: filler(110_000) })
  const refused = await judgeBadge(await badgeWith({ endorsementJwt: [longer] }))
  expect(refused.verdict).not.toBe('valid')
  expect(refused.endorsements).toBeUndefined()
})
const aboutBadge = { id: ABOUT, type: ['EndorsementSubject'] }

it('endorsements of an endorsement in a token are not looked at', async () => {
  const inner = endorsementToken('ES256', { credentialSubject: aboutOther })
  const outer = endorsementToken('ES256', { endorsementJwt: [inner], id: 'urn:uuid:1' })
  const report = await judgeBadge(await badgeWith({ endorsementJwt: [outer] }))
  expect([report.verdict, rowOf(report)]).toEqual(['valid', 'passed'])
  expect(report.endorsements?.map(({ id }) => id)).toEqual(['urn:uuid:1'])
})

it.each<[string, JsonObject, string]>([
  ['says more', { name: 'Another' }, 'misplaced-credential'],
  [
    'is of another type too',
    { type: ['EnvelopedVerifiableCredential', 'Image'] },
    'misplaced-credential',
  ],
  [
    'names another context',
    { '@context': ['https://www.w3.org/2018/credentials/v1'] },
    'context-not-allowed',
  ],
  ['has no id of this form', { id: 'no url' }, 'malformed-value'],
])('an envelope that %s is refused with its badge', async (_what, change, rule) => {
  const envelope = envelopeOf(endorsementToken('ES256'), change)
  const { '@context': contexts = [], ...badge } = badgeDocument({ issuer: ENDORSER })
  const { verdict, checks } = await judgeBadge({
    '@context': contexts,
    ...badge,
    endorsement: [envelope],
  })
  expect(verdict).toBe('invalid')
  expect(checks.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([rule])
})
