/** Whose key signed a token: only what the issuer itself publishes binds a key to it. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTokenVerifier } from '../../src/adapters/proofs/token-verifier.js'
import type { FetchedDocuments } from '../../src/application/ports/verifier.js'
import { createControllerDocuments } from '../../src/application/verification/controller-documents.js'
import { findTokenKey, type KeyNaming } from '../../src/application/verification/token-key.js'
import type { JsonObject } from '../../src/domain/json.js'
import { fixedControllers, NO_RECORDS } from '../support/fixed-records.js'
import { base64url, controllerOf, SIGNERS, STRANGERS } from '../support/tokens.js'

const { nameOf } = createTokenVerifier()
const NOW = Date.parse('2026-03-20T12:00:00Z')
const SITE = 'https://badges.example.org'
const WEB = 'did:web:badges.example.org'
const JWK = SIGNERS.ES256.publicKeyJwk

/** The code or the kind of what is found, and every address that was asked for. */
async function found(
  documents: Readonly<Record<string, JsonObject>>,
  issuer: string,
  naming: KeyNaming,
) {
  const asked: string[] = []
  const controllers = fixedControllers((id) => {
    asked.push(id)
    return documents[id]
  })
  const key = await findTokenKey(controllers, issuer, naming, NOW, nameOf)
  return { is: key.kind === 'refused' ? key.code : key.kind, asked }
}

type Fetched = readonly [url: string, document: JsonObject] | 'busy' | 'http-status'

/** The same of what came from elsewhere: by the address that was asked for, what answered there. */
async function fetchedKey(
  kid: string,
  issuer: string,
  answers: Readonly<Record<string, Fetched>>,
): Promise<string> {
  const fetched: FetchedDocuments = {
    isWaiting: () => false,
    find({ url: asked }) {
      const answer = answers[asked] ?? 'http-status'
      if (typeof answer === 'string') return { kind: 'fault', fault: answer, sentence: 'No.' }
      const [url, document] = answer
      const bytes = new TextEncoder().encode(JSON.stringify(document))
      return { kind: 'document', url, mediaType: 'application/json', bytes }
    },
  }
  const controllers = createControllerDocuments(NO_RECORDS, fetched)
  return (await findTokenKey(controllers, issuer, { kid }, NOW, nameOf)).kind
}

describe('a kid', () => {
  const documents = {
    [WEB]: controllerOf(WEB),
    'did:web:evil.example': controllerOf('did:web:evil.example'),
  }

  it.each([
    'did:web:evil.example#ES256',
    'did:web:badges.example.org.evil.example#ES256',
    'did:web:badges.example.org:other#ES256',
    'did:web:BADGES.example.org#ES256',
    'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    'https://evil.example/keys/1',
    'https://badges.example.org.evil.example/keys/1',
    'https://badges.example.org@evil.example/keys/1',
    'https://badges.example.org:444/keys/1',
    'http://badges.example.org/keys/1',
    'http://169.254.169.254/latest/meta-data',
  ])('elsewhere is refused and not asked for: %s', async (kid) => {
    expect(await found(documents, WEB, { kid })).toEqual({
      is: 'issuer-key-mismatch',
      asked: [WEB],
    })
  })

  it.each([
    '__proto__',
    'constructor',
    '#toString',
    'RS512',
    '#',
    '',
    '../../etc/passwd',
    "x' OR 1=1 --",
    'file:///etc/passwd',
    'data:application/json,{}',
    'urn:uuid:1',
    'did:web:badges.example.org',
    'did:web:badges.example.org#ES256#ES256',
    'did:web:badges.example.org#ES256 ',
    'did:web:badges.example.org?x#ES256\n',
    'did:web:badges.example.org#es256',
    'a'.repeat(10_000),
  ])('that is no listed key’s is refused (%#)', async (kid) => {
    expect(await found(documents, WEB, { kid })).toEqual({ is: 'method-not-listed', asked: [WEB] })
  })

  it('of the issuer is found by its id, or what stands behind the #', async () => {
    for (const kid of [`${WEB}#ES256`, '#ES256', 'ES256'])
      expect(await found(documents, WEB, { kid })).toEqual({ is: 'found', asked: [WEB] })
  })
})

