/** Newer versions of a badge: one sound one takes its place, and anything else changes nothing. */
import { describe, expect, it } from 'vitest'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import type { WantedDocument } from '../../src/application/ports/verifier.js'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import { judge } from '../../src/application/verification/judge.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import { createDocumentVerifier } from '../../src/application/verify-with-documents.js'
import type { JsonObject } from '../../src/domain/json.js'
import type { RefreshFinding } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { type BadgeChoices, badgeDocument } from '../support/badge-documents.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import { LIST_URL, served, signedList } from '../support/sample-lists.js'
import { secure } from '../support/signed-badges.js'
import { KEEPER, type Signer, STRANGER } from '../support/signing-keys.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const URL = 'https://issuer.example.org/refresh/1'
const LATER = '2026-02-01T09:00:00Z'
const PAST = '2026-01-01T00:00:00Z'

const parts = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })

/** A badge that names a place for newer versions. */
async function version(
  choices: Partial<BadgeChoices> = {},
  members: JsonObject = {},
  signer: Signer = STRANGER,
): Promise<JsonObject> {
  const refreshService = { id: URL, type: '1EdTechCredentialRefresh' }
  const document = badgeDocument({ issuer: STRANGER.method.controller, ...choices })
  return secure({ ...document, refreshService, ...members }, [signer])
}

async function verify(badge: JsonObject, answer: OutboundAnswer | undefined, list?: JsonObject) {
  const asked: WantedDocument[] = []
  const sample = served(list ?? (await signedList()))
  const fetched = {
    isWaiting: () => false,
    find(wanted: WantedDocument) {
      asked.push(wanted)
      if (wanted.url === LIST_URL) return sample
      return wanted.url === URL ? answer : NO_NETWORK
    },
  }
  const bytes = new TextEncoder().encode(JSON.stringify(badge))
  const { report } = await verifyCredential({ ...parts, fetched }, bytes)
  const { verdict, refresh, badge: subject } = report
  const refreshed = asked.filter(({ purpose }) => purpose === 'refresh')
  return { verdict, refresh, validFrom: subject?.validFrom, refreshed }
}

const kept = (code: string, sentence: string): RefreshFinding => ({
  outcome: 'kept',
  sentence,
  problems: [{ code, type: `urn:imprimatur:check:${code}`, pointer: '/refreshService' }],
})

const FIRST = '2025-01-10T09:00:00Z'
const NEWER: RefreshFinding = {
  outcome: 'newer',
  sentence:
    'There is a newer version of it, of 1 February 2026. That version was judged, not the one that you brought.',
  problems: [],
}
const ASKED = [{ url: URL, purpose: 'refresh' }]

describe('a newer version', () => {
  it('is judged in place of the badge, asked for once, and said to be', async () => {
    const newer = served(await version({ validFrom: LATER }))
    expect(await verify(await version({ validUntil: PAST }), newer)).toEqual({
      verdict: 'valid',
      refresh: NEWER,
      validFrom: LATER,
      refreshed: ASKED,
    })
  })

  it('is spoken of in the rows too, which a receipt repeats', async () => {
    const newer = served(await version({ validFrom: LATER }))
    const find = ({ url }: WantedDocument) => (url === URL ? newer : NO_NETWORK)
    const fetched = { find, isWaiting: () => false }
    const bytes = new TextEncoder().encode(JSON.stringify(await version({ validUntil: PAST })))
    const { report } = await verifyCredential({ ...parts, fetched }, bytes)
    expect(report.checks.find(({ name }) => name === 'readable')?.sentence).toBe(
      `The document can be read in one way only. ${NEWER.sentence}`,
    )
  })

  it('that is revoked or expired is what counts', async () => {
    const expired = await version({ validFrom: LATER, validUntil: '2026-03-01T00:00:00Z' })
    expect(await verify(await version(), served(expired))).toEqual({
      verdict: 'invalid',
      refresh: NEWER,
      validFrom: LATER,
      refreshed: ASKED,
    })
    const newer = served(await version({ validFrom: LATER }))
    const revoking = await signedList({ set: [43] })
    expect((await verify(await version(), newer, revoking)).verdict).toBe('invalid')
  })

  it('does not lead to a newer one still', async () => {
    const elsewhere = {
      id: 'https://issuer.example.org/refresh/2',
      type: '1EdTechCredentialRefresh',
    }
    const newer = await version({ validFrom: LATER }, { refreshService: elsewhere })
    expect((await verify(await version(), served(newer))).refreshed).toEqual(ASKED)
  })

  it('is not there when what comes is of the same time', async () => {
    expect(await verify(await version(), served(await version()))).toEqual({
      verdict: 'valid',
      refresh: { outcome: 'none', sentence: 'There is no newer version of it.', problems: [] },
      validFrom: FIRST,
      refreshed: ASKED,
    })
  })
})

