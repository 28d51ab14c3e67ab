/** Statuses in signed lists of other issuers: every purpose, size and date, with the whole row that comes of it. */
import { describe, expect, it } from 'vitest'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import type { Check } from '../../src/domain/verification-report.js'
import { LIST_URL, type ListChoices, served, signedList } from '../support/sample-lists.js'
import { prove } from '../support/signed-badges.js'
import { KEEPER, STRANGER } from '../support/signing-keys.js'
import {
  faulty,
  judgeStatus,
  listEntry,
  open,
  openNow,
  stands,
  withdrawn,
} from '../support/status-entries.js'

const AT = '/credentialStatus'
const OTHER_LIST = 'https://lists.example.org/status/2'

async function judge(status: JsonValue, choices: ListChoices = {}): Promise<Check> {
  const { check } = await judgeStatus(status, { [LIST_URL]: served(await signedList(choices)) })
  return check
}

/** An entry of two bits, and the list in which its value is the one given. */
async function judgeTwoBits(members: JsonObject, value: number): Promise<Check> {
  const purpose = members['statusPurpose'] ?? 'revocation'
  const set = [86, 87].filter((_, position) => (value >> (1 - position)) & 1)
  return judge(listEntry({ statusSize: 2, ...members }), {
    subject: { statusPurpose: purpose },
    set,
    lengthBits: 2 * 131_072,
  })
}

describe('the bit of a badge', () => {
  it('decides, and no other does', async () => {
    expect(await judge(listEntry(), { set: [42, 44] })).toEqual(stands())
    expect(await judge(listEntry(), { set: [43] })).toEqual(
      withdrawn('The issuer has revoked this badge.', `revoked ${AT}`),
    )
  })

  it.each([0, 7, 8, 131_071])('is found at place %i', async (place) => {
    const entry = listEntry({ statusListIndex: String(place) })
    expect((await judge(entry, { set: [place] })).outcome).toBe('failed')
    expect((await judge(entry, { set: [place === 0 ? 1 : place - 1] })).outcome).toBe('passed')
  })

  it('suspends for the time being', async () => {
    const status = listEntry({ statusPurpose: 'suspension' })
    const subject = { statusPurpose: 'suspension' }
    expect(await judge(status, { subject })).toEqual(stands())
    expect(await judge(status, { subject, set: [43] })).toEqual(
      withdrawn(
        'The issuer has suspended this badge for the time being, so it is not valid now.',
        `suspended ${AT}`,
      ),
    )
  })

  it('tells of a newer version without a word against this one', async () => {
    const status = listEntry({ statusPurpose: 'refresh' })
    expect(await judge(status, { subject: { statusPurpose: 'refresh' }, set: [43] })).toEqual(
      stands(' The issuer says that there is a newer version of it.', `status-refresh ${AT}`),
    )
  })

  it('that is set for a purpose nobody here knows leaves it open', async () => {
    const status = listEntry({ statusPurpose: 'probation' })
    const subject = { statusPurpose: 'probation' }
    expect(await judge(status, { subject })).toEqual(stands())
    expect(await judge(status, { subject, set: [43] })).toEqual(
      open(
        'The issuer has marked it for a purpose that is not known here (“probation”).',
        `status-purpose ${AT}/statusPurpose`,
      ),
    )
  })

  it('counts in a list that is kept for several purposes', async () => {
    const subject = { statusPurpose: ['suspension', 'revocation'] }
    expect(await judge(listEntry(), { subject })).toEqual(stands())
    expect((await judge(listEntry(), { subject, set: [43] })).outcome).toBe('failed')
  })
})

