/** Changes of status on both databases: one of many that ask at once is granted, and none is lost. */
import { expect, it } from 'vitest'
import { systemHasher } from '../../src/adapters/system/environment.js'
import {
  changeBadgeStatus,
  changeManyStatuses,
  type StatusOutcome,
} from '../../src/application/change-status.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import type { Database } from '../../src/application/ports/stores.js'
import type { StatusChange } from '../../src/domain/badge-status.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import { type NewKey, toSigningKey } from '../../src/domain/signing-key.js'
import { describeEachDatabase } from '../support/databases.js'
import {
  aBadge,
  addFoundations,
  addIntended,
  anIntent,
  aReviewRecord,
  ISSUER,
  NOW,
} from './records.js'

const ACTOR = { name: 'test' }
const clock = { now: () => Date.parse(NOW) }

const partsOn = (database: Database) => ({ database, clock, hasher: systemHasher })
const request = (code: string, change: StatusChange) => ({
  code,
  change,
  reason: { text: 'Why.', isPublic: true },
})

async function addBadges({ stores }: Database, count: number): Promise<void> {
  await addFoundations(stores)
  for (let n = 0; n < count; n += 1) {
    await addIntended(stores, n)
    await stores.badges.insert(aBadge({ code: `code-${n}`, reviewRecordId: `record-${n}` }))
  }
}

const nameOf = (outcome: StatusOutcome) =>
  outcome.kind === 'changed' ? outcome.changed.state : outcome.error.code

describeEachDatabase('changing a status', (open) => {
  it('is granted to one of 20 that ask at once, and logged once', async () => {
    const [here, there] = [await open(), await open()]
    await addBadges(here, 1)
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        changeBadgeStatus(partsOn(n % 2 ? here : there), ACTOR, request('code-0', 'revoke')).then(
          ({ state }) => state,
          (error: unknown) => (error instanceof IssuerError ? error.code : String(error)),
        ),
      ),
    )
    expect(asked.filter((one) => one === 'revoked')).toHaveLength(1)
    expect(asked.filter((one) => one === 'STATUS_CONFLICT')).toHaveLength(19)
    const logged = await here.stores.audit.listFor('code-0')
    expect(logged.map(({ action }) => action)).toEqual(['badge.revoked'])
    expect(await here.stores.statusLists.countRevoked('list-1')).toBe(1)
  })

  it('of many goes on after a refusal, in order, and over several commits', async () => {
    const database = await open()
    await addBadges(database, 120)
    const rows = [
      ...Array.from({ length: 110 }, (_, n) => request(`code-${n}`, 'revoke')),
      request('code-3', 'reinstate'),
      request('nobody', 'revoke'),
      new IssuerError('STATUS_CHANGE_INVALID', 'A line that could not be read.'),
      request('code-115', 'suspend'),
      request('code-115', 'revoke'),
    ]
    const outcomes: string[] = []
    for await (const outcome of changeManyStatuses(partsOn(database), ACTOR, rows))
      outcomes.push(nameOf(outcome))
    expect(outcomes).toEqual([
      ...Array.from({ length: 110 }, () => 'revoked'),
      'STATUS_CONFLICT',
      'NOT_FOUND',
      'STATUS_CHANGE_INVALID',
      'suspended',
      'revoked',
    ])
    expect(await database.stores.statusLists.countRevoked('list-1')).toBe(111)
  })

  it('of another issuer’s badge is refused and changes nothing', async () => {
    const database = await open()
    await addBadges(database, 1)
    const actor = { name: 'token:x', issuer: 'vista-unified' }
    await expect(
      changeBadgeStatus(partsOn(database), actor, request('code-0', 'revoke')),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await database.stores.statusLists.findEntry('code-0'))?.state).toBe('valid')
    expect(await database.stores.audit.listFor('code-0')).toEqual([])
  })
})

describeEachDatabase('our own records', (open) => {
  const baseUrl = 'https://badges.example.org'
  const key: NewKey = {
    keyId: 'z6Mk',
    issuer: 'default',
    algorithm: 'Ed25519',
    publicKeyJwk: {},
    publicKeyMultibase: 'z6Mk',
    created: NOW,
  }

  it('know our lists, and no others', async () => {
    const database = await open()
    await addBadges(database, 2)
    const records = createOwnRecords({ baseUrl, database, hasher: systemHasher })
    const find = (list: string, index: number) => records.findStatus(list, index)
    const good = {
      kind: 'found',
      credentialId: `${baseUrl}/badges/code-1`,
      issuer: ISSUER,
      state: 'valid',
    }
    expect(await find(`${baseUrl}/status/list-1`, 1)).toEqual(good)
    expect(await find(`${baseUrl}/status/list-1`, 2)).toEqual({ kind: 'unknown-entry' })
    expect(await find(`${baseUrl}/status/list-1`, 131_072)).toEqual({ kind: 'out-of-range' })
    for (const list of [
      'list-2',
      '',
      'list-1/',
      'list-1#1',
      'list-1?x',
      '\u0000',
      'x'.repeat(9999),
    ])
      expect(await find(`${baseUrl}/status/${list}`, 1)).toEqual({ kind: 'unknown-list' })
    for (const url of ['https://badges.example.org.evil.example/status/list-1', 'list-1', ''])
      expect(await find(url, 1)).toEqual({ kind: 'foreign-list' })
    await changeBadgeStatus(partsOn(database), ACTOR, request('code-1', 'revoke'))
    expect(await find(`${baseUrl}/status/list-1`, 1)).toEqual({
      ...good,
      state: 'revoked',
      changedAt: NOW,
      publicReason: 'Why.',
    })
  })

  it('know our keys and the text of our badges, by the id that was signed', async () => {
    const database = await open()
    const code = '0123456789abcdefghjkmnpqrs'
    const { stores } = database
    await addFoundations(stores)
    await stores.reviews.insert(aReviewRecord('record-1'))
    await stores.statusLists.reserve('list-1', 7, code)
    await stores.intents.insert(anIntent({ code }))
    await stores.badges.insert(aBadge({ code, securedJson: '{"signed":true}' }))
    const records = createOwnRecords({ baseUrl, database, hasher: systemHasher })
    await stores.keys.insert(toSigningKey(key, baseUrl, ISSUER, NOW))
    expect(await records.findController(ISSUER)).toMatchObject({ id: ISSUER })
    expect(await records.findController('did:web:other.example.org')).toBeUndefined()
    const url = `${baseUrl}/badges/${code}`
    expect(await records.findIssued(url)).toMatchObject({
      contentDigest: systemHasher.sha256Hex('{"@context":[],"signed":true}'),
    })
    const others = [
      url.toUpperCase(),
      `${url}.json`,
      `${baseUrl}/badges/`,
      '',
      `${url.slice(0, -1)}t`,
    ]
    for (const id of [...others, `${baseUrl}/badges/${code.toUpperCase()}`])
      expect(await records.findIssued(id)).toBeUndefined()
  })
})
