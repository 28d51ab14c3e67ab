/** What people bring, told apart: each form once as it should be, and once as it should not. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findOlderBadge } from '../../src/adapters/images/older-badge.js'
import { bakePicture, extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { assertSoundPng } from '../../src/adapters/images/sound-png.js'
import { createInputReader } from '../../src/adapters/inputs/input-reader.js'
import type { FoundInput } from '../../src/application/ports/inputs.js'
import { flipped, greyPng, SVG_ART, textChunk } from '../support/pictures.js'

const reader = createInputReader({ extractFromPicture, findOlderBadge, assertSoundPng }, 10_000)
const read = (input: string | Uint8Array, from?: { mediaType: string; url: string }) =>
  reader.read(typeof input === 'string' ? Buffer.from(input) : input, from)

const CREDENTIAL =
  '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"],"credentialSubject":{"name":"Zoë"}}'
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'
const URL_TEXT = 'https://badges.example/b/1'
const KEYWORD = 'openbadgecredential\0'
const OLD_KEYWORD = 'openbadges\0'
const PLAIN = '\0\0\0\0'
const TINY = { width: 4, height: 4 }

const itxt = (...parts: readonly (string | Buffer)[]) => textChunk('iTXt', ...parts)

/** A found credential with its bytes as text. */
function asText(found: FoundInput): unknown {
  return found.kind === 'json' ? { ...found, bytes: Buffer.from(found.bytes).toString() } : found
}

function refused(form: string | undefined, rule: string) {
  return { kind: 'refused', form, rule, detail: expect.stringMatching(/^[A-Z].*[.]$/) }
}

describe('JSON', () => {
  it.each([
    ['a credential', CREDENTIAL],
    ['one after white space', `\r\n\t ${CREDENTIAL}\n`],
    ['one that is broken, for the gate to refuse', '{"@context":'],
    ['one with a byte order mark, for the gate to refuse', `\ufeff${CREDENTIAL}`],
    ['an object of any kind', '{"a":[1,{"url":"https://a.example"}]}'],
    ['an address among other members', '{"url":"https://a.example","b":1}'],
    ['a member of the envelope twice', `{"id":"data:application/vc+jwt,${TOKEN}","id":"urn:a"}`],
  ])('is taken byte for byte: %s', async (_name, text) => {
    expect(asText(await read(text))).toEqual({ kind: 'json', form: 'json', bytes: text })
  })

  it('that is only an address is one', async () => {
    const text = '{ "url" : " https:\\/\\/badges.example/b/1 " }'
    expect(await read(text)).toEqual({ kind: 'address', form: 'url', url: URL_TEXT })
  })

  it.each([
    ['its context', '{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/1"}'],
    ['a list', '{"@context":["https://w3id.org/openbadges/v1"],"id":"https://a.example/1"}'],
    ['1.0', '{"id":"https://a.example/1","recipient":"a","badge":"b","verify":{"type":"hosted"}}'],
  ])('of Open Badges 2.0 or 1.0 is explained: %s', async (_name, text) => {
    expect(await read(text)).toEqual({
      kind: 'older-standard',
      form: 'ob2',
      detail:
        'This is a badge of Open Badges 2.0 or 1.0, older standards that are not checked here. Its issuer keeps it at https://a.example/1; a verifier for Open Badges 2.0 can check it, and this one can as soon as it is issued anew as Open Badges 3.0.',
    })
  })

  it('of Open Badges 2.0 does not have odd addresses repeated', async () => {
    const text = '{"@context":"https://w3id.org/openbadges/v2","id":"javascript:alert(1)"}'
    const found = await read(text)
    expect(found).toMatchObject({ detail: expect.stringContaining('Its issuer can confirm it;') })
  })

  it.each(['data:application/vc+jwt,', 'data:application/vc+ld+json+jwt;'])(
    'in an envelope is a token: %s',
    async (start) => {
      const id = `${start.replace(';', ',')}${TOKEN}`
      const text = JSON.stringify({ id, type: 'EnvelopedVerifiableCredential' })
      expect(await read(text)).toEqual({ kind: 'token', form: 'json', token: TOKEN })
    },
  )

  const held = (...credentials: readonly string[]) =>
    `{"type":["VerifiablePresentation"],"verifiableCredential":[${credentials.join(' , ')}]}`

  it('in a presentation is the one credential in it, byte for byte', async () => {
    const inner = CREDENTIAL.replace('"type"', '\n  "type"')
    expect(asText(await read(held(inner)))).toEqual({ kind: 'json', form: 'json', bytes: inner })
    const alone = held(inner).replace('":[{', '":{').replace(/\]\}$/, '}')
    expect(asText(await read(alone))).toEqual({ kind: 'json', form: 'json', bytes: inner })
    expect(await read(held(`"${TOKEN}"`))).toEqual({ kind: 'token', form: 'json', token: TOKEN })
  })

  it.each([
    ['no credential', 'presentation-empty', held()],
    ['no member for one', 'presentation-empty', '{"type":"VerifiablePresentation"}'],
    ['two credentials', 'several-credentials', held(CREDENTIAL, CREDENTIAL)],
    ['another presentation', 'presentation-nested', held(held(CREDENTIAL))],
    ['a number', 'malformed-jws', held('7')],
    [
      'a token that hides parts',
      'sd-jwt',
      held('{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+sd-jwt,a.b.c~"}'),
    ],
    [
      'an envelope of something else',
      'malformed-jws',
      held('{"type":"EnvelopedVerifiableCredential","id":"data:text/plain,a"}'),
    ],
    ['nothing around it: a list', 'json-list', `[${CREDENTIAL}]`],
  ])('is refused with %s: %s', async (_name, rule, text) => {
    expect(await read(text)).toEqual(refused('json', rule))
  })
})

