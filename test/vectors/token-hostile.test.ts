/** Tokens that are meant to deceive: the attacks on JWS of RFC 8725, and texts that readers read differently. */
import { createHmac, createPublicKey, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import {
  base64url,
  compact,
  controllerOf,
  payloadV2,
  SIGNERS,
  STRANGERS,
  signBytes,
  summary,
  TOKEN_ALGS,
  type TokenAlg,
  tokenOf,
  verifyWith,
} from '../support/tokens.js'

const WEB = 'did:web:issuer.example.org'
const DOCUMENTS = { [WEB]: controllerOf(WEB) }
const judged = async (token: string, documents = DOCUMENTS) =>
  summary(await verifyWith(documents, token))
const kidOf = (alg: TokenAlg) => ({ kid: `${WEB}#${alg}` })
const GOOD = tokenOf(SIGNERS.ES256, kidOf('ES256'), payloadV2(WEB))
const [HEADER = '', PAYLOAD = '', SIGNATURE = ''] = GOOD.split('.')

/** The good payload under another header; the signature is that of a key or any text. */
function under(header: JsonObject | string, signature = SIGNATURE): string {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  return [base64url(text), PAYLOAD, signature].join('.')
}

const signedUnder = (header: JsonObject) =>
  compact(SIGNERS.ES256, JSON.stringify(header), JSON.stringify(payloadV2(WEB)))

it('the token that they start from is valid', async () => {
  expect(await judged(GOOD)).toBe('valid')
})

describe('the algorithm', () => {
  it.each(['none', 'None', 'nOnE', 'NONE', '', 'HS256', 'HS512', 'es256', 'ES256 ', 'toString'])(
    '“%s” shows nobody who signed',
    async (alg) => {
      const header = { alg, ...kidOf('ES256') }
      expect(await judged(under(header))).toBe('invalid, proof:token-algorithm')
      expect(await judged(signedUnder(header))).toBe('invalid, proof:token-algorithm')
    },
  )

  it.each([[['ES256']], [null], [256], [{ ES256: true }]])('%j is none', async (alg) => {
    expect(await judged(signedUnder({ alg, ...kidOf('ES256') } as JsonObject))).toMatch(/^invalid/)
  })

  it('may not be missing', async () => {
    expect(await judged(signedUnder(kidOf('ES256')))).toBe('invalid, proof:token-algorithm')
  })

  it('HS256 with the public key as secret is refused, in each form that a key has', async () => {
    const publicKey = createPublicKey(SIGNERS.RS256.key)
    const secrets = [
      publicKey.export({ format: 'pem', type: 'spki' }),
      publicKey.export({ format: 'der', type: 'spki' }),
      JSON.stringify(SIGNERS.RS256.publicKeyJwk),
    ]
    const input = `${base64url(JSON.stringify({ alg: 'HS256', ...kidOf('RS256') }))}.${PAYLOAD}`
    for (const secret of secrets) {
      const mac = createHmac('sha256', secret).update(input).digest('base64url')
      expect(await judged(`${input}.${mac}`)).toBe('invalid, proof:token-algorithm')
    }
  })

  it('must be that of the key', async () => {
    for (const alg of TOKEN_ALGS)
      for (const other of TOKEN_ALGS.filter((one) => one !== alg)) {
        const header = JSON.stringify({ alg, ...kidOf(other) })
        const token = compact(SIGNERS[other], header, JSON.stringify(payloadV2(WEB)))
        expect(await judged(token)).toBe('invalid, proof:token-algorithm')
      }
  })

  it('must be the one that the key is published for', async () => {
    const id = `${WEB}#RS256`
    const publicKeyJwk = { ...SIGNERS.RS256.publicKeyJwk, alg: 'PS256' }
    const method = { id, type: 'JsonWebKey', controller: WEB, publicKeyJwk }
    const documents = { [WEB]: { id: WEB, verificationMethod: [method], assertionMethod: [id] } }
    const token = tokenOf(SIGNERS.RS256, { kid: id }, payloadV2(WEB))
    expect(await judged(token, documents)).toBe('invalid, proof:token-algorithm')
  })

  it.each(['ES384', 'PS256', 'RS512', 'ES256K', 'Ed25519'])(
    '%s is one that honest issuers use: open',
    async (alg) => {
      expect(await judged(signedUnder({ alg, ...kidOf('ES256') }))).toBe(
        'unknown, issuerKey:key-not-at-hand /issuer/id, proof:token-algorithm-unchecked',
      )
    },
  )
})

describe('the header', () => {
  const url = 'https://evil.example/keys'
  it.each([
    { jku: url },
    { x5u: url },
    { x5c: ['MIIB'] },
    { 'x5t#S256': 'a' },
    { crit: ['b64'], b64: false },
    { crit: ['exp'] },
    { b64: false },
    { b64: true },
    { zip: 'DEF' },
    { enc: 'A128GCM' },
    { iss: WEB },
    { toString: 'x' },
  ] as readonly JsonObject[])('may not have %j', async (members) => {
    const header = { alg: 'ES256', ...kidOf('ES256'), ...members }
    expect(await judged(signedUnder(header))).toBe('invalid, proof:token-header-member')
  })

  it.each(['__proto__', 'constructor', 'prototype'])('has no member %s', async (name) => {
    const header = `{"alg":"ES256","kid":"${WEB}#ES256","${name}":{"alg":"none"}}`
    const token = compact(SIGNERS.ES256, header, JSON.stringify(payloadV2(WEB)))
    expect(await judged(token)).toBe('invalid, proof:token-header-member')
  })

  it.each([
    [
      'a member twice',
      `{"alg":"none","alg":"ES256","kid":"${WEB}#ES256"}`,
      'duplicate-member /alg',
    ],
    ['one by an escape', `{"alg":"none","\\u0061lg":"ES256"}`, 'duplicate-member /alg'],
    ['one in its key', `{"alg":"ES256","jwk":{"x":"1","x":"2"}}`, 'duplicate-member /jwk/x'],
    ['a comma too many', `{"alg":"ES256",}`, 'not-json'],
    ['something behind it', `{"alg":"ES256"}{}`, 'not-json'],
    ['a list', `["ES256"]`, 'not-an-object'],
    ['nothing', `""`, 'not-an-object'],
    ['a lone surrogate', `{"alg":"ES256","kid":"\\ud800"}`, 'bad-encoding /kid'],
    ['a NUL', `{"alg":"ES256","kid":"a\\u0000"}`, 'bad-encoding /kid'],
  ])('may not hold %s', async (_name, header, rule) => {
    expect(await judged(under(header))).toBe(`invalid, readable:${rule}`)
  })

  it.each([
    ['deep', `{"alg":${'['.repeat(9)}${']'.repeat(9)}}`, 'too-deep'],
    ['large', `{"alg":"ES256","kid":"${'a'.repeat(20_000)}"}`, 'too-large'],
    ['long in one text', `{"alg":"ES256","kid":"${'a'.repeat(5000)}"}`, 'string-too-long /kid'],
    ['wide', `{${Array.from({ length: 40 }, (_, at) => `"a${at}":1`).join()}}`, 'array-too-long'],
  ])('that is %s is not looked at', async (_name, header, rule) => {
    expect(await judged(under(header))).toBe(`unknown, readable:${rule}`)
  })

  it('in UTF-16, or with a byte order mark, is none', async () => {
    const text = `{"alg":"ES256"}`
    const other = [Buffer.from(text, 'utf16le'), Buffer.from(`\ufeff${text}`), Buffer.from([0xff])]
    for (const bytes of other) {
      const token = [base64url(bytes), PAYLOAD, SIGNATURE].join('.')
      expect(await judged(token)).toMatch(/^invalid, readable:(bad-encoding|not-json)/)
    }
  })

  it.each(['at+jwt', 'verification-receipt+jwt', 'vp+jwt', 'vc+sd-jwt', 'dpop+jwt', '', 'jwtx'])(
    'of the type “%s” is no credential’s',
    async (typ) => {
      const token = tokenOf(SIGNERS.ES256, { typ, ...kidOf('ES256') }, payloadV2(WEB))
      expect(await judged(token)).toBe('invalid, proof:token-type')
    },
  )

  it.each([
    { typ: 'JWT' },
    { typ: 'jwt' },
    { typ: 'application/jwt' },
    { typ: 'vc+jwt', cty: 'vc' },
    { typ: 'application/vc+jwt' },
    { typ: 'vc+ld+json+jwt', cty: 'vc+ld+json' },
  ])('of %j is a credential’s', async (members) => {
    const token = tokenOf(SIGNERS.ES256, { ...members, ...kidOf('ES256') }, payloadV2(WEB))
    expect(await judged(token)).toBe('valid')
  })
})

describe('the key in the header', () => {
  it('of a stranger is not believed', async () => {
    for (const alg of TOKEN_ALGS) {
      const token = tokenOf(STRANGERS[alg], { jwk: STRANGERS[alg].publicKeyJwk }, payloadV2(WEB))
      expect(await judged(token)).toContain('invalid, issuerKey:issuer-key-mismatch')
    }
  })

  it('beside the name of the issuer’s is not believed either', async () => {
    const header = { ...kidOf('ES256'), jwk: STRANGERS.ES256.publicKeyJwk }
    const token = tokenOf(STRANGERS.ES256, header, payloadV2(WEB))
    expect(await judged(token)).toContain('invalid, issuerKey:issuer-key-mismatch')
  })

  it('with its private half is refused, also the issuer’s own', async () => {
    for (const alg of TOKEN_ALGS) {
      const jwk = SIGNERS[alg].key.export({ format: 'jwk' }) as JsonObject
      const token = tokenOf(SIGNERS[alg], { jwk }, payloadV2(WEB))
      expect(await judged(token)).toBe('invalid, proof:token-private-key')
    }
    const secret = { kty: 'oct', k: 'c2VjcmV0' }
    expect(await judged(tokenOf(SIGNERS.ES256, { jwk: secret }, payloadV2(WEB)))).toBe(
      'invalid, proof:token-private-key',
    )
  })

  it.each([
    { kty: 'oct' },
    { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
    { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' },
    { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
    { kty: 'OKP', crv: 'X25519', x: base64url(Buffer.alloc(32, 7)) },
    {},
  ])('that is none (%j) is refused', async (jwk) => {
    const token = tokenOf(SIGNERS.ES256, { jwk } as JsonObject, payloadV2(WEB))
    expect(await judged(token)).toContain('invalid, issuerKey:method-key-form')
  })

  it.each([['text'], [7], [['a']], [null]])('that is %j is refused', async (jwk) => {
    const token = tokenOf(SIGNERS.ES256, { jwk } as JsonObject, payloadV2(WEB))
    expect(await judged(token)).toBe('invalid, proof:token-key')
  })

  it('is needed, or its name', async () => {
    expect(await judged(tokenOf(SIGNERS.ES256, {}, payloadV2(WEB)))).toBe(
      'invalid, proof:token-key',
    )
    for (const kid of [null, 7, ['a'], { a: 'b' }]) {
      const token = tokenOf(SIGNERS.ES256, { kid } as JsonObject, payloadV2(WEB))
      expect(await judged(token)).toBe('invalid, proof:token-key')
    }
  })
})

describe('the signature', () => {
  const input = `${HEADER}.${PAYLOAD}`
  const withSignature = (bytes: Uint8Array) => judged(`${input}.${base64url(bytes)}`)
  const raw = Buffer.from(SIGNATURE, 'base64url')

  it.each([
    ['zero r and s', Buffer.alloc(64)],
    ['zero r', Buffer.concat([Buffer.alloc(32), raw.subarray(32)])],
    ['zero s', Buffer.concat([raw.subarray(0, 32), Buffer.alloc(32)])],
    ['all ones', Buffer.alloc(64, 0xff)],
    ['half of it', raw.subarray(0, 32)],
    ['one byte less', raw.subarray(0, 63)],
    ['one byte more', Buffer.concat([raw, Buffer.alloc(1)])],
    ['in DER', sign('sha256', Buffer.from(input), SIGNERS.ES256.key)],
    ['by a stranger', signBytes(STRANGERS.ES256, input)],
    ['for another text', signBytes(SIGNERS.ES256, `${input}x`)],
  ])('with %s does not hold', async (_name, bytes) => {
    expect(await withSignature(bytes)).toBe('invalid, proof:signature-mismatch')
  })

  /** RFC 7518 section 3.4 knows no preference, so both halves of the curve count. */
  it('holds with s and with n − s', async () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const s = BigInt(`0x${raw.subarray(32).toString('hex')}`)
    const other = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')
    expect(await withSignature(raw)).toBe('valid')
    expect(await withSignature(Buffer.concat([raw.subarray(0, 32), other]))).toBe('valid')
  })

  it('of EdDSA holds in one form only', async () => {
    const token = tokenOf(SIGNERS.EdDSA, kidOf('EdDSA'), payloadV2(WEB))
    const at = token.lastIndexOf('.') + 1
    const bytes = Buffer.from(token.slice(at), 'base64url')
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`)
    const more = Buffer.from((s + order).toString(16).padStart(64, '0'), 'hex').reverse()
    const other = base64url(Buffer.concat([bytes.subarray(0, 32), more]))
    expect(await judged(token)).toBe('valid')
    expect(await judged(token.slice(0, at) + other)).toBe('invalid, proof:signature-mismatch')
  })

  it('of RSA is not the empty one, nor zeros', async () => {
    const token = tokenOf(SIGNERS.RS256, kidOf('RS256'), payloadV2(WEB))
    const start = token.slice(0, token.lastIndexOf('.') + 1)
    for (const bytes of [Buffer.alloc(256), Buffer.alloc(1), Buffer.alloc(256, 1)])
      expect(await judged(start + base64url(bytes))).toBe('invalid, proof:signature-mismatch')
  })
})

describe('the text', () => {
  const malformed = 'invalid, readable:malformed-jws'
  it.each([
    ['cut in the middle', GOOD.slice(0, GOOD.length / 2)],
    ['without a signature', `${HEADER}.${PAYLOAD}.`],
    ['without a dot', `${HEADER}.${PAYLOAD}`],
    ['with a dot too many', `${GOOD}.`],
    ['with five parts', `${GOOD}.${HEADER}.${PAYLOAD}`],
    ['with padding', `${HEADER}.${PAYLOAD}.${SIGNATURE}==`],
    ['with a space in it', `${HEADER}. ${PAYLOAD}.${SIGNATURE}`],
    ['with a line break in it', GOOD.replace(/(.{100})/, '$1\n')],
    ['with a line break behind', `${GOOD}\n`],
    ['in base64', `${GOOD.replaceAll('_', '/').replaceAll('-', '+')}+`],
    ['with a lone last character', `${HEADER}.${PAYLOAD}.${SIGNATURE}AAA`],
    ['with letters that only look so', GOOD.replace('e', 'е')],
    ['empty', ''],
  ])('%s is no token', async (_name, text) => {
    expect(await judged(text)).toBe(malformed)
  })

  it('has one spelling: bits behind the last byte are refused', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(SIGNATURE.at(-1) ?? '')
    for (const more of [1, 2, 15])
      expect(await judged(GOOD.slice(0, -1) + alphabet[last + more])).toBe(malformed)
  })

  it('of more than 1 MiB is not looked at', async () => {
    expect(await judged(`${HEADER}.${PAYLOAD}${'A'.repeat(1024 * 1024)}.${SIGNATURE}`)).toBe(
      'unknown, readable:too-large',
    )
  })
})

describe('any character', () => {
  it('cannot be another one', async () => {
    for (let at = 0; at < GOOD.length; at += 29) {
      const other = GOOD[at] === 'A' ? 'B' : 'A'
      if (GOOD[at] === '.') continue
      const report = await judged(GOOD.slice(0, at) + other + GOOD.slice(at + 1))
      expect(report, String(at)).toMatch(/^(invalid|unknown), /)
    }
  })
})

describe('the payload', () => {
  const signed = (payload: string) =>
    judged(compact(SIGNERS.ES256, JSON.stringify({ alg: 'ES256', ...kidOf('ES256') }), payload))
  const text = JSON.stringify(payloadV2(WEB))
  const plus = (members: string) => text.replace(/^\{/, `{${members},`)

  it.each([
    ['a member twice', plus('"iss":"did:web:evil.example"'), 'duplicate-member /iss'],
    ['a subject twice', plus('"credentialSubject":{}'), 'duplicate-member /credentialSubject'],
    ['a prototype', plus('"__proto__":{"iss":"x"}'), 'key-not-allowed'],
    ['a constructor', plus('"constructor":{"iss":"x"}'), 'key-not-allowed'],
    ['a keyword', plus('"@id":"urn:x"'), 'key-not-allowed'],
    ['a list', '[]', 'not-an-object'],
    ['a text', '"a"', 'not-an-object'],
    ['no JSON', 'vc', 'not-json'],
    ['a lone surrogate', plus('"name2":"\\udc00"'), 'bad-encoding /name2'],
    ['a presentation', '{"vp":{},"iss":"x"}', 'token-payload'],
    ['two credentials', plus('"vc":{"@context":[]}'), 'token-payload'],
    ['a credential that is a text', '{"vc":"eyJ"}', 'token-payload'],
    ['claims only', '{"iss":"x","exp":1}', 'context-not-allowed /@context'],
  ])('may not hold %s', async (_name, payload, rule) => {
    const row = rule.startsWith('context') ? 'contexts' : 'readable'
    expect(await signed(payload)).toBe(`invalid, ${row}:${rule}`)
  })

  it.each([
    ['a number past 2^53', plus('"nbf2":9007199254740993'), 'number-not-allowed /nbf2'],
    ['an exponent', plus('"iat":1e9'), 'number-not-allowed /iat'],
    ['too many levels', plus(`"a":${'['.repeat(30)}${']'.repeat(30)}`), 'too-deep'],
  ])('with %s is not looked at', async (_name, payload, rule) => {
    expect(await signed(payload)).toBe(`unknown, readable:${rule}`)
  })
})