describe('a status of several bits', () => {
  const statusMessage = [
    { status: '0x0', message: 'in order' },
    { status: '0x1', message: 'under review' },
    { status: '0x2', message: 'appealed' },
    { status: '0x3', message: 'withdrawn' },
  ]

  it.each([
    [1, 'under review'],
    [2, 'appealed'],
    [3, 'withdrawn'],
  ])('of value %i is read from the left', async (value, message) => {
    expect(await judgeTwoBits({ statusMessage, statusPurpose: 'message' }, value)).toEqual(
      stands(` The issuer says of its status: “${message}”.`, `status-message ${AT}`),
    )
    expect(await judgeTwoBits({ statusMessage }, value)).toEqual(
      withdrawn(`The issuer has revoked this badge. It says: “${message}”.`, `revoked ${AT}`),
    )
  })

  it('of value 0 is no revocation, and can be a message', async () => {
    expect(await judgeTwoBits({ statusMessage }, 0)).toEqual(stands())
    expect(await judgeTwoBits({ statusMessage, statusPurpose: 'message' }, 0)).toEqual(
      stands(' The issuer says of its status: “in order”.', `status-message ${AT}`),
    )
  })

  it('must say what its values mean', async () => {
    const unexplained = 'Its status can have several values, and it does not say what they mean.'
    expect(await judgeTwoBits({}, 1)).toEqual(
      open(unexplained, `status-message ${AT}/statusMessage`),
    )
    const some = { statusPurpose: 'message', statusMessage: [{ status: '0x0', message: 'good' }] }
    expect(await judgeTwoBits(some, 1)).toEqual(
      open(
        'The issuer has left a message in its status that the badge does not explain.',
        `status-message ${AT}/statusMessage`,
      ),
    )
  })

  it('needs that many more bits in the list', async () => {
    const status = listEntry({ statusSize: 2, statusMessage })
    expect(await judge(status, { lengthBits: 2 * 131_072 })).toEqual(stands())
    expect(await judge(status, { lengthBits: 2 * 131_072 - 8 })).toEqual(
      faulty(
        'Its status list has fewer than the 131,072 places that the standard asks for.',
        `status-list-length ${AT}`,
      ),
    )
  })

  it.each<[JsonValue]>([[0], [9], [-1], [1.5], ['2'], [[2]]])(
    'is left open with the size %j',
    async (statusSize) => {
      expect(await judge(listEntry({ statusSize, statusMessage }))).toEqual(
        open(
          'Its status takes another number of bits than the 1 to 8 that are read here.',
          `status-size ${AT}/statusSize`,
        ),
      )
    },
  )
})

describe('the dates of a list', () => {
  it.each<[JsonObject, Check]>([
    [{ validFrom: '2026-03-20T12:01:00Z' }, stands()],
    [{ validUntil: '2026-03-20T11:59:00Z' }, stands()],
    [
      { validFrom: '2026-03-21T12:00:00Z' },
      openNow('Its status list is valid from 21 March 2026 only.', `status-list-early ${AT}`),
    ],
    [
      { validUntil: '2026-03-19T12:00:00Z' },
      openNow(
        'Its status list is out of date: it was valid until 19 March 2026.',
        `status-list-stale ${AT}`,
      ),
    ],
  ])('count: %j', async (members, expected) => {
    expect(await judge(listEntry(), { members })).toEqual(expected)
  })

  it('say nothing against a revocation that is out of date, nor for it', async () => {
    const members = { validUntil: '2026-03-19T12:00:00Z' }
    expect((await judge(listEntry(), { members, set: [43] })).outcome).toBe('unknown')
  })
})

