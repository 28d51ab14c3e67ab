/** The sample set's endorsements in our hands and in those of others: alone, inside the badge, and changed. */
import { compactVerify, createLocalJWKSet, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { createIndependentVerifier } from '../../src/adapters/independent/independent-verifier.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { addEndorsement } from '../../src/application/add-endorsement.js'
import { changeKeyState } from '../../src/application/manage-keys.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import type { BadgeRecord, EndorsementRecord } from '../../src/application/ports/stores.js'
import { readIssuer, readJwks } from '../../src/application/read-issuer.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import { type JsonObject, listMember, member, textMember } from '../../src/domain/json.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { endorseByAll, SAMPLE_ENDORSEMENTS } from '../support/districts.js'
import { isVerifiedByLibrary } from '../support/library-verifier.js'
import { hasOfficialData } from '../support/official-data.js'
import { aReview } from '../support/reviews.js'
import { createOracle } from '../support/schema-oracle.js'
import { NOW, openTestService, type TestService } from '../support/service.js'
import { secure } from '../support/signed-badges.js'
import { ISSUER, ISSUER_SEED, STRANGER } from '../support/signing-keys.js'

const parse = (text: string) => JSON.parse(text) as JsonObject

let now = NOW
const clock = { now: () => now }

let opened: TestService
let endorsements: readonly EndorsementRecord[]
let badge: BadgeRecord
let judge: (document: JsonObject | string) => Promise<VerificationReport>

beforeAll(async () => {
  opened = await openTestService({ clock, seed: ISSUER_SEED })
  endorsements = await endorseByAll(opened.service)
  badge = await issue('first')
  const records = createOwnRecords(opened.service.issuing)
  const parts = await composeVerifying({ clock, records })
  judge = async (document) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document)
    return (await verifyCredential(parts, new TextEncoder().encode(text))).report
  }
})
afterAll(() => opened.close())

async function issue(id: string): Promise<BadgeRecord> {
  const { service } = opened
  const review = service.reviewParser.parse(aReview({ id }))
  const { badge: issued } = await acceptReview(service.issuing, review, { name: 'test' })
  if (issued === undefined) throw new Error('no badge was issued')
  return issued
}

const achievementOf = (document: JsonObject) =>
  member(member(document, 'credentialSubject'), 'achievement') as JsonObject
const embeddedIn = (document: JsonObject) =>
  listMember(achievementOf(document), 'endorsement') as readonly JsonObject[]

/** The badge with other endorsements in its achievement, signed by its issuer or left as it was. */
function withEmbedded(change: (all: readonly JsonObject[]) => readonly JsonObject[]): JsonObject {
  const document = parse(badge.securedJson)
  const achievement = { ...achievementOf(document), endorsement: change(embeddedIn(document)) }
  const subject = { ...(member(document, 'credentialSubject') as JsonObject), achievement }
  return { ...document, credentialSubject: subject }
}
const signedAgain = ({ proof: _proof, ...document }: JsonObject) =>
  secure(document, [ISSUER], { created: '2026-03-20T12:00:00Z' })

function withComment(endorsement: JsonObject, endorsementComment: string): JsonObject {
  const subject = member(endorsement, 'credentialSubject') as JsonObject
  return { ...endorsement, credentialSubject: { ...subject, endorsementComment } }
}
const changedAt = (place: number, change: (one: JsonObject) => JsonObject) =>
  withEmbedded((all) => all.map((one, index) => (index === place ? change(one) : one)))

const outcomes = ({ endorsements: found = [] }: VerificationReport) =>
  found.map(({ outcome }) => outcome)
const rowOf = ({ checks }: VerificationReport) =>
  checks.find(({ name }) => name === 'endorsements')?.outcome

const ALL_PASSED = SAMPLE_ENDORSEMENTS.map(() => 'passed')
const allBut = (place: number, outcome: string) =>
  ALL_PASSED.map((passed, index) => (index === place ? outcome : passed))

