/** The two older kinds of list: that of the Community Group, and 1EdTech's own, which is plain JSON. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import type { Check } from '../../src/domain/verification-report.js'
import { LIST_URL, listDocument, served } from '../support/sample-lists.js'
import { secure } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import {
  BADGE_ID,
  faulty,
  judgeStatus,
  listEntry,
  open,
  openNow,
  stands,
  withdrawn,
} from '../support/status-entries.js'

const AT = '/credentialStatus'

describe('a StatusList2021', () => {
  const CONTEXTS = [
    'https://www.w3.org/2018/credentials/v1',
    'https://w3id.org/vc/status-list/2021/v1',
    'https://w3id.org/security/data-integrity/v2',
  ]
  const bits = (place: number | undefined, bytes = 16_384) => {
    const list = Buffer.alloc(bytes)
    if (place !== undefined) list[place >> 3] = 0x80 >> (place & 7)
    return gzipSync(list)
  }
  const entry = (members: JsonObject = {}) => listEntry({ type: 'StatusList2021Entry', ...members })

  async function judge(
    status: JsonValue,
    encodedList: JsonValue,
    members: JsonObject = {},
  ): Promise<Check> {
    const { validFrom: _from, ...bare } = listDocument({
      members: {
        '@context': CONTEXTS,
        type: ['VerifiableCredential', 'StatusList2021Credential'],
        issuanceDate: '2025-01-10T09:00:00Z',
        ...members,
      },
    })
    const credentialSubject = {
      id: `${LIST_URL}#list`,
      type: 'StatusList2021',
      statusPurpose: 'revocation',
      encodedList,
    }
    const list = await secure({ ...bare, credentialSubject }, [STRANGER])
    return (await judgeStatus(status, { [LIST_URL]: served(list, 'application/json') })).check
  }

  it('has its bits without a prefix, in either alphabet', async () => {
    const revoked = withdrawn('The issuer has revoked this badge.', `revoked ${AT}`)
    expect(await judge(entry(), bits(undefined).toString('base64url'))).toEqual(stands())
    expect(await judge(entry(), bits(43).toString('base64url'))).toEqual(revoked)
    expect(await judge(entry(), bits(43).toString('base64'))).toEqual(revoked)
  })

  it('is held to the same length and range', async () => {
    expect(await judge(entry(), bits(43, 16_383).toString('base64url'))).toEqual(
      faulty(
        'Its status list has fewer than the 131,072 places that the standard asks for.',
        `status-list-length ${AT}`,
      ),
    )
    const beyond = entry({ statusListIndex: '131072' })
    expect(await judge(beyond, bits(43).toString('base64url'))).toEqual(
      faulty(
        'Its place in the status list is beyond the end of that list.',
        `status-range ${AT}/statusListIndex`,
      ),
    )
  })

  it('has no sizes: each entry is a bit', async () => {
    const sized = entry({ statusSize: 4 })
    expect((await judge(sized, bits(43).toString('base64url'))).outcome).toBe('failed')
    expect((await judge(sized, bits(172).toString('base64url'))).outcome).toBe('passed')
  })

  it('ends when it says so in the words of its own data model', async () => {
    const members = { expirationDate: '2026-03-19T12:00:00Z' }
    expect(await judge(entry(), bits(undefined).toString('base64url'), members)).toEqual(
      openNow(
        'Its status list is out of date: it was valid until 19 March 2026.',
        `status-list-stale ${AT}`,
      ),
    )
  })
})

describe('a 1EdTechRevocationList', () => {
  const URL = 'https://issuer.example.org/revocations'
  const ENTRY = { id: URL, type: '1EdTechRevocationList' }
  const OTHER = { id: 'https://badges.example.org/badges/2', revoked: true }
  const ISSUER = STRANGER.method.controller

  async function judge(list: JsonValue): Promise<Check> {
    const text = JSON.stringify(list)
    return (await judgeStatus(ENTRY, { [URL]: served(text, 'application/json', URL) })).check
  }
  const listOf = (revokedCredential: JsonValue, members: JsonObject = {}) => ({
    id: URL,
    issuer: ISSUER,
    revokedCredential,
    ...members,
  })

  it('is asked for at its own address, with what was found of it', async () => {
    const { asked } = await judgeStatus(ENTRY, {})
    expect(asked).toEqual([{ url: URL, purpose: 'status' }])
    expect((await judgeStatus(ENTRY, { [URL]: undefined })).check).toEqual(
      openNow('Whether the issuer has withdrawn it could not be looked up.', `status-wanted ${AT}`),
    )
    expect((await judgeStatus(ENTRY, { [URL]: NO_NETWORK })).check).toEqual(
      openNow(
        'Whether the issuer has withdrawn it could not be looked up. This service does not look anything up elsewhere.',
        `status-unreachable ${AT}`,
      ),
    )
  })

  it('revokes what it names, unless it says that it does not', async () => {
    const revoked = withdrawn('The issuer has revoked this badge.', `revoked ${AT}`)
    expect(await judge(listOf([OTHER, { id: BADGE_ID, revoked: true }]))).toEqual(revoked)
    expect(await judge(listOf([{ id: BADGE_ID }]))).toEqual(revoked)
    expect(await judge(listOf([{ id: BADGE_ID, revoked: 'no' }]))).toEqual(revoked)
    expect(await judge(listOf([{ id: BADGE_ID, revoked: false }, OTHER]))).toEqual(stands())
    expect(await judge(listOf([OTHER]))).toEqual(stands())
    expect(await judge(listOf([]))).toEqual(stands())
  })

  it('gives its reason', async () => {
    const revocationReason = 'Issued in error.'
    expect(await judge(listOf([{ id: BADGE_ID, revoked: true, revocationReason }]))).toEqual(
      withdrawn(
        'The issuer has revoked this badge. The issuer’s reason: Issued in error.',
        `revoked ${AT}`,
      ),
    )
  })

  it('may be kept by somebody else, and that is said', async () => {
    const issuer = 'https://keeper.example.org'
    const note = ' The list says that it is kept by somebody else than the issuer of the badge.'
    expect(await judge(listOf([], { issuer }))).toEqual(stands(note, `status-list-signer ${AT}`))
    expect(await judge({ revokedCredential: [] })).toEqual(stands())
  })

  it('must be the one at that address', async () => {
    expect(await judge(listOf([], { id: `${URL}/2` }))).toEqual(
      open('What stands at the address of its list is another list.', `status-list-id ${AT}`),
    )
  })

  it.each<[JsonValue]>([
    [{}],
    [[]],
    ['none'],
    [{ id: URL, revokedCredential: {} }],
    [{ id: URL, revokedCredential: BADGE_ID }],
    [{ id: URL, revokedCredential: [BADGE_ID] }],
    [{ id: URL, revokedCredential: [{ revoked: true }] }],
  ])('leaves it open when it cannot be read: %j', async (list) => {
    expect(await judge(list)).toEqual(
      open(
        'What stands at the address of its list is no list of revoked badges.',
        `status-list-type ${AT}`,
      ),
    )
  })

  it.each(['<html></html>', '{"revokedCredential": [], "revokedCredential": []}', '[[[[[[[[[[['])(
    'leaves it open when it is no list at all: %s',
    async (text) => {
      const { check } = await judgeStatus(ENTRY, { [URL]: served(text, 'text/html', URL) })
      expect(check.problems.map(({ code }) => code)).toEqual(['status-list-type'])
      expect(check.outcome).toBe('unknown')
    },
  )
})