describe('a token', () => {
  it.each([TOKEN, ` \n${TOKEN}\r\n`, `\ufeff${TOKEN}`])('is one: %j', async (text) => {
    expect(await read(text)).toEqual({ kind: 'token', form: 'jwt', token: TOKEN })
  })

  it.each([
    ['two parts', 'malformed-jws', 'eyJhbGciOiJFUzI1NiJ9.e30'],
    ['four parts', 'malformed-jws', `${TOKEN}.a`],
    ['padding', 'malformed-jws', `${TOKEN}==`],
    ['an empty part', 'malformed-jws', 'eyJhbGciOiJFUzI1NiJ9..c2ln'],
    ['white space inside', 'malformed-jws', TOKEN.replace('.', '.\n')],
    ['100,000 dots', 'malformed-jws', `eyJh${'.'.repeat(100_000)}`],
    ['parts that are shown or not', 'sd-jwt', `${TOKEN}~WyJhIl0~`],
    ['more than 1 MiB', 'token-too-large', `${TOKEN}${'a'.repeat(1024 * 1024)}`],
  ])('with %s is refused: %s', async (_name, rule, text) => {
    expect(await read(text)).toEqual(refused('jwt', rule))
  })
})

describe('an address', () => {
  it.each([
    [URL_TEXT, URL_TEXT],
    [`  ${URL_TEXT}\n`, URL_TEXT],
    [`${URL_TEXT}?utm_source=mail&id=7&fbclid=x#top`, `${URL_TEXT}?id=7#top`],
    [`${URL_TEXT}?utm_source=mail`, URL_TEXT],
    [`${URL_TEXT}?id=a%2Fb&&x`, `${URL_TEXT}?id=a%2Fb&&x`],
    [
      'https://www.linkedin.com/safety/go?url=https%3A%2F%2Fa.example',
      'https://www.linkedin.com/safety/go?url=https%3A%2F%2Fa.example',
    ],
    ['http://localhost:3000/badges/a', 'http://localhost:3000/badges/a'],
  ])('is %j', async (text, url) => {
    expect(await read(text)).toEqual({ kind: 'address', form: 'url', url })
  })

  it.each([
    ['address-malformed', 'https://'],
    ['address-malformed', 'https://a b.example/'],
    ['address-malformed', `${URL_TEXT} and ${URL_TEXT}`],
    ['address-malformed', 'https://münchen.example/'],
    ['address-too-long', `${URL_TEXT}/${'a'.repeat(2048)}`],
  ])('is refused as %s: %j', async (rule, text) => {
    expect(await read(text)).toEqual(refused('url', rule))
  })
})

