/** Every form of status entry, before records that say every kind of thing; passed is for one only. */
import { describe, expect, it } from 'vitest'
import type { OwnRecords, OwnStatus } from '../../src/application/ports/verifier.js'
import { checkStatus } from '../../src/application/verification/status-check.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { NO_RECORDS } from '../support/fixed-records.js'

const shared = await composeVerifying({ clock: { now: () => 0 }, records: NO_RECORDS })

const OURS = 'did:web:badges.example.org'
const LIST = 'https://badges.example.org/status/1'
const ID = 'https://badges.example.org/badges/1'
const ENTRY = {
  id: `${LIST}#43`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '43',
  statusListCredential: LIST,
}
const GOOD: OwnStatus = { kind: 'found', credentialId: ID, issuer: OURS, state: 'valid' }

function recordsWith(status: OwnStatus): OwnRecords {
  return {
    ...NO_RECORDS,
    findController: async (id) => (id === OURS ? { id } : undefined),
    findStatus: async (url) => (url === LIST ? status : { kind: 'foreign-list' }),
  }
}

async function judge(
  credentialStatus: JsonValue | undefined,
  { status = GOOD, issuer = OURS, records = recordsWith(status) } = {},
) {
  const document: JsonObject = {
    id: ID,
    issuer: { id: issuer },
    ...(credentialStatus === undefined ? {} : { credentialStatus }),
  }
  const { outcome, problems } = await checkStatus(document, { ...shared, records }, true)
  return [outcome, ...problems.map(({ code }) => code)].join(' ')
}

describe('a badge of ours', () => {
  it('passes when our records say so', async () => {
    expect(await judge(ENTRY)).toBe('passed')
    const { id: _id, ...withoutId } = ENTRY
    expect(await judge(withoutId)).toBe('passed')
  })

  it.each<[OwnStatus, string]>([
    [{ ...GOOD, state: 'revoked' }, 'failed revoked'],
    [{ ...GOOD, state: 'suspended' }, 'failed suspended'],
    [{ ...GOOD, state: 'revoked', replacedBy: `${ID}0` }, 'failed revoked replaced'],
    [{ ...GOOD, issuer: 'did:web:other.example.org' }, 'unknown status-unverifiable'],
    [{ ...GOOD, credentialId: `${ID}0` }, 'unknown status-unverifiable'],
    [{ kind: 'unknown-list' }, 'unknown status-unverifiable'],
    [{ kind: 'unknown-entry' }, 'unknown status-unverifiable'],
    [{ kind: 'out-of-range' }, 'failed status-range'],
    [{ kind: 'foreign-list' }, 'unknown status-unverifiable'],
  ])('is judged by what they say: %j', async (status, expected) => {
    expect(await judge(ENTRY, { status })).toBe(expected)
  })

  it.each<[JsonValue]>([
    ['43abc'],
    ['-1'],
    ['1e3'],
    [' 7'],
    ['07'],
    ['0x2b'],
    ['9007199254740992'],
    [''],
    [43],
    [['43']],
    [{ '@value': '43' }],
  ])('fails with the index %j', async (statusListIndex) => {
    expect(await judge({ ...ENTRY, statusListIndex })).toBe('failed status-range')
  })

  it.each<[JsonValue | undefined]>([
    [undefined],
    ['https://badges.example.org/status/1'],
    [null],
    [[]],
    [[ENTRY]],
    [[ENTRY, ENTRY]],
    [{}],
    [{ ...ENTRY, type: ['BitstringStatusListEntry'] }],
    [{ ...ENTRY, type: 'StatusList2021Entry' }],
    [{ ...ENTRY, type: '1EdTechRevocationList' }],
    [{ ...ENTRY, statusPurpose: 'suspension' }],
    [{ ...ENTRY, statusPurpose: ['revocation'] }],
    [{ ...ENTRY, statusSize: 2 }],
    [{ ...ENTRY, statusReference: 'https://badges.example.org/more' }],
    [{ ...ENTRY, statusListCredential: `${LIST}/` }],
    [{ ...ENTRY, statusListCredential: [LIST] }],
    [{ ...ENTRY, statusListCredential: 'https://elsewhere.example.org/status/1' }],
  ])('never passes with the entry %j', async (entry) => {
    expect(await judge(entry)).toBe('unknown status-unverifiable')
  })

  it('is revoked also when other members of its entry are odd: never better than unknown', async () => {
    const status: OwnStatus = { ...GOOD, state: 'revoked' }
    expect(await judge({ ...ENTRY, statusPurpose: 'message' }, { status })).toMatch(/^unknown/)
  })
})

describe('a badge of others', () => {
  const issuer = 'did:web:other.example.org'

  it.each<[JsonValue | undefined, string]>([
    [undefined, 'skipped'],
    [
      { ...ENTRY, statusListCredential: 'https://other.example.org/status/1' },
      'unknown status-unreachable',
    ],
    [
      { id: 'https://other.example.org/revocations', type: '1EdTechRevocationList' },
      'unknown status-unreachable',
    ],
    [[ENTRY], 'unknown status-unverifiable'],
  ])('with the entry %j is, without a network, %s', async (entry, expected) => {
    expect(await judge(entry, { issuer })).toBe(expected)
  })

  it('learns nothing from naming a list of ours', async () => {
    const kinds: readonly OwnStatus[] = [
      GOOD,
      { ...GOOD, state: 'revoked' },
      { kind: 'unknown-entry' },
      { kind: 'out-of-range' },
      { kind: 'unknown-list' },
    ]
    const reports = await Promise.all(
      kinds.map((status) =>
        checkStatus(
          { id: ID, issuer, credentialStatus: ENTRY } satisfies JsonObject,
          { ...shared, records: recordsWith(status) },
          true,
        ),
      ),
    )
    expect(new Set(reports.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(reports[0]?.outcome).toBe('unknown')
  })
})

describe('the look-up', () => {
  it('is not made for what is not soundly signed', async () => {
    const asked: string[] = []
    const records: OwnRecords = {
      ...recordsWith(GOOD),
      findStatus: async (url) => {
        asked.push(url)
        return GOOD
      },
    }
    const document = { id: ID, issuer: { id: OURS }, credentialStatus: ENTRY }
    expect((await checkStatus(document, { ...shared, records }, false)).outcome).toBe('skipped')
    expect(asked).toEqual([])
  })

  it('gives unknown when the records cannot be asked, and hides no bug', async () => {
    const failing = (error: Error): OwnRecords => ({
      ...recordsWith(GOOD),
      findStatus: () => Promise.reject(error),
    })
    const unavailable = failing(new IssuerError('STORE_UNAVAILABLE', 'not now'))
    expect(await judge(ENTRY, { records: unavailable })).toBe('unknown status-unreachable')
    await expect(judge(ENTRY, { records: failing(new TypeError('a bug')) })).rejects.toThrow(
      'a bug',
    )
  })

  it('gives W3C types where there are some', async () => {
    const typeOf = async (status: OwnStatus) => {
      const document = { id: ID, issuer: { id: OURS }, credentialStatus: ENTRY }
      return (await checkStatus(document, { ...shared, records: recordsWith(status) }, true))
        .problems[0]?.type
    }
    expect(await typeOf({ kind: 'unknown-list' })).toBe(
      'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
    )
    expect(await typeOf({ kind: 'out-of-range' })).toBe(
      'https://www.w3.org/TR/vc-data-model#RANGE_ERROR',
    )
    expect(await typeOf({ ...GOOD, state: 'revoked' })).toBe('urn:imprimatur:check:revoked')
  })
})