describe('each endorsement of the sample set', () => {
  it('verifies alone: by us, by the second implementation and by a stranger’s library', async () => {
    const independent = createIndependentVerifier(await loadPinnedContexts())
    for (const { securedJson, issuer } of endorsements) {
      const { verdict, checks } = await judge(securedJson)
      const others = checks.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name)
      expect([verdict, others]).toEqual(['valid', ['status', 'recipient', 'endorsements']])
      expect((await independent.verify(securedJson)).reasons).toEqual([])
      const { didDocument } = await readIssuer(opened.service.issuing, issuer)
      expect(await isVerifiedByLibrary(securedJson, didDocument, NOW)).toBe(true)
    }
  })

  it('is of one district each, about the achievement, in its words', () => {
    const said = endorsements.map(({ securedJson }) => {
      const document = parse(securedJson)
      const subject = member(document, 'credentialSubject')
      expect(textMember(subject, 'id')).toBe(
        textMember(achievementOf(parse(badge.securedJson)), 'id'),
      )
      const name = textMember(member(document, 'issuer'), 'name')
      return [name, textMember(subject, 'endorsementComment')]
    })
    expect(said).toEqual(SAMPLE_ENDORSEMENTS.map(({ issuer, comment }) => [issuer.name, comment]))
  })

  it.skipIf(!hasOfficialData)(
    'fits the official schema, and so does the badge (skipped without ../shared/ob3)',
    () => {
      const oracle = createOracle()
      for (const { securedJson } of endorsements)
        expect(oracle('endorsement-credential', parse(securedJson))).toBeUndefined()
      expect(oracle('achievement-credential', parse(badge.securedJson))).toBeUndefined()
      expect(oracle('endorsement-credential', { ...parse(badge.securedJson) })).toBeDefined()
    },
  )
})

describe('a badge of the endorsed achievement', () => {
  it('carries each as it was signed, and is valid for us and for a stranger’s library', async () => {
    const document = parse(badge.securedJson)
    const signed = endorsements.map(({ securedJson }) => parse(securedJson))
    expect(new Set(embeddedIn(document))).toEqual(new Set(signed))
    const report = await judge(badge.securedJson)
    expect([report.verdict, rowOf(report), outcomes(report)]).toEqual([
      'valid',
      'passed',
      ALL_PASSED,
    ])
    expect(report.endorsements?.map(({ id }) => id)).toEqual(
      embeddedIn(document).map((one) => textMember(one, 'id')),
    )
    const { didDocument } = await readIssuer(opened.service.issuing, DEFAULT_ISSUER)
    expect(await isVerifiedByLibrary(badge.securedJson, didDocument, NOW)).toBe(true)
  })

  it('carries them as a token too', async () => {
    const jwks = (await readJwks(opened.service.issuing)) as unknown as { keys: JWK[] }
    const { payload } = await compactVerify(badge.token ?? '', createLocalJWKSet(jwks))
    const credential = parse(new TextDecoder().decode(payload))
    expect(embeddedIn(credential)).toEqual(embeddedIn(parse(badge.securedJson)))
    for (const endorsement of embeddedIn(credential))
      expect((await judge(endorsement)).verdict).toBe('valid')
    const loader = createDocumentLoader(await loadPinnedContexts())
    expect(await canonizeToNQuads(credential, loader)).toContain('endorsementComment')
    if (hasOfficialData)
      expect(createOracle()('achievement-credential', credential)).toBeUndefined()
  })
})