describe('a baked picture', () => {
  it.each([
    ['png', greyPng()],
    ['svg', Buffer.from(SVG_ART)],
  ])('is the credential in it: %s', async (form, picture) => {
    const json = await read(bakePicture(picture, CREDENTIAL))
    expect(asText(json)).toEqual({ kind: 'json', form, bytes: CREDENTIAL })
    expect(await read(bakePicture(picture, TOKEN))).toEqual({ kind: 'token', form, token: TOKEN })
  })

  const olderSvg = (inner: string) =>
    SVG_ART.replace('<svg', '<svg xmlns:openbadges="http://openbadges.org"').replace(
      '<circle',
      `${inner}<circle`,
    )

  it.each([
    ['an address in PNG', greyPng(TINY, [textChunk('tEXt', OLD_KEYWORD, URL_TEXT)])],
    ['JSON in PNG', greyPng(TINY, [itxt(OLD_KEYWORD, PLAIN, `{"id":"${URL_TEXT}"}`)])],
    [
      'compressed in PNG',
      greyPng(TINY, [textChunk('zTXt', OLD_KEYWORD, '\0', deflateSync(URL_TEXT))]),
    ],
    ['SVG', Buffer.from(olderSvg(`<openbadges:assertion verify="${URL_TEXT}"/>`))],
    [
      'JSON in SVG',
      Buffer.from(
        olderSvg(
          `<openbadges:assertion><![CDATA[{"verify":{"url":"${URL_TEXT}"}}]]></openbadges:assertion>`,
        ),
      ),
    ],
  ])('of Open Badges 2.0 is explained: %s', async (_name, picture) => {
    expect(await read(picture)).toMatchObject({
      kind: 'older-standard',
      form: 'ob2',
      detail: expect.stringContaining(`Its issuer keeps it at ${URL_TEXT};`),
    })
  })

  it('of Open Badges 2.0 whose text is a bomb is explained without it', async () => {
    const bomb = textChunk('zTXt', OLD_KEYWORD, '\0', deflateSync(Buffer.alloc(1 << 26)))
    const found = await read(greyPng(TINY, [bomb]))
    expect(found).toMatchObject({ detail: expect.stringContaining('Its issuer can confirm it;') })
  })
})

const BAKED = bakePicture(greyPng(), CREDENTIAL)
const svg = (text: string) => Buffer.from(text)
const credentialElement = `<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${CREDENTIAL}]]></o:credential>`
const chunk = itxt(KEYWORD, PLAIN, '{}')

