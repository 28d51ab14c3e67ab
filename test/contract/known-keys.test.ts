/** Keys of issuers that a list vouches for, from one check to the next. */

import { describe, expect, it } from 'vitest'
import { systemHasher } from '../../src/adapters/system/environment.js'
import { forgetKeys, recallKeys } from '../../src/application/known-keys.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import type { OwnRecords } from '../../src/application/ports/verifier.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import type { JsonObject } from '../../src/domain/json.js'
import { parseTrustList, type TrustList } from '../../src/domain/trust-list.js'
import { toDidDocument } from '../../src/domain/verification-method.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument } from '../support/badge-documents.js'
import { describeEachDatabase } from '../support/databases.js'
import { fixedControllers, NO_RECORDS } from '../support/fixed-records.js'
import { secure } from '../support/signed-badges.js'
import { KEEPER, type Signer, STRANGER } from '../support/signing-keys.js'
import { NOW } from './records.js'

const WEB = 'did:web:vista.example.org'
const clock = { now: () => Date.parse(NOW) }
const LATER = { now: () => Date.parse(NOW) + 86_400_000 }

describeEachDatabase('known keys', (open) => {
  it('are remembered at first sight, and with them those that later stand beside them', async () => {
    const parts = { database: await open(), clock }
    expect(await recallKeys(parts, WEB, ['a', 'b'])).toEqual({ kind: 'first' })
    expect(await recallKeys(parts, WEB, ['b'])).toEqual({ kind: 'known' })
    expect(await recallKeys({ ...parts, clock: LATER }, WEB, ['b', 'c'])).toEqual({ kind: 'known' })
    expect(await recallKeys(parts, WEB, ['c'])).toEqual({ kind: 'known' })
    expect(await recallKeys(parts, 'did:web:other.example', ['z'])).toEqual({ kind: 'first' })
  })

  it('are missed when none of them is left, until the operator lets them be forgotten', async () => {
    const parts = { database: await open(), clock }
    await recallKeys(parts, WEB, ['a'])
    const changed = { kind: 'changed', since: NOW }
    const later = { ...parts, clock: LATER }
    expect(await recallKeys(later, WEB, ['x', 'y'])).toEqual(changed)
    expect(await recallKeys(later, WEB, ['x', 'y'])).toEqual(changed)
    await forgetKeys(later, WEB, 'cli')
    expect(await recallKeys(later, WEB, ['x', 'y'])).toEqual({ kind: 'first' })
    expect(await recallKeys(later, WEB, ['a'])).toMatchObject({ kind: 'changed' })
    await expect(forgetKeys(parts, 'did:web:none.example', 'cli')).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    })
  })

  it('are only compared where nothing may be written', async () => {
    const database = await open()
    expect(await recallKeys({ database }, WEB, ['a'])).toEqual({ kind: 'first' })
    expect(await database.stores.knownKeys.list(WEB)).toEqual([])
    await recallKeys({ database, clock }, WEB, ['a'])
    expect(await recallKeys({ database }, WEB, ['x'])).toMatchObject({ kind: 'changed' })
  })

  it('are fifty at most', async () => {
    const database = await open()
    const names = (start: string) => Array.from({ length: 60 }, (_, place) => `${start}${place}`)
    await recallKeys({ database, clock }, WEB, names('a'))
    await recallKeys({ database, clock }, WEB, ['a0', ...names('b')])
    expect(await database.stores.knownKeys.list(WEB)).toHaveLength(50)
  })

  it('decide about a badge of an issuer that a list vouches for', async () => {
    const database = await open()
    const records = createOwnRecords({
      database,
      clock,
      hasher: systemHasher,
      baseUrl: 'https://badges.example.org',
    })
    const first = signerFor(STRANGER)
    const second = signerFor(KEEPER)
    expect(await judge(records, [first], first)).toEqual(['valid', 'passed'])
    // A successor beside the known key, then alone.
    expect(await judge(records, [first, second], second)).toEqual(['valid', 'passed'])
    expect(await judge(records, [second], second)).toEqual(['valid', 'passed'])
    await forgetKeys({ database, clock }, WEB, 'cli')
    expect(await judge(records, [first], first)).toEqual(['valid', 'passed'])
    // The address in other hands.
    const changed = ['unknown', 'unknown', 'issuer-key-changed']
    expect(await judge(records, [second], second)).toEqual(changed)
    expect(await judge(records, [first], first)).toEqual(['valid', 'passed'])
  })
})

describe('nobody is remembered', () => {
  const asked: string[] = []
  const records: OwnRecords = {
    ...NO_RECORDS,
    recallKeys: async (issuer) => {
      asked.push(issuer)
      throw new IssuerError('STORE_UNAVAILABLE', 'Not now.')
    },
  }
  const stranger = signerFor(STRANGER)

  it.each([
    ['whom no list names', []],
    ['whom another list names', [aList('did:web:other.example')]],
  ])('%s', async (_name, lists) => {
    expect(await judge(records, [stranger], stranger, lists)).toEqual(['valid', 'passed'])
    expect(asked).toEqual([])
  })

  it('whose signature does not hold', async () => {
    const verdict = await judge(records, [stranger], { ...stranger, key: KEEPER.key })
    expect([verdict[0], asked]).toEqual(['invalid', []])
  })

  it('whose identifier is its key', async () => {
    const did = STRANGER.method.controller
    expect(await judge(records, [STRANGER], STRANGER, [aList(did)])).toEqual(['valid', 'passed'])
    expect(asked).toEqual([])
  })

  it('and no badge waits, while the records do not answer', async () => {
    expect(await judge(records, [stranger], stranger)).toEqual(['valid', 'passed'])
    expect(asked).toEqual([WEB])
  })
})

function aList(id: string): TrustList {
  const list = parseTrustList({ name: 'Library schools', issuers: [{ id }] }, '')
  if (typeof list === 'string') throw new Error(list)
  return list
}

/** The same key, as the site publishes it. */
function signerFor({ key, method }: Signer): Signer {
  const id = `${WEB}#${method.publicKeyMultibase}`
  return { key, method: { ...method, id, controller: WEB } }
}

/** Verdict, outcome of the key's row, and its codes, for a badge signed by `signer`. */
async function judge(
  records: OwnRecords,
  published: readonly Signer[],
  signer: Signer,
  trustLists: readonly TrustList[] = [aList(WEB)],
): Promise<readonly string[]> {
  const issuer = signer.method.controller
  const { credentialStatus: _none, ...document } = badgeDocument({ issuer })
  const badge = await secure(document as JsonObject, [signer])
  const publishes = toDidDocument(
    issuer,
    published.map(({ method }) => method),
  )
  const composed = await composeVerifying({ clock, records, trustLists })
  const controllers = fixedControllers((id) => (id === WEB ? publishes : undefined))
  const bytes = new TextEncoder().encode(JSON.stringify(badge))
  const { report } = await verifyCredential({ ...composed, controllers }, bytes)
  const row = report.checks.find(({ name }) => name === 'keyState')
  return [report.verdict, row?.outcome ?? '', ...(row?.problems.map(({ code }) => code) ?? [])]
}
