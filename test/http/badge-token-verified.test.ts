/** Tokens of this service in its own verifier (OB 3.0 section 8.2, verification). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { generateKey } from '../../src/adapters/proofs/key-folder.js'
import { changeKeyState, recordKey } from '../../src/application/manage-keys.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import type { KeyAlgorithm } from '../../src/domain/signing-key.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { PASSPHRASE, p256FromSeed } from '../support/service.js'
import { base64url, summary, tokenOf, tokenSigner } from '../support/tokens.js'

async function bring(on: HttpService, token: string, type = 'application/vc+jwt') {
  const answer = await on.send({
    method: 'POST',
    path: '/api/v1/verify',
    headers: { 'Content-Type': type },
    body: token,
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as unknown as VerificationReport
}

const judged = async (on: HttpService, token: string) => summary(await bring(on, token))

async function issue(on: HttpService, id: string): Promise<string> {
  const { code } = await on.badge({ id })
  return (await on.send({ path: `/badges/${code}.jwt` })).text
}

async function addKey(on: HttpService, algorithm: KeyAlgorithm): Promise<string> {
  const { file: _file, ...key } = await writeKeyFile(
    on.settings.keysDir,
    DEFAULT_ISSUER,
    generateKey(algorithm, 2048),
    PASSPHRASE,
    '2026-01-01T00:00:00Z',
  )
  await recordKey(on.service.issuing, key, 'test')
  return key.keyId
}

const headerOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
const keyIdOf = (token: string): string => headerOf(token).kid.split('/').at(-1)

describe('a badge of ours as a token', () => {
  let http: HttpService
  beforeAll(async () => {
    http = await openHttpService()
  })
  afterAll(() => http.close())

  it('is valid, and every row says so', async () => {
    const token = await issue(http, 'valid')
    for (const type of ['application/vc+jwt', 'application/jwt']) {
      const report = await bring(http, token, type)
      expect(summary(report)).toBe('valid')
      const rows = report.checks.map(({ name, outcome }) => [name, outcome])
      expect(Object.fromEntries(rows)).toEqual({
        readable: 'passed',
        structure: 'passed',
        contexts: 'passed',
        issuerKey: 'passed',
        proof: 'passed',
        keyState: 'passed',
        status: 'passed',
        dates: 'passed',
        recipient: 'skipped',
        endorsements: 'skipped',
        issuerTrust: 'passed',
      })
    }
  })

  it('is valid in an envelope', async () => {
    const id = `data:application/vc+jwt,${await issue(http, 'enveloped')}`
    const envelope = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: 'EnvelopedVerifiableCredential',
      id,
    }
    const report = await bring(http, JSON.stringify(envelope), 'application/vc')
    expect(summary(report)).toBe('valid')
  })

  it('is not valid any more once its badge is revoked', async () => {
    const { code } = await http.badge({ id: 'revoked' })
    const { text } = await http.send({ path: `/badges/${code}.jwt` })
    await http.send({
      method: 'POST',
      path: `/api/v1/badges/${code}/status`,
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await http.token('badges:status')}`,
      },
      body: JSON.stringify({ change: 'revoke', reason: 'Issued in error.' }),
    })
    expect(await judged(http, text)).toBe('invalid, status:revoked /credentialStatus')
  })

  it('is not valid with any other character', async () => {
    const token = await issue(http, 'spoilt')
    const [header = '', payload = '', signature = ''] = token.split('.')
    const other = Buffer.from(payload, 'base64url').toString().replace('Empowering', 'Enpowering')
    expect(await judged(http, [header, base64url(other), signature].join('.'))).toBe(
      'invalid, proof:signature-mismatch',
    )
    const first = signature[0] === 'A' ? 'B' : 'A'
    expect(await judged(http, [header, payload, first + signature.slice(1)].join('.'))).toBe(
      'invalid, proof:signature-mismatch',
    )
  })

  it('is not believed under another of our keys, nor by somebody else with ours', async () => {
    const token = await issue(http, 'other-key')
    const [, payload = '', signature = ''] = token.split('.')
    const header = base64url(JSON.stringify({ ...headerOf(token), kid: `${headerOf(token).kid}x` }))
    expect(await judged(http, [header, payload, signature].join('.'))).toMatch(/^(invalid|unknown)/)
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const stolen = { ...claims, issuer: { ...claims.issuer, id: 'did:web:evil.example' } }
    const forged = [token.split('.')[0], base64url(JSON.stringify(stolen)), signature].join('.')
    expect(await judged(http, forged)).toContain('invalid, issuerKey:issuer-key-mismatch')
  })
})

describe('the keys of our tokens', () => {
  const onItsOwn = async (
    env: Readonly<Record<string, string>>,
    work: (on: HttpService) => Promise<void>,
  ) => {
    const on = await openHttpService({ env })
    try {
      await work(on)
    } finally {
      await on.close()
    }
  }

  it('may be RSA keys', async () => {
    await onItsOwn({ JWT_ALGORITHM: 'RS256' }, async (on) => {
      await addKey(on, 'RS256')
      expect(await judged(on, await issue(on, 'rsa'))).toBe('valid')
    })
  })

  it('are known after they retired', async () => {
    await onItsOwn({}, async (on) => {
      const token = await issue(on, 'before')
      await addKey(on, 'ES256')
      await changeKeyState(on.service.issuing, keyIdOf(token), { kind: 'retire' }, 'test')
      expect(await judged(on, token)).toBe('valid')
    })
  })

  it('that were stolen are believed for what our log has, and for nothing else', async () => {
    let now = Date.parse('2026-03-10T09:00:00Z')
    const seed = Buffer.alloc(32, 0x77)
    const on = await openHttpService({ clock: { now: () => now }, seed })
    try {
      const token = await issue(on, 'before-theft')
      now = Date.parse('2026-03-12T09:00:00Z')
      const since = '2026-03-11T00:00:00Z'
      const change = { kind: 'compromise', since } as const
      await changeKeyState(on.service.issuing, keyIdOf(token), change, 'test')
      expect(await judged(on, token)).toBe('valid')
      const signer = tokenSigner('ES256', p256FromSeed(seed))
      const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
      const forged = tokenOf(signer, headerOf(token), { ...payload, name: 'Another badge' })
      expect(await judged(on, tokenOf(signer, headerOf(token), payload))).toBe('valid')
      expect(await judged(on, forged)).toBe('invalid, keyState:key-compromised /verificationMethod')
    } finally {
      await on.close()
    }
  })

  it('go with an issuer whose did:key changes', async () => {
    await onItsOwn({ BASE_URL: 'http://localhost:4711' }, async (on) => {
      const old = await issue(on, 'old')
      expect(await judged(on, old)).toBe('valid')
      const next = await addKey(on, 'Ed25519')
      await changeKeyState(on.service.issuing, next, { kind: 'activate' }, 'test')
      const young = await issue(on, 'young')
      expect(headerOf(young).kid).toBe(headerOf(old).kid)
      expect(await judged(on, young)).toBe('valid')
      expect(await judged(on, old)).toBe('valid')
    })
  })
})