describe('a refusal', () => {
  const cases: readonly (readonly [string, string | undefined, string, string | Uint8Array])[] = [
    ['nothing', undefined, 'empty', ''],
    ['white space', undefined, 'empty', ' \n\t'.repeat(1000)],
    ['more than 10 MiB', undefined, 'too-large', Buffer.alloc(10 * 1024 * 1024 + 1)],
    ['words', undefined, 'not-recognised', 'my badge'],
    ['binary', undefined, 'not-recognised', Buffer.from('00ff00ff', 'hex')],
    ['a script address', undefined, 'not-recognised', 'javascript:alert(1)'],
    ['a PDF', undefined, 'pdf-later', '%PDF-1.7\n'],
    ['a zip', undefined, 'zip', 'PK\x03\x04'],
    ['a GIF', undefined, 'picture-kind', 'GIF89a'],
    ['a PNG cut off', 'png', 'png-cut', BAKED.subarray(0, -5)],
    ['a PNG of its signature', 'png', 'png-header', BAKED.subarray(0, 8)],
    ['a PNG with a wrong checksum', 'png', 'png-crc', flipped(BAKED, 60)],
    ['two credentials', 'png', 'two-credentials', greyPng(TINY, [chunk, chunk])],
    [
      'credentials of two standards',
      'png',
      'two-credentials',
      greyPng(TINY, [itxt(KEYWORD, PLAIN, CREDENTIAL), itxt(OLD_KEYWORD, PLAIN, URL_TEXT)]),
    ],
    [
      'a compressed bomb',
      'png',
      'compressed-credential',
      greyPng(TINY, [itxt(KEYWORD, '\x01', '\0\0\0', deflateSync(Buffer.alloc(1 << 26)))]),
    ],
    [
      'a credential of 9 MiB',
      'png',
      'text-too-large',
      greyPng(TINY, [itxt(KEYWORD, PLAIN, '\\'.repeat(9 * 1024 * 1024))]),
    ],
    ['100,000 chunks', 'png', 'png-chunks', greyPng(TINY, Array(100_000).fill(chunk))],
    ['a length beyond the file', 'png', 'png-cut', longLength(greyPng())],
    ['a page behind a PNG', 'png', 'png-end', Buffer.concat([BAKED, svg('<html></html>')])],
    ['a zip behind a PNG', 'png', 'png-end', Buffer.concat([BAKED, svg('PK\x03\x04')])],
    [
      'a credential that is none',
      'png',
      'not-a-credential',
      greyPng(TINY, [itxt(KEYWORD, PLAIN, '{"a":1}')]),
    ],
    [
      '30,000 × 30,000 pixels',
      undefined,
      'pixels-too-many',
      greyPng({ width: 30_000, height: 30_000 }, [], deflateSync('')),
    ],
    [
      'pixels that are a bomb',
      'png',
      'png-pixels',
      greyPng(TINY, [], deflateSync(Buffer.alloc(1 << 26))),
    ],
    ['an SVG without one', 'svg', 'no-credential', svg(SVG_ART)],
    ['XML that is no SVG', 'svg', 'not-an-svg', svg('<a/>')],
    ['an SVG of more than 2 MiB', 'svg', 'image-too-large', svg(SVG_ART + ' '.repeat(2 << 20))],
    [
      'an SVG with two',
      'svg',
      'two-credentials',
      svg(SVG_ART.replace('<circle', `${credentialElement}${credentialElement}<circle`)),
    ],
    [
      'one tag with 100,000 attributes',
      'svg',
      'too-many-attributes',
      svg(`<svg ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`),
    ],
    [
      'a declaration of 1 MiB',
      'svg',
      'not-well-formed',
      svg(SVG_ART.replace('<circle', `<!${'a'.repeat(1024 * 1024)}><circle`)),
    ],
    [
      '20,000 declarations',
      'svg',
      'not-well-formed',
      svg(SVG_ART.replace('<circle', `${'<!ELEMENT a>'.repeat(20_000)}<circle`)),
    ],
    ['100,000 levels', 'svg', 'too-deep', svg(SVG_ART.replace('<circle', '<g>'.repeat(100_000)))],
    [
      'an external entity',
      'svg',
      'doctype',
      svg(`<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${SVG_ART}`),
    ],
    [
      'entities that multiply',
      'svg',
      'doctype',
      svg(`<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${SVG_ART}`),
    ],
    ['a JPEG cut off', undefined, 'jpeg-broken', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ]

  it.each(cases)('of %s (%s) names the rule %s', async (_name, form, rule, input) => {
    expect(await read(input)).toEqual(refused(form, rule))
    expect(await fastestMs(() => read(input))).toBeLessThan(50)
  })
})

it('repeats little of what was brought', async () => {
  const found = await read(
    `<svg xmlns="http://www.w3.org/2000/svg"><?${'a'.repeat(100_000)} ?></svg>`,
  )
  expect(found).toMatchObject({ kind: 'refused', rule: 'unsafe-svg' })
  expect('detail' in found && found.detail.length).toBe(314)
})

/** Of five: what else the machine does is then left out. */
async function fastestMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 5; run += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return Math.min(...times)
}

/** Its pixels said to be 4 GiB long. */
function longLength(png: Buffer): Buffer {
  const changed = Buffer.from(png)
  changed.writeUInt32BE(0xffffffff, 33)
  return changed
}
