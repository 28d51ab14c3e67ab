import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { changeKeyState, findKey, recordKey } from '../../src/application/manage-keys.js'
import type { Database } from '../../src/application/ports/stores.js'
import type { NewKey } from '../../src/domain/signing-key.js'
import { describeEachDatabase } from '../support/databases.js'

const BASE_URL = 'https://badges.example.org'

function aKey(keyId: string, changes: Partial<NewKey> = {}): NewKey {
  return {
    keyId,
    issuer: 'default',
    algorithm: 'Ed25519',
    publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' },
    publicKeyMultibase: keyId,
    created: '2026-01-01T00:00:00Z',
    ...changes,
  }
}

const at = (database: Database, time: string) => ({
  baseUrl: BASE_URL,
  database,
  clock: { now: () => Date.parse(time) },
})

describeEachDatabase('KeyStore', (open, place) => {
  it('gives a key back as it was recorded, with its issuer’s name', async () => {
    const database = await open()
    const parts = at(database, '2026-02-01T00:00:00Z')
    await recordKey(parts, aKey('z6Mk1'), 'test')
    await recordKey(parts, aKey('z6Mk2', { issuer: 'vista-unified' }), 'test')
    const { publicKeyMultibase: _none, ...rsa } = aKey('thumb', { algorithm: 'RS256' })
    await recordKey(parts, rsa, 'test')
    expect(await database.stores.keys.find('z6Mk1')).toStrictEqual({
      ...aKey('z6Mk1'),
      controller: 'did:web:badges.example.org',
      methodId: 'did:web:badges.example.org#z6Mk1',
      state: 'active',
      activated: '2026-02-01T00:00:00Z',
    })
    expect((await database.stores.keys.findActive('vista-unified', 'Ed25519'))?.methodId).toBe(
      'did:web:badges.example.org:issuers:vista-unified#z6Mk2',
    )
    expect((await database.stores.keys.find('thumb'))?.methodId).toBe(`${BASE_URL}/keys/thumb`)
    expect(await database.stores.keys.findByMethod(`${BASE_URL}/keys/thumb`)).toMatchObject(rsa)
    expect((await database.stores.keys.list('default')).map((key) => key.keyId)).toEqual([
      'thumb',
      'z6Mk1',
    ])
    expect(await database.stores.keys.list()).toHaveLength(3)
  })

  it('never gives one key to two issuers', async () => {
    const database = await open()
    const parts = at(database, '2026-02-01T00:00:00Z')
    await recordKey(parts, aKey('z6Mk1'), 'test')
    const shared = recordKey(parts, aKey('z6Mk1', { issuer: 'vista-unified' }), 'test')
    await expect(shared).rejects.toMatchObject({ code: 'KEY_EXISTS' })
    expect(await database.stores.keys.list('vista-unified')).toEqual([])
  })

  it('rotates in one step: the new key signs and the old one is retired', async () => {
    const database = await open()
    const { keys, audit } = database.stores
    await recordKey(at(database, '2026-02-01T00:00:00Z'), aKey('z6Mk1'), 'test')
    const second = await recordKey(at(database, '2026-02-02T00:00:00Z'), aKey('z6Mk2'), 'test')
    expect(second.state).toBe('pending')
    const parts = at(database, '2026-02-03T00:00:00Z')
    await changeKeyState(parts, 'z6Mk2', { kind: 'activate' }, 'cli')
    expect((await keys.findActive('default', 'Ed25519'))?.keyId).toBe('z6Mk2')
    expect(await keys.find('z6Mk1')).toMatchObject({
      state: 'retired',
      retired: '2026-02-03T00:00:00Z',
    })
    expect((await audit.listFor('key:z6Mk1')).map(({ action }) => action)).toEqual([
      'key.recorded',
      'key.retired',
    ])
  })

  it('dates a change when its turn has come, as others may have signed meanwhile', async () => {
    const database = await open()
    const parts = at(database, '2026-02-01T00:00:00Z')
    for (const id of ['z6Mk1', 'z6Mk2']) await recordKey(parts, aKey(id), 'test')
    let now = Date.parse('2026-02-03T00:00:00Z')
    const crowded: Database = {
      ...database,
      transaction: async (work) => {
        now += 4000
        return database.transaction(work)
      },
    }
    const waiting = { baseUrl: BASE_URL, database: crowded, clock: { now: () => now } }
    await changeKeyState(waiting, 'z6Mk2', { kind: 'activate' }, 'cli')
    const moment = '2026-02-03T00:00:04Z'
    expect(await database.stores.keys.find('z6Mk1')).toMatchObject({ retired: moment })
    expect(await database.stores.keys.find('z6Mk2')).toMatchObject({ activated: moment })
  })

  it('does not retire a key while a badge is being prepared for it', async () => {
    const database = await open()
    const parts = at(database, '2026-02-01T00:00:00Z')
    for (const id of ['z6Mk1', 'z6Mk2']) await recordKey(parts, aKey(id), 'test')
    const order: string[] = []
    const clock = {
      now: () => {
        order.push('the change is dated')
        return Date.parse('2026-02-03T00:00:00Z')
      },
    }
    const other = await open()
    let changing: Promise<unknown> = Promise.resolve()
    await database.transaction(async (stores) => {
      await stores.keys.holdActive('default', 'Ed25519')
      const activation = { kind: 'activate' } as const
      changing = changeKeyState({ ...parts, database: other, clock }, 'z6Mk2', activation, 'cli')
      await sleep(300)
      expect((await stores.keys.findActive('default', 'Ed25519'))?.keyId).toBe('z6Mk1')
      order.push('the badge is prepared')
    })
    await changing
    expect(order).toEqual(['the badge is prepared', 'the change is dated'])
    expect((await database.stores.keys.findActive('default', 'Ed25519'))?.keyId).toBe('z6Mk2')
  })

  it('prepares a badge for the next key when the one before has just retired', async () => {
    const database = await open()
    const parts = at(database, '2026-02-01T00:00:00Z')
    for (const id of ['z6Mk1', 'z6Mk2']) await recordKey(parts, aKey(id), 'test')
    const other = await open()
    const change = () =>
      changeKeyState({ ...parts, database: other }, 'z6Mk2', { kind: 'activate' }, 'cli')
    let changing: Promise<unknown> | undefined
    const found = await database.transaction(async (stores) => {
      await stores.keys.list()
      changing ??= change()
      await Promise.race([changing, sleep(300)])
      await stores.keys.holdActive('default', 'Ed25519')
      return stores.keys.findActive('default', 'Ed25519')
    })
    await changing
    // SQLite lets the change in after the badge; PostgreSQL runs the work again, after the change.
    const [badgeFirst, changeFirst] = ['z6Mk1', 'z6Mk2']
    expect(found?.keyId).toBe(place.kind === 'sqlite' ? badgeFirst : changeFirst)
  })

  it('lets of two activations at the same time one win', async () => {
    const database = await open()
    const parts = at(database, '2026-02-01T00:00:00Z')
    for (const id of ['z6Mk1', 'z6Mk2', 'z6Mk3']) await recordKey(parts, aKey(id), 'test')
    await Promise.allSettled(
      ['z6Mk2', 'z6Mk3'].map((id) => changeKeyState(parts, id, { kind: 'activate' }, 'cli')),
    )
    const states = (await database.stores.keys.list()).map((key) => key.state)
    expect(states.filter((state) => state === 'active')).toHaveLength(1)
  })

  it('refuses what its state does not allow, and changes nothing', async () => {
    const database = await open()
    const parts = at(database, '2026-02-05T00:00:00Z')
    await recordKey(parts, aKey('z6Mk1'), 'test')
    await recordKey(parts, aKey('z6Mk2'), 'test')
    const change = (id: string, kind: 'activate' | 'retire') =>
      changeKeyState(parts, id, { kind }, 'cli')
    const compromise = (id: string, since: string) =>
      changeKeyState(parts, id, { kind: 'compromise', since }, 'cli')
    await expect(change('z6Mk1', 'activate')).rejects.toMatchObject({ code: 'KEY_STATE_CONFLICT' })
    await expect(change('z6Mk1', 'retire')).rejects.toMatchObject({ code: 'KEY_STATE_CONFLICT' })
    await expect(change('z6Mk', 'retire')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(change('z6Mk9', 'retire')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(compromise('z6Mk2', '2026-03-01T00:00:00Z')).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    })
    await compromise('z6Mk2', '2026-02-04T00:00:00Z')
    await expect(change('z6Mk2', 'activate')).rejects.toMatchObject({ code: 'KEY_STATE_CONFLICT' })
    await expect(compromise('z6Mk2', '2026-02-04T12:00:00Z')).rejects.toMatchObject({
      code: 'KEY_STATE_CONFLICT',
    })
    await compromise('z6Mk2', '2026-02-01T00:00:00Z')
    expect(await findKey(database.stores, 'z6Mk2')).toMatchObject({
      state: 'compromised',
      compromisedSince: '2026-02-01T00:00:00Z',
    })
    expect((await findKey(database.stores, 'z6Mk1')).state).toBe('active')
  })
})