describe('a changed comment', () => {
  it.each(SAMPLE_ENDORSEMENTS.map((_, place) => place))(
    'breaks exactly its endorsement when the badge is signed again (%i)',
    async (place) => {
      const forged = changedAt(place, (one) => withComment(one, 'We give money for it.'))
      const report = await judge(await signedAgain(forged))
      expect([report.verdict, rowOf(report)]).toEqual(['valid', 'failed'])
      expect(outcomes(report)).toEqual(allBut(place, 'failed'))
      const finding = report.endorsements?.[place]
      const pointer = `/credentialSubject/achievement/endorsement/${place}`
      expect(finding).toMatchObject({ pointer, issuerName: expect.stringMatching(/\S/) })
      expect(finding?.sentence).toMatch(
        /^Endorsement not verified: The content is not what was signed/,
      )
      expect(finding?.problems.map(({ code, pointer: at }) => [code, at])).toEqual([
        ['signature-mismatch', `${pointer}/proof/0`],
      ])
    },
  )

  it('breaks the badge too when nobody signs it again', async () => {
    const report = await judge(changedAt(2, (one) => withComment(one, 'We give money for it.')))
    expect([report.verdict, outcomes(report)]).toEqual(['invalid', allBut(2, 'failed')])
  })

  it('breaks both when two districts are made to say each other’s words, which the badge’s signature allows', async () => {
    const words = (one: JsonObject | undefined) =>
      textMember(member(one, 'credentialSubject'), 'endorsementComment') ?? ''
    const swapped = withEmbedded(([first, second, ...rest]) => [
      withComment(first as JsonObject, words(second)),
      withComment(second as JsonObject, words(first)),
      ...rest,
    ])
    const report = await judge(swapped)
    expect(report.verdict).toBe('valid')
    expect(outcomes(report)).toEqual(['failed', 'failed', ...ALL_PASSED.slice(2)])
  })
})

describe('an embedded endorsement is not verified, and the badge still is,', () => {
  const verdictOn = async (place: number, change: (one: JsonObject) => JsonObject) => {
    const report = await judge(await signedAgain(changedAt(place, change)))
    expect(report.verdict).toBe('valid')
    expect(outcomes(report)).toEqual(allBut(place, outcomes(report)[place] ?? ''))
    const { outcome, problems } = report.endorsements?.[place] ?? { problems: [] }
    return [outcome, ...problems.map(({ code }) => code)]
  }

  it('when it is signed by somebody else in the district’s name', async () => {
    const { proof: _proof, ...bare } = embeddedIn(parse(badge.securedJson))[1] as JsonObject
    const forged = await secure(withComment(bare, 'Best of all.'), [STRANGER])
    expect(await verdictOn(1, () => forged)).toEqual(['failed', 'issuer-key-mismatch'])
  })

  it('when it carries no signature', async () => {
    const stripped = ({ proof: _proof, ...bare }: JsonObject) => bare
    expect(await verdictOn(0, stripped)).toEqual(['failed', 'proof-missing'])
  })

  it('when it is a genuine one about something else', async () => {
    const subject = { kind: 'profile', slug: 'metro-nashville' } as const
    const request = { issuer: 'vista-unified', subject, comment: 'Good people.' }
    const { endorsement } = await addEndorsement(opened.service.issuing, { name: 'test' }, request)
    const other = parse(endorsement.securedJson)
    expect((await judge(other)).verdict).toBe('valid')
    expect(await verdictOn(3, () => other)).toEqual(['failed', 'endorses-another'])
  })

  it('when it says that it is a badge as well', async () => {
    const { id } = achievementOf(parse(badge.securedJson))
    const bare = {
      ...embeddedIn(parse(badge.securedJson))[0],
      type: ['VerifiableCredential', 'EndorsementCredential', 'OpenBadgeCredential'],
      credentialSubject: { id: id ?? '', type: ['EndorsementSubject'] },
    }
    const { proof: _proof, ...unsigned } = bare as JsonObject
    const signed = await secure(unsigned, [ISSUER])
    const [outcome, ...codes] = await verdictOn(0, () => signed)
    expect([outcome, codes.includes('type')]).toEqual(['failed', true])
  })
})