describe('several statuses', () => {
  const suspension = listEntry({ statusPurpose: 'suspension', statusListCredential: OTHER_LIST })
  const lists = async (choices: ListChoices) => ({
    [LIST_URL]: served(await signedList()),
    [OTHER_LIST]: served(
      await signedList({
        ...choices,
        subject: { statusPurpose: 'suspension' },
        members: { id: OTHER_LIST },
      }),
    ),
  })

  it('are all looked at, in whatever order', async () => {
    const expected = (place: number) =>
      withdrawn(
        'The issuer has suspended this badge for the time being, so it is not valid now.',
        `suspended ${AT}/${place}`,
      )
    const set = await lists({ set: [43] })
    expect((await judgeStatus([listEntry(), suspension], set)).check).toEqual(expected(1))
    expect((await judgeStatus([suspension, listEntry()], set)).check).toEqual(expected(0))
    const none = await lists({})
    expect((await judgeStatus([listEntry(), suspension], none)).check).toEqual(stands())
  })

  it('leave it open when one of them cannot be looked at, unless another decides', async () => {
    const unknown = { id: 'https://other.example.org/x', type: 'CRLPlain2023Entry' }
    const sentence = 'Its status is of a kind that is not checked here (CRLPlain2023Entry).'
    const clear = { [LIST_URL]: served(await signedList()) }
    expect((await judgeStatus([listEntry(), unknown], clear)).check).toEqual(
      open(sentence, `status-type ${AT}/1/type`),
    )
    const revoked = { [LIST_URL]: served(await signedList({ set: [43] })) }
    expect((await judgeStatus([unknown, listEntry()], revoked)).check).toEqual(
      withdrawn(
        'The issuer has revoked this badge.',
        `status-type ${AT}/0/type`,
        `revoked ${AT}/1`,
      ),
    )
  })

  it('in one list take one look at it', async () => {
    const entries = [listEntry(), listEntry({ statusListIndex: '44' }), listEntry()]
    const { check, asked } = await judgeStatus(entries, { [LIST_URL]: served(await signedList()) })
    expect(check).toEqual(stands())
    expect(asked).toEqual([{ url: LIST_URL, purpose: 'status' }])
  })

  it('are no more than four', async () => {
    const entries = Array.from({ length: 5 }, () => listEntry())
    const { check, asked } = await judgeStatus(entries, {})
    expect(check).toEqual(
      open(
        'It names more than the 4 statuses that are looked up for one badge.',
        `status-too-many ${AT}`,
      ),
    )
    expect(asked).toEqual([])
  })
})

describe('the list itself', () => {
  it('is asked for, and until it comes nothing is said', async () => {
    const { check, asked } = await judgeStatus(listEntry(), { [LIST_URL]: undefined })
    expect(asked).toEqual([{ url: LIST_URL, purpose: 'status' }])
    expect(check).toEqual(
      openNow('Whether the issuer has withdrawn it could not be looked up.', `status-wanted ${AT}`),
    )
  })

  it('that cannot be had is said to be so', async () => {
    const { check } = await judgeStatus(listEntry(), { [LIST_URL]: NO_NETWORK })
    expect(check).toEqual(
      openNow(
        'Whether the issuer has withdrawn it could not be looked up. This service does not look anything up elsewhere.',
        `status-unreachable ${AT}`,
      ),
    )
  })

  it('may be kept by somebody else, who is named', async () => {
    const issuer = KEEPER.method.controller
    const kept = { signers: [KEEPER], members: { issuer: { id: issuer, name: 'Keeper' } } }
    const note = `The list was signed by ${issuer}, not by the issuer of the badge.`
    expect(await judge(listEntry(), kept)).toEqual(stands(` ${note}`, `status-list-signer ${AT}`))
    expect(await judge(listEntry(), { ...kept, set: [43] })).toEqual(
      withdrawn(
        `The issuer has revoked this badge. ${note}`,
        `revoked ${AT}`,
        `status-list-signer ${AT}`,
      ),
    )
  })

  it('may carry an older proof', async () => {
    const ed25519 = 'https://w3id.org/security/suites/ed25519-2020/v1'
    const { proof: _proof, ...bare } = await signedList({
      members: { '@context': ['https://www.w3.org/ns/credentials/v2', ed25519] },
    })
    const list = { ...bare, proof: await prove(bare, 'Ed25519Signature2020', STRANGER) }
    const { check } = await judgeStatus(listEntry(), { [LIST_URL]: served(list) })
    expect(check).toEqual(stands())
  })
})
