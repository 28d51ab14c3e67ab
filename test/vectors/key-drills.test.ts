/**
 * The drills of docs/operations.md with the clock held still: keys follow each other, one is given up,
 * and at each step every badge of three generations is judged by us and by a stranger's library.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyFile, writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { listKeyFiles } from '../../src/adapters/proofs/key-folder.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { changeKeyState, recordKey } from '../../src/application/manage-keys.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import { readIssuer } from '../../src/application/read-issuer.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import type { JsonObject } from '../../src/domain/json.js'
import type { KeyChange } from '../../src/domain/signing-key.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { isVerifiedByLibrary } from '../support/library-verifier.js'
import { aReview } from '../support/reviews.js'
import { keyFromSeed, openTestService, PASSPHRASE, type TestService } from '../support/service.js'
import { secure } from '../support/signed-badges.js'

let now = Date.parse('2026-03-10T09:00:00Z')
const clock = { now: () => now }
const day = (text: string) => {
  now = Date.parse(`${text}T09:00:00Z`)
}

let opened: TestService
let verdictOf: (securedJson: string) => Promise<string>
const generations: string[] = []
const badges: string[] = []

beforeAll(async () => {
  opened = await openTestService({ clock })
  const records = createOwnRecords(opened.service.issuing)
  const parts = await composeVerifying({ clock, records })
  verdictOf = async (securedJson) => {
    const { report } = await verifyCredential(parts, new TextEncoder().encode(securedJson))
    const failed = report.checks.find(({ outcome }) => outcome === 'failed')
    return [report.verdict, failed?.problems[0]?.code].filter(Boolean).join(' ')
  }
})
afterAll(() => opened.close())

async function issue(): Promise<string> {
  const { service } = opened
  const review = service.reviewParser.parse(aReview({ id: `review-${badges.length}` }))
  const { badge } = await acceptReview(service.issuing, review, { name: 'test' })
  if (badge === undefined) throw new Error('no badge was issued')
  badges.push(badge.securedJson)
  return badge.securedJson
}

/** Makes the key of the next generation; the first is there from the start. */
async function makeKey(generation: number): Promise<string> {
  const { service, settings } = opened
  const { file: _file, ...key } = await writeKeyFile(
    settings.keysDir,
    DEFAULT_ISSUER,
    keyFromSeed(Buffer.alloc(32, generation)),
    PASSPHRASE,
    new Date(now).toISOString().replace('.000', ''),
  )
  await recordKey(service.issuing, key, 'test')
  return key.keyId
}

const change = (keyId: string, what: KeyChange) =>
  changeKeyState(opened.service.issuing, keyId, what, 'test')

const served = async () => (await readIssuer(opened.service.issuing, DEFAULT_ISSUER)).didDocument

/** How we and a stranger judge all badges now, oldest first. */
async function judgements(): Promise<readonly string[]> {
  const did = await served()
  return Promise.all(
    badges.map(async (badge) => {
      const stranger = (await isVerifiedByLibrary(badge, did, now)) ? 'verified' : 'refused'
      return `${await verdictOf(badge)}, ${stranger}`
    }),
  )
}

describe('rotation', () => {
  it('goes on from generation to generation; every badge stays valid at every step', async () => {
    await issue()
    const keys = await opened.service.issuing.database.stores.keys.list(DEFAULT_ISSUER)
    generations.push(keys.find((key) => key.algorithm === 'Ed25519')?.keyId ?? '')
    for (const [index, date] of ['2026-04-01', '2026-05-01'].entries()) {
      day(date)
      const keyId = await makeKey(index + 2)
      generations.push(keyId)
      expect((await served())['assertionMethod']).toContain(`did:web:badges.example.org#${keyId}`)
      await issue()
      expect(badges.at(-1)).not.toContain(keyId)
      await change(keyId, { kind: 'activate' })
      await issue()
      expect(badges.at(-1)).toContain(keyId)
      expect(await judgements()).toEqual(badges.map(() => 'valid, verified'))
    }
    expect(badges).toHaveLength(5)
  })

  it('says in the DID document when each key was used', async () => {
    const [first, second] = generations
    expect((await served())['verificationMethod']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          publicKeyMultibase: first,
          validFrom: '2026-03-10T09:00:00Z',
          validThrough: '2026-04-01T09:00:00Z',
        }),
        expect.objectContaining({
          publicKeyMultibase: second,
          validFrom: '2026-04-01T09:00:00Z',
          validThrough: '2026-05-01T09:00:00Z',
        }),
      ]),
    )
  })

  it('does not let a retired key sign anything newer', async () => {
    day('2026-05-02')
    const late = await forge(generations[0] ?? '', badges[0] ?? '', {}, '2026-05-02T09:00:00Z')
    expect(await verdictOf(late)).toBe('invalid key-not-valid-then')
  })
})