describe('a published key', () => {
  const id = `${WEB}#1`
  const publish = (change: JsonObject, document: JsonObject = {}) => ({
    [WEB]: {
      id: WEB,
      verificationMethod: [
        { id, type: 'JsonWebKey', controller: WEB, publicKeyJwk: JWK, ...change },
      ],
      assertionMethod: [id],
      ...document,
    },
  })
  const rsa = (bits: number) => {
    const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export(
      {
        format: 'jwk',
      },
    )
    return { kty: 'RSA', n, e }
  }

  it.each<[string, JsonObject, JsonObject, string]>([
    ['another controller', { controller: 'did:web:evil.example' }, {}, 'method-controller'],
    ['another document', {}, { id: 'did:web:evil.example' }, 'method-controller'],
    ['another use', {}, { assertionMethod: [], authentication: [id] }, 'method-not-for-assertion'],
    ['an end', { expires: '2025-06-01T00:00:00Z' }, {}, 'method-over'],
    ['a revocation', { revoked: '2025-06-01T00:00:00Z' }, {}, 'method-over'],
    ['a revocation nobody can read', { revoked: 'yes' }, {}, 'method-over'],
    ['no key', { publicKeyJwk: 'x' }, {}, 'method-key-form'],
    ['two keys', { publicKeyMultibase: 'z6Mk' }, {}, 'method-key-form'],
    ['its private half', { publicKeyJwk: { ...JWK, d: 'AA' } }, {}, 'method-key-form'],
    ['a use as secret', { publicKeyJwk: { ...JWK, use: 'enc' } }, {}, 'method-over'],
    ['no operations', { publicKeyJwk: { ...JWK, key_ops: [] } }, {}, 'method-over'],
    ['a secret', { publicKeyJwk: { kty: 'oct' } }, {}, 'method-key-form'],
    ['1024 bits', { publicKeyJwk: rsa(1024) }, {}, 'method-key-form'],
    ['the exponent 1', { publicKeyJwk: { ...rsa(2048), e: 'AQ' } }, {}, 'method-key-form'],
    [
      'a modulus that is too costly',
      { publicKeyJwk: { kty: 'RSA', n: base64url(Buffer.alloc(1100, 0xff)), e: 'AQAB' } },
      {},
      'method-key-form',
    ],
    [
      'a point off the curve',
      { publicKeyJwk: { ...JWK, y: base64url(Buffer.alloc(32, 1)) } },
      {},
      'method-key-form',
    ],
    [
      'a key under which anybody can sign',
      {
        publicKeyJwk: {
          kty: 'OKP',
          crv: 'Ed25519',
          x: base64url(Buffer.from([1, ...Array<number>(31).fill(0)])),
        },
      },
      {},
      'method-key-form',
    ],
  ])('with %s is refused', async (_name, change, document, code) => {
    const documents = publish(change, document)
    expect((await found(documents, WEB, { kid: id })).is).toBe(code)
    expect((await found(documents, WEB, { jwk: JWK })).is).toMatch(/^issuer-key-mismatch$/)
  })

  it('may have an id of the document’s own, or stand where it is used', async () => {
    const relative = { ...publish({})[WEB], assertionMethod: ['#1'] }
    const inPlace = {
      id: WEB,
      assertionMethod: [{ id: '#1', type: 'JsonWebKey', controller: WEB, publicKeyJwk: JWK }],
    }
    for (const document of [relative, inPlace])
      expect((await found({ [WEB]: document }, WEB, { kid: id })).is).toBe('found')
  })

  it('that the issuer could end later counts until then', async () => {
    const documents = publish({ expires: '2099-01-01T00:00:00Z' })
    expect((await found(documents, WEB, { kid: id })).is).toBe('found')
  })

  it('is the same in the header in whatever form it is published', async () => {
    const other = { ...JWK, kid: 'other', alg: 'ES256', x5c: ['a'] }
    expect((await found(publish({}), WEB, { jwk: other })).is).toBe('found')
    expect((await found(publish({}), WEB, { kid: id, jwk: other })).is).toBe('found')
    const stranger = STRANGERS.ES256.publicKeyJwk
    expect((await found(publish({}), WEB, { kid: id, jwk: stranger })).is).toBe(
      'issuer-key-mismatch',
    )
  })
})

