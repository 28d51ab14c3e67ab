/** A receipt to the last byte, and what becomes of it over the life of its key. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemIds } from '../../src/adapters/system/environment.js'
import type { Database } from '../../src/application/ports/stores.js'
import { issueReceipt, judgeReceipt, type ReceiptParts } from '../../src/application/receipts.js'
import type { SigningKey } from '../../src/domain/signing-key.js'
import { createReceipt, readReceipt } from '../../src/domain/verification-receipt.js'
import { sampleReport } from '../support/sample-views.js'
import { activeKey, openTestService, type TestService } from '../support/service.js'

const UUID = '00000000-0000-4000-8000-000000000001'
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const REPORT = {
  ...sampleReport([
    {
      name: 'proof',
      outcome: 'failed',
      sentence: 'Zoë’s badge was changed.',
      problems: ['/proof/0', '/proof/1'].map((pointer) => ({
        code: 'signature-mismatch',
        type: 'x',
        pointer,
      })),
    },
  ]),
}
const SHORT = { ...REPORT, checks: REPORT.checks.slice(4, 5) }

/** Written down once; another library checks the form in test/http/receipts.test.ts. */
const HEADER =
  '{"alg":"EdDSA","kid":"did:web:badges.example.org#z6Mkp8gpEZ8BGrhh2sYS4w8JqGUGnRcyU83UUdTLTz5trmGs","typ":"verification-receipt+jwt"}'
const PAYLOAD =
  '{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"urn:uuid:00000000-0000-4000-8000-000000000001","type":["VerifiableCredential","VerificationReceipt"],"issuer":{"id":"did:web:badges.example.org","name":"Future Ready Librarians"},"validFrom":"2026-11-23T14:02:09Z","credentialSubject":{"type":"VerificationResult","verdict":"invalid","format":"Open Badges 3.0 credential (JSON)","brought":{"kind":"document","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"rule":"a-rule","badge":{"id":"https://badges.example.org/badges/3f7k2m9qx0v8c4t1hgz6w5ynrj","issuerId":"did:web:badges.example.org"},"checks":[{"name":"proof","outcome":"failed","sentence":"Zoë’s badge was changed.","codes":["signature-mismatch"]}]},"iss":"did:web:badges.example.org","jti":"urn:uuid:00000000-0000-4000-8000-000000000001","iat":1795442529,"nbf":1795442529}'
const SIGNATURE =
  'UnflA3K1do-gekzJzDTSD0VanJ8BWsmoargNQWHpsoipm5LQp_GGbBlmo4QAYw9oZDFgjW742sEG6mDbmahPAg'

let opened: TestService
let parts: ReceiptParts
let key: SigningKey
beforeAll(async () => {
  opened = await openTestService({ withAchievement: false })
  const { database, defaultIssuer } = opened.service.issuing
  const ids = { ...systemIds, uuid: () => UUID }
  parts = { database, defaultIssuer, ids, receiptSuite: opened.service.receiptSuite }
  key = await activeKey(opened.service)
})
afterAll(() => opened.close())

const issue = () =>
  issueReceipt(
    parts,
    {
      report: SHORT,
      refusal: { code: 'CREDENTIAL_REFUSED', rule: 'a-rule', detail: '', pointer: '' },
    },
    { kind: 'document', sha256: SHA256 },
  )

describe('a receipt', () => {
  it('has these bytes', async () => {
    const [header = '', payload = '', signature] = (await issue()).split('.')
    expect(Buffer.from(header, 'base64url').toString()).toBe(HEADER)
    expect(Buffer.from(payload, 'base64url').toString()).toBe(PAYLOAD)
    expect(signature).toBe(SIGNATURE)
  })

  it('names no bytes when a newer version of them was judged', async () => {
    const told = async (outcome: 'newer' | 'kept') => {
      const refresh = { outcome, sentence: 'A sentence.', problems: [] }
      const brought = { kind: 'document', sha256: SHA256 } as const
      const text = await issueReceipt(parts, { report: { ...SHORT, refresh } }, brought)
      const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
      const statement = readReceipt(JSON.parse(payload))
      return [statement?.brought, statement?.format]
    }
    const format = 'Open Badges 3.0 credential (JSON)'
    expect(await told('kept')).toEqual([{ kind: 'document', sha256: SHA256 }, format])
    expect(await told('newer')).toEqual([
      { kind: 'document' },
      `${format}; a newer version of what was brought`,
    ])
  })

  it.each([
    ['while its key is in use', {}, 'genuine'],
    [
      'when its key was retired later',
      { state: 'retired', retired: '2026-11-24T00:00:00Z' },
      'genuine',
    ],
    [
      'when its key had been retired',
      { state: 'retired', retired: '2026-11-23T14:01:00Z' },
      'forged',
    ],
    ['when its key was not in use yet', { activated: '2026-11-23T14:03:10Z' }, 'forged'],
    ['when its key was never in use', { state: 'pending', activated: undefined }, 'forged'],
    [
      'when its key was stolen',
      { state: 'compromised', compromisedSince: '2026-12-01T00:00:00Z' },
      'unknown',
    ],
    ['when its name is that of another key', { methodId: 'did:web:x.example#z6Mk' }, 'unknown'],
    ['when its key is of another kind', { algorithm: 'ES256' }, 'forged'],
  ])('%s', async (_name, change, outcome) => {
    const changed = { activated: '2026-01-01T00:00:00Z', ...key, ...change } as SigningKey
    const keys = {
      list: async () => [
        { ...changed, ...('activated' in change ? change : { activated: '2026-01-01T00:00:00Z' }) },
      ],
    }
    const database = { stores: { keys } } as unknown as Database
    const finding = await judgeReceipt({ ...parts, database }, await issue())
    expect(finding?.outcome).toBe(outcome)
  })

  it('is cut where a text is longer than any of ours', () => {
    const long = 'x'.repeat(99_999)
    const checks = REPORT.checks.map((check) => ({ ...check, sentence: long }))
    const badge = { id: long, issuerId: long, validFrom: '', proofs: [] }
    const { payload } = createReceipt({
      report: { ...REPORT, checks, badge },
      brought: { kind: 'document' },
      id: `urn:uuid:${UUID}`,
      issuer: { id: key.controller, name: 'FRL' },
    })
    expect(payload.length).toBeLessThan(15_000)
    expect(readReceipt(JSON.parse(payload))?.checks).toHaveLength(checks.length)
  })

  it.each([
    ['a check of another name', { checks: [{ name: 'x', outcome: 'passed', sentence: '' }] }],
    ['no checks', { checks: [] }],
    ['another outcome', { checks: [{ name: 'proof', outcome: 'x', sentence: '' }] }],
    ['another verdict', { verdict: 'good' }],
    ['no format', { format: 7 }],
  ])('with %s is not read', (_name, change) => {
    const { payload } = createReceipt({
      report: REPORT,
      brought: { kind: 'document' },
      id: `urn:uuid:${UUID}`,
      issuer: { id: key.controller, name: 'FRL' },
    })
    const value = JSON.parse(payload)
    expect(readReceipt(value)?.verdict).toBe('invalid')
    const credentialSubject = { ...value.credentialSubject, ...change }
    expect(readReceipt({ ...value, credentialSubject })).toBeUndefined()
  })

  it.each([[undefined], [null], [[]], ['x'], [{}]])('is not read from %j', (value) => {
    expect(readReceipt(value)).toBeUndefined()
  })
})