describe('compromise', () => {
  it('leaves valid what our own log shows before the date, and nothing else of that key', async () => {
    day('2026-05-10')
    await change(generations[1] ?? '', { kind: 'compromise', since: '2026-04-15T00:00:00Z' })
    // Badges 2 and 3 were signed with the second key: on 1 April, and on 1 May before the third.
    expect(await judgements()).toEqual([
      'valid, verified',
      'valid, verified',
      'valid, refused',
      'invalid key-compromised, refused',
      'valid, verified',
    ])
    const { verificationMethod, assertionMethod } = await served()
    expect(assertionMethod).not.toContain(`did:web:badges.example.org#${generations[1]}`)
    expect(verificationMethod).toEqual(
      expect.arrayContaining([expect.objectContaining({ revoked: '2026-04-15T00:00:00Z' })]),
    )
  })

  it('does not believe what a signature says of its own date', async () => {
    const key = generations[1] ?? ''
    const [logged = ''] = [badges[2]]
    const before = '2026-04-02T09:00:00Z'
    const fresh = logged.replaceAll(
      /\/badges\/[0-9a-z]{26}"/g,
      '/badges/00000000000000000000000000"',
    )
    expect(await verdictOf(await forge(key, fresh, {}, before))).toBe('invalid key-compromised')
    const others = { name: 'A better badge' }
    expect(await verdictOf(await forge(key, logged, others, before))).toBe(
      'invalid key-compromised',
    )
    // The same words, signed again: it is the badge that the log shows.
    expect(await verdictOf(await forge(key, logged, {}, before))).toBe('valid')
  })

  it('does not let an open intent be signed with that key', async () => {
    const { service } = opened
    day('2026-05-20')
    const stopped = {
      ...service.issuing,
      proofSuite: { secure: () => Promise.reject(new Error('the process was killed')) },
    }
    const review = service.reviewParser.parse(aReview({ id: 'interrupted' }))
    await expect(acceptReview(stopped, review, { name: 'test' })).rejects.toThrow('killed')
    const next = await makeKey(9)
    await change(next, { kind: 'activate' })
    await change(generations[2] ?? '', { kind: 'compromise', since: '2026-05-19T00:00:00Z' })
    const again = acceptReview(service.issuing, review, { name: 'test' })
    await expect(again).rejects.toMatchObject({ code: 'ISSUING_FAILED' })
    const { badge } = await acceptReview(service.issuing, review, { name: 'test' })
    expect(badge?.securedJson).toContain(next)
    expect(await verdictOf(badge?.securedJson ?? '')).toBe('valid')
  })
})

/** Signs a changed copy with the private half of a key, as whoever stole it would. */
async function forge(
  keyId: string,
  securedJson: string,
  changes: JsonObject,
  created: string,
): Promise<string> {
  const { proof: _proof, ...bare } = JSON.parse(securedJson) as JsonObject
  const { file } = listKeyFiles(opened.settings.keysDir).files.find(
    (one) => one.keyId === keyId,
  ) ?? {
    file: 'none',
  }
  const { privateKey: key } = await openKeyFile(file, PASSPHRASE)
  const controller = 'did:web:badges.example.org'
  const method = { id: `${controller}#${keyId}`, controller, publicKeyMultibase: keyId }
  return JSON.stringify(await secure({ ...bare, ...changes }, [{ key, method }], { created }))
}