describe('a key with an address', () => {
  const kid = `${SITE}/keys/1`
  const at = (issuer: string, jwk: JsonObject, document?: JsonObject) =>
    found({ [kid]: jwk, ...(document === undefined ? {} : { [issuer]: document }) }, issuer, {
      kid,
    })

  it('is open where the issuer is the whole site, on which a visitor may have left a file', async () => {
    for (const issuer of [WEB, SITE, `${SITE}/`]) {
      expect((await at(issuer, JWK)).is).toBe('out-of-reach')
      expect((await at(issuer, { ...JWK, kid, iss: issuer })).is).toBe('out-of-reach')
    }
  })

  it('is believed there when the site’s JWK Set says whose it is', async () => {
    const set = `${SITE}/.well-known/jwks.json`
    for (const issuer of [WEB, SITE, `${SITE}/`]) {
      const withSet = (entry: JsonObject) =>
        found({ [kid]: JWK, [set]: { keys: [{ ...JWK, ...entry }] } }, issuer, { kid })
      expect((await withSet({ kid, iss: issuer })).is).toBe('found')
      expect((await withSet({ kid, iss: `${SITE}/issuers/1` })).is).toBe('out-of-reach')
    }
  })

  it('is believed below the address of the issuer', async () => {
    expect((await at(`${SITE}/keys`, JWK)).is).toBe('found')
    expect((await at('did:web:badges.example.org:keys', JWK)).is).toBe('found')
  })

  it('is open at a site that many may share', async () => {
    for (const issuer of [`${SITE}/issuers/1`, `${SITE}/ke`, `${WEB}:issuers:vista`]) {
      expect((await at(issuer, JWK)).is).toBe('out-of-reach')
      expect((await at(issuer, { ...JWK, iss: issuer })).is).toBe('out-of-reach')
    }
  })

  it('is believed at such a site when the issuer publishes the same key', async () => {
    const issuer = `${WEB}:issuers:vista`
    expect((await at(issuer, JWK, controllerOf(issuer))).is).toBe('found')
    const others = controllerOf(issuer, Object.values(STRANGERS))
    expect((await at(issuer, JWK, others)).is).toBe('out-of-reach')
  })

  it('must be that key, of that issuer, for signatures', async () => {
    const home = `${WEB}:keys`
    expect((await at(home, { ...JWK, kid, iss: home, use: 'sig' })).is).toBe('found')
    expect((await at(home, { ...JWK, kid: `${SITE}/keys/2` })).is).toBe('issuer-key-mismatch')
    expect((await at(home, { ...JWK, iss: `${WEB}:issuers:vista` })).is).toBe('issuer-key-mismatch')
    expect((await at(home, { ...JWK, key_ops: [] })).is).toBe('method-over')
    expect((await at(home, { ...JWK, d: 'AA' })).is).toBe('method-key-form')
    expect((await at(home, { keys: [JWK] })).is).toBe('method-key-form')
  })

  it('does not leave the address of the issuer by dots', async () => {
    const dotted = `${SITE}/keys/../evil/1`
    for (const one of [dotted, dotted.replace('..', '%2e%2e'), `${SITE}/keys/%2E./evil/1`])
      expect((await found({ [one]: JWK }, `${SITE}/keys`, { kid: one })).is).toBe('out-of-reach')
  })

  it('is none of an issuer that publishes others, although it stands at its site', async () => {
    for (const issuer of [WEB, SITE, `${SITE}/keys`]) {
      const others = controllerOf(issuer, Object.values(STRANGERS))
      expect((await at(issuer, JWK, others)).is).toBe('out-of-reach')
      expect((await at(issuer, JWK, controllerOf(issuer))).is).toBe('found')
      const profile = { id: issuer, type: 'Profile' }
      const isFolder = issuer.endsWith('/keys')
      expect((await at(issuer, JWK, profile)).is).toBe(isFolder ? 'found' : 'out-of-reach')
    }
  })

  it('is not what the site leads to elsewhere', async () => {
    const open = `${SITE}/keys/leave?to=1`
    const from = (url: string) => fetchedKey(open, `${SITE}/keys`, { [open]: [url, JWK] })
    expect(await from(open)).toBe('found')
    expect(await from(`${SITE}/keys/1`)).toBe('found')
    expect(await from('https://evil.example/keys/1')).toBe('out-of-reach')
    expect(await from(`${SITE}/people/eve/1`)).toBe('out-of-reach')
  })

  it('is open while the issuer’s own keys cannot be asked for because of too many questions', async () => {
    const published = (fault: 'busy' | 'http-status') =>
      fetchedKey(kid, `${WEB}:keys`, { [kid]: [kid, JWK], [`${SITE}/keys/did.json`]: fault })
    expect(await published('http-status')).toBe('found')
    expect(await published('busy')).toBe('out-of-reach')
  })

  it('is out of reach while nothing answers', async () => {
    expect((await found({}, WEB, { kid })).is).toBe('out-of-reach')
  })
})

