/** Honest tokens of others: every algorithm, both data models, every way to name the key. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import type { JsonObject } from '../../src/domain/json.js'
import { hasOfficialData, officialPath } from '../support/official-data.js'
import {
  base64url,
  controllerOf,
  payloadV1,
  payloadV2,
  SIGNERS,
  summary,
  TOKEN_ALGS,
  tokenOf,
  verifyWith,
} from '../support/tokens.js'

const WEB = 'did:web:issuer.example.org'
const HTTPS = 'https://issuer.example.org/profile'
const MODELS = { '1.1': payloadV1, '2.0': payloadV2 } as const

const CASES = TOKEN_ALGS.flatMap((alg) =>
  (['1.1', '2.0'] as const).map((model) => ({ alg, model })),
)

describe.each(CASES)('a token by $alg of data model $model', ({ alg, model }) => {
  const signer = SIGNERS[alg]
  const payload = MODELS[model]
  const judged = async (issuer: string, header: JsonObject, documents = {}) =>
    summary(await verifyWith(documents, tokenOf(signer, header, payload(issuer))))
  const didKey = `did:key:${signer.multikey}`
  const didJwk = `did:jwk:${base64url(JSON.stringify(signer.publicKeyJwk))}`

  it('by a did:key is valid, however it names the key', async () => {
    const { publicKeyJwk: jwk, multikey } = signer
    const namings = [{ kid: `${didKey}#${multikey}` }, { kid: didKey }, { jwk }]
    for (const naming of [...namings, { kid: `#${multikey}` }, { kid: didKey, jwk }])
      expect(await judged(didKey, naming)).toBe('valid')
  })

  it('by a did:jwk is valid', async () => {
    for (const naming of [{ kid: `${didJwk}#0` }, { kid: '#0' }, { jwk: signer.publicKeyJwk }])
      expect(await judged(didJwk, naming)).toBe('valid')
  })

  it('by a did:web is valid with its document, and open without it', async () => {
    const documents = { [WEB]: controllerOf(WEB) }
    const namings = [{ kid: `${WEB}#${alg}` }, { kid: `#${alg}` }, { kid: alg }]
    for (const naming of [...namings, { jwk: signer.publicKeyJwk }]) {
      expect(await judged(WEB, naming, documents)).toBe('valid')
      expect(await judged(WEB, naming)).toBe(
        'unknown, issuerKey:key-not-at-hand /issuer/id, proof:proof-not-checked',
      )
    }
  })

  it('by a did:web that publishes Multikeys is valid', async () => {
    const id = `${WEB}#${signer.multikey}`
    const method = { id, type: 'Multikey', controller: WEB, publicKeyMultibase: signer.multikey }
    const document = { id: WEB, verificationMethod: [method], assertionMethod: [id] }
    for (const naming of [{ kid: id }, { jwk: signer.publicKeyJwk }])
      expect(await judged(WEB, naming, { [WEB]: document })).toBe('valid')
  })

  it('by an address whose key has an address below it is valid', async () => {
    const kid = `${HTTPS}/keys/1`
    const jwk = { ...signer.publicKeyJwk, kid, alg, use: 'sig' }
    expect(await judged(HTTPS, { kid }, { [kid]: jwk })).toBe('valid')
    expect(await judged(HTTPS, { kid })).toContain('unknown, issuerKey:key-not-at-hand')
  })

  it('says which algorithm it was', async () => {
    const { checks, format, badge } = await verifyWith(
      {},
      tokenOf(signer, { kid: didKey }, payload(didKey)),
    )
    expect(checks.find(({ name }) => name === 'proof')).toEqual({
      name: 'proof',
      outcome: 'passed',
      sentence: `The signature of the token (${alg}) holds: nothing was changed since it was signed.`,
      problems: [],
    })
    expect(format).toBe(`Open Badges 3.0 credential (VC-JWT, VC Data Model ${model})`)
    expect(badge).toMatchObject({
      issuerId: didKey,
      validFrom: '2025-01-10T09:00:00Z',
      proofs: [{ type: 'JWT', verificationMethod: didKey, checked: true }],
    })
  })
})

describe.skipIf(!hasOfficialData)('the official sample (skipped without it)', () => {
  const file = readFileSync(officialPath('vectors/validator/simple-jwt.png'))
  const token = Buffer.from(extractFromPicture(file)).toString()
  const [header = ''] = token.split('.')
  const { jwk } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { jwk: JsonObject }
  const issuer = 'https://1edtech.edu/issuers/565049'
  const id = `${issuer}#key`
  const documentWith = (publicKeyJwk: JsonObject) => ({
    id: issuer,
    verificationMethod: [{ id, type: 'JsonWebKey', controller: issuer, publicKeyJwk }],
    assertionMethod: [id],
  })

  it('simple-jwt.png is valid once its issuer publishes the key, and open before', async () => {
    expect(summary(await verifyWith({ [issuer]: documentWith(jwk) }, token))).toBe('valid')
    expect(summary(await verifyWith({}, token))).toBe(
      'unknown, issuerKey:key-not-at-hand /issuer/id, proof:proof-not-checked',
    )
  })

  it('simple-jwt.png is not valid when its issuer publishes another', async () => {
    const document = documentWith(SIGNERS.RS256.publicKeyJwk)
    expect(summary(await verifyWith({ [issuer]: document }, token))).toContain(
      'invalid, issuerKey:issuer-key-mismatch',
    )
  })
})