describe('an endorsement that cannot be judged here', () => {
  it('is unknown when its issuer’s keys are elsewhere, and the badge is valid', async () => {
    const { proof: _proof, ...bare } = embeddedIn(parse(badge.securedJson))[0] as JsonObject
    const did = 'did:web:elsewhere.example.org'
    const issuer = { id: did, type: ['Profile'], name: 'Elsewhere' }
    const method = { ...STRANGER.method, id: `${did}#key-1`, controller: did }
    const signed = await secure({ ...bare, issuer, id: 'urn:uuid:1' }, [{ ...STRANGER, method }])
    const report = await judge(await signedAgain(changedAt(0, () => signed)))
    expect([report.verdict, rowOf(report)]).toEqual(['valid', 'unknown'])
    expect(outcomes(report)).toEqual(allBut(0, 'unknown'))
    expect(report.endorsements?.[0]).toMatchObject({ issuerId: did, issuerName: 'Elsewhere' })
  })

  it('is unknown when the ones before it took all the time, and the badge is valid', async () => {
    let ms = now
    const slow = {
      now: () => {
        ms += 150
        return ms
      },
    }
    const records = createOwnRecords(opened.service.issuing)
    const parts = await composeVerifying({ clock: slow, records })
    const bytes = new TextEncoder().encode(badge.securedJson)
    const { report } = await verifyCredential(parts, bytes)
    expect([report.verdict, rowOf(report)]).toEqual(['valid', 'unknown'])
    expect(outcomes(report)).toEqual(['passed', 'passed', 'passed', 'passed', 'unknown'])
  })

  it('costs nothing when it is in compact form and no endorsement, and the badge is valid', async () => {
    const { proof: _proof, ...bare } = parse(badge.securedJson)
    const report = await judge(await signedAgain({ ...bare, endorsementJwt: ['e30.e30.AA'] }))
    expect([report.verdict, outcomes(report)]).toEqual(['valid', ['failed', ...ALL_PASSED]])
  })

  it('is unknown when it has more signatures than are checked', async () => {
    const { proof: _proof, ...bare } = embeddedIn(parse(badge.securedJson))[0] as JsonObject
    const many = await secure(bare, [STRANGER, STRANGER, STRANGER])
    const report = await judge(await signedAgain(changedAt(0, () => many)))
    expect([report.verdict, outcomes(report)]).toEqual(['valid', allBut(0, 'unknown')])
  })
})

describe('the profile of the issuer', () => {
  it('carries what others say of it, in badges that are issued from then on', async () => {
    const subject = { kind: 'profile', slug: DEFAULT_ISSUER } as const
    const request = { issuer: 'metro-nashville', subject, comment: 'Reliable.' }
    await addEndorsement(opened.service.issuing, { name: 'test' }, request)
    const report = await judge((await issue('second')).securedJson)
    expect(report.verdict).toBe('valid')
    const ofIssuer = report.endorsements?.filter(({ pointer }) => pointer.startsWith('/issuer/'))
    expect(ofIssuer?.map(({ issuerName }) => issuerName)).toContain(
      'Metro Nashville Public Schools',
    )
    expect(outcomes(report).every((outcome) => outcome === 'passed')).toBe(true)
    expect(outcomes(report).length).toBeGreaterThan(ALL_PASSED.length)
  })
})

describe('the key of a district that was given up', () => {
  it('still counts for what our log has from before, and nothing new carries its endorsement', async () => {
    const { issuing } = opened.service
    const key = await issuing.database.stores.keys.findActive('baltimore-county', 'Ed25519')
    const place = SAMPLE_ENDORSEMENTS.findIndex(({ issuer }) => issuer.slug === 'baltimore-county')
    const said = endorsements[place]?.securedJson ?? ''
    const since = '2026-03-20T12:00:01Z'
    now = Date.parse(since)
    await changeKeyState(issuing, key?.keyId ?? '', { kind: 'compromise', since }, 'test')
    expect((await judge(said)).verdict).toBe('valid')
    expect(outcomes(await judge(badge.securedJson))).toEqual(ALL_PASSED)
    const names = embeddedIn(parse((await issue('third')).securedJson)).map((one) =>
      textMember(member(one, 'issuer'), 'name'),
    )
    expect(names).toHaveLength(ALL_PASSED.length - 1)
    expect(names).not.toContain('Baltimore County Public Schools')
  })
})