describe('what is no newer version of it', () => {
  it.each<[string, Promise<JsonObject>, RefreshFinding]>([
    [
      'another badge',
      version({ validFrom: LATER }, { id: 'https://badges.example.org/badges/another' }),
      kept('refresh-other-badge', 'What came in place of a newer version is another badge.'),
    ],
    [
      'one of another issuer',
      version({ validFrom: LATER, issuer: KEEPER.method.controller }, {}, KEEPER),
      kept('refresh-other-badge', 'What came in place of a newer version is another badge.'),
    ],
    [
      'one signed by another',
      version({ validFrom: LATER }, {}, KEEPER),
      kept(
        'refresh-unsound',
        'What came in place of a newer version is not soundly signed, or no badge.',
      ),
    ],
    [
      'one that was changed after it was signed',
      version({ validFrom: LATER }).then((one) => ({ ...one, name: 'Changed' })),
      kept(
        'refresh-unsound',
        'What came in place of a newer version is not soundly signed, or no badge.',
      ),
    ],
    [
      'one that is no badge',
      version({ validFrom: LATER }, { credentialSubject: { type: ['AchievementSubject'] } }),
      kept(
        'refresh-unsound',
        'What came in place of a newer version is not soundly signed, or no badge.',
      ),
    ],
    [
      'an older one',
      version({ validFrom: '2024-01-10T09:00:00Z' }),
      kept('refresh-older', 'What came in place of a newer version is an older one.'),
    ],
    [
      'one that begins later',
      version({ validFrom: '2026-04-01T00:00:00Z' }),
      kept('refresh-early', 'The newer version begins on 1 April 2026.'),
    ],
    [
      'one that is not signed',
      version({ validFrom: LATER }).then(({ proof: _proof, ...bare }) => bare),
      kept(
        'refresh-refused',
        'What came in place of a newer version cannot be read safely: The credential is not signed.',
      ),
    ],
  ])('%s changes nothing', async (_, came, refresh) => {
    const answer = served(await came)
    expect(await verify(await version(), answer)).toEqual({
      verdict: 'valid',
      refresh,
      validFrom: FIRST,
      refreshed: ASKED,
    })
    expect((await verify(await version({ validUntil: PAST }), answer)).verdict).toBe('invalid')
  })

  it('nothing at all changes nothing either', async () => {
    const unreached = 'Whether there is a newer version of it could not be looked up.'
    expect((await verify(await version(), undefined)).refresh).toEqual(
      kept('refresh-wanted', unreached),
    )
    expect(await verify(await version(), NO_NETWORK)).toEqual({
      verdict: 'valid',
      refresh: kept(
        'refresh-unreachable',
        `${unreached} This service does not look anything up elsewhere.`,
      ),
      validFrom: FIRST,
      refreshed: ASKED,
    })
    const token = served('eyJhbGciOiJFUzI1NiJ9.e30.c2ln', 'text/plain')
    expect((await verify(await version(), token)).refresh?.problems[0]?.code).toBe(
      'refresh-refused',
    )
  })
})

describe('nothing is asked for', () => {
  it('by a badge that is not soundly signed, or names no such service', async () => {
    const newer = served(await version({ validFrom: LATER }))
    const forged = await version({}, {}, KEEPER)
    expect(await verify(forged, newer)).toMatchObject({ verdict: 'invalid', refreshed: [] })
    const plain = badgeDocument({ issuer: STRANGER.method.controller })
    expect(await verify(await secure(plain, [STRANGER]), newer)).toMatchObject({
      refresh: undefined,
      refreshed: [],
    })
  })
})

describe('in passes', () => {
  it('list and newer version are fetched once each, and the last pass counts', async () => {
    const answers: Readonly<Record<string, OutboundAnswer>> = {
      [URL]: served(await version({ validFrom: LATER })),
      [LIST_URL]: served(await signedList()),
    }
    const fetched: WantedDocument[] = []
    const verifier = createDocumentVerifier(
      (bytes, options, known) => judge(parts, bytes, options, known),
      async (wanted) => {
        fetched.push(wanted)
        return answers[wanted.url] ?? NO_NETWORK
      },
      () => 0,
    )
    const bytes = new TextEncoder().encode(JSON.stringify(await version({ validUntil: PAST })))
    const { report } = await verifier.verify(bytes)
    expect([report.verdict, report.refresh]).toEqual(['valid', NEWER])
    expect(fetched).toEqual([
      { url: URL, purpose: 'refresh' },
      { url: LIST_URL, purpose: 'status' },
    ])
  })
})