describe('an identifier that is a key', () => {
  it.each([
    ['did:key:zDnAAA', 'method-not-listed'],
    [`did:key:zDn${'1'.repeat(46)}`, 'method-key-form'],
    [`did:key:${SIGNERS.RS256.multikey.slice(0, -1)}`, 'method-key-form'],
    ['did:jwk:AAAA', 'method-key-form'],
    [`did:jwk:${base64url('[]')}`, 'method-key-form'],
    [`did:jwk:${base64url('{"kty":"EC","kty":"EC"}')}`, 'method-key-form'],
    [`did:jwk:${base64url(JSON.stringify({ ...JWK, d: 'AA' }))}`, 'method-key-form'],
    [`did:jwk:${base64url(JSON.stringify({ ...JWK, use: 'enc' }))}`, 'method-over'],
  ])('and cannot be used is refused: %s', async (did, code) => {
    const fragment = did.startsWith('did:key:') ? did.slice(8) : '0'
    const { is } = await found({}, did, { kid: `${did}#${fragment}` })
    expect([code, 'method-key-form']).toContain(is)
    expect((await found({}, did, { jwk: JWK })).is).not.toBe('found')
  })

  it('is looked up nowhere else', async () => {
    for (const { multikey, publicKeyJwk } of [SIGNERS.ES256, SIGNERS.RS256]) {
      const did = `did:key:${multikey}`
      expect(await found({}, did, { kid: did })).toEqual({ is: 'found', asked: [did] })
      const jwkDid = `did:jwk:${base64url(JSON.stringify(publicKeyJwk))}`
      expect(await found({}, jwkDid, { kid: jwkDid })).toEqual({ is: 'found', asked: [jwkDid] })
    }
  })
})

describe('the name of a key', () => {
  it('is the same in both forms', () => {
    for (const { publicKeyJwk, multikey } of Object.values(SIGNERS))
      expect(nameOf({ publicKeyJwk })).toBe(nameOf({ publicKeyMultibase: multikey }))
  })

  it('has none for what is no public key', () => {
    const p384 = createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)
    expect(nameOf({ publicKeyJwk: p384.export({ format: 'jwk' }) as JsonObject })).toBeUndefined()
    for (const publicKeyMultibase of ['', 'z', 'zz0', 'u7QE', `z${'1'.repeat(900)}`, 'z6Mk'])
      expect(nameOf({ publicKeyMultibase })).toBeUndefined()
  })
})
