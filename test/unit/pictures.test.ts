/** Which pictures can carry a credential, and what is said of the others. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bakePicture, extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { readChunks, writeChunks } from '../../src/adapters/images/png-chunks.js'
import { flipped, greyPng, pngHeader, SVG_ART, textChunk } from '../support/pictures.js'

const CREDENTIAL = '{"credentialSubject":{"name":"Zoë ]]> 张伟"}}'
const EMPTY = '{"credentialSubject":{}}'
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'
const KEYWORD = 'openbadgecredential\0'
const PLAIN = '\0\0\0\0'
const OB3 = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'

const PNG = greyPng()
const tiny = { width: 4, height: 4 }
const itxt = (...parts: readonly (string | Buffer)[]) => textChunk('iTXt', KEYWORD, ...parts)

/** The sound PNG with another depth and colour type in its header. */
function withHeader(depth: number, colour: number): Buffer {
  const [header, ...others] = readChunks(PNG)
  const data = Buffer.from(header?.data ?? [])
  data.set([depth, colour], 8)
  return writeChunks([{ type: 'IHDR', data }, ...others])
}

function rule(work: () => unknown): unknown {
  try {
    work()
    return 'taken'
  } catch (error) {
    expect(error).toMatchObject({ code: 'IMAGE_INVALID', message: /^The picture .*\.$/ })
    return (error as { rule?: string }).rule
  }
}

describe('a credential in PNG', () => {
  it('is one iTXt chunk after the header, not compressed, of ASCII', () => {
    const chunks = readChunks(bakePicture(PNG, CREDENTIAL))
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'IDAT', 'IEND'])
    const text = Buffer.from(chunks[1]?.data ?? []).toString('latin1')
    const written = '{"credentialSubject":{"name":"Zo\\u00eb ]]\\u003e \\u5f20\\u4f1f"}}'
    expect(text).toBe(`${KEYWORD}${PLAIN}${written}`)
  })

  it('is a token as it is', () => {
    expect(extractFromPicture(bakePicture(PNG, TOKEN))).toBe(TOKEN)
  })

  it('replaces every one that was there, in whatever kind of text', () => {
    const before = [
      itxt(PLAIN, '{}'),
      itxt(PLAIN, '{}'),
      textChunk('tEXt', KEYWORD, '{}'),
      textChunk('zTXt', KEYWORD, '\0', deflateSync('{}')),
    ]
    const other = textChunk('tEXt', 'Title\0', 'a seal')
    const chunks = readChunks(bakePicture(greyPng(tiny, [...before, other]), CREDENTIAL))
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'tEXt', 'IDAT', 'IEND'])
  })

  it('stands alone: what Open Badges 2.0 left there goes', () => {
    const old = textChunk('iTXt', 'openbadges\0', PLAIN, '{}')
    const baked = bakePicture(greyPng(tiny, [old]), CREDENTIAL)
    expect(readChunks(baked).map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'IDAT', 'IEND'])
  })

  it('may have a language and a translated keyword when others wrote it', () => {
    const written = itxt('\0\0', 'en\0', 'Badge\0', '{"credentialSubject":"é"}')
    expect(extractFromPicture(greyPng(tiny, [written]))).toBe('{"credentialSubject":"é"}')
  })
})

describe('a credential in SVG', () => {
  it('stands right after the start tag, as CDATA', () => {
    expect(bakePicture(Buffer.from(SVG_ART), CREDENTIAL).toString()).toBe(
      `<svg ${OB3} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><openbadges:credential><![CDATA[{"credentialSubject":{"name":"Zo\\u00eb ]]\\u003e \\u5f20\\u4f1f"}}]]></openbadges:credential><circle cx="9" cy="5" r="4"/></svg>`,
    )
  })

  it('is a token in an attribute', () => {
    const baked = bakePicture(Buffer.from(SVG_ART), TOKEN)
    expect(baked.toString()).toContain(`><openbadges:credential verify="${TOKEN}"/><circle`)
    expect(extractFromPicture(baked)).toBe(TOKEN)
  })

  it.each([
    ['a declaration before it', `<?xml version="1.0" encoding="UTF-8"?>\n${SVG_ART}`],
    ['a byte order mark before it', `\ufeff${SVG_ART}`],
    ['nothing in it', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" />'],
    ['the namespace declared', SVG_ART.replace('<svg', `<svg ${OB3}`)],
    ['a > in an attribute', SVG_ART.replace('<svg', '<svg id="a>b"')],
    ['a prefix of its own', '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>'],
    [
      'notes of editors',
      SVG_ART.replace('<circle', '<metadata><x xmlns="urn:x"/></metadata><circle'),
    ],
  ])('goes into a picture with %s', (_name, svg) => {
    const baked = bakePicture(Buffer.from(svg), CREDENTIAL)
    expect(extractFromPicture(baked)).toBe(CREDENTIAL)
    expect(extractFromPicture(bakePicture(baked, TOKEN))).toBe(TOKEN)
  })
})

describe('a picture', () => {
  const svg = (inner: string) => Buffer.from(SVG_ART.replace('<circle', `${inner}<circle`))
  const huge = { width: 30_000, height: 30_000 }
  const pixels = (bytes: number) => deflateSync(Buffer.alloc(bytes))
  const cases: readonly (readonly [string, string, Buffer])[] = [
    ['no bytes', 'empty', Buffer.alloc(0)],
    ['more than 10 MiB', 'image-too-large', Buffer.alloc(10 * 1024 * 1024 + 1)],
    ['a JPEG', 'not-an-image', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['text', 'not-an-image', Buffer.from('a seal')],
    ['a PNG of its signature alone', 'png-header', PNG.subarray(0, 8)],
    ['a PNG cut off', 'png-cut', PNG.subarray(0, -5)],
    ['a PNG without an end', 'png-cut', PNG.subarray(0, -12)],
    ['a PNG with a broken checksum', 'png-crc', flipped(PNG, 30)],
    ['a PNG with a broken pixel', 'png-crc', flipped(PNG, PNG.length - 20)],
    ['a PNG that goes on', 'png-end', Buffer.concat([PNG, PNG])],
    ['a PNG with a page behind it', 'png-end', Buffer.concat([PNG, Buffer.from('<html></html>')])],
    ['a PNG without a header', 'png-header', writeChunks(readChunks(PNG).slice(1))],
    ['a PNG of no size', 'png-header', greyPng({ width: 0, height: 1 })],
    ['a PNG of colours that are none', 'png-header', withHeader(1, 2)],
    ['a PNG without its palette', 'png-header', withHeader(8, 3)],
    [
      'a PNG without pixels',
      'png-cut',
      writeChunks([pngHeader(tiny), { type: 'IEND', data: Buffer.alloc(0) }]),
    ],
    ['a PNG with half its pixels', 'png-pixels', greyPng(tiny, [], pixels(10))],
    ['a PNG whose pixels are no zlib', 'png-pixels', greyPng(tiny, [], Buffer.from('pixels'))],
    ['a bomb of 512 MB', 'png-pixels', greyPng(tiny, [], pixels(512 * 1024 * 1024))],
    ['30,000 × 30,000 pixels', 'image-too-large', greyPng(huge, [], pixels(1000))],
    ['100,000 chunks', 'png-chunks', greyPng(tiny, Array(100_000).fill(textChunk('tEXt', 'a\0')))],
    ['an SVG with a script', 'unsafe-svg', svg('<script>alert(1)</script>')],
    ['an SVG with HTML', 'unsafe-svg', svg('<foreignObject/>')],
    [
      'an external entity',
      'doctype',
      Buffer.from(`<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${SVG_ART}`),
    ],
    ['an SVG cut off', 'not-well-formed', Buffer.from(SVG_ART.slice(0, -5))],
  ]
  it.each(cases)('of %s is refused: %s', (_name, expected, bytes) => {
    const start = performance.now()
    expect(rule(() => bakePicture(bytes, CREDENTIAL))).toBe(expected)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  const bakedTwice = greyPng(tiny, [itxt(PLAIN, '{}'), itxt(PLAIN, '{}')])
  const inSvg = (inner: string) =>
    Buffer.from(SVG_ART.replace('<svg', `<svg ${OB3}`).replace('<circle', `${inner}<circle`))
  const element = `<openbadges:credential>${EMPTY}</openbadges:credential>`
  it.each([
    ['nothing in a PNG', 'no-credential', PNG],
    ['nothing in an SVG', 'no-credential', Buffer.from(SVG_ART)],
    [
      'the words of Open Badges 2.0',
      'no-credential',
      greyPng(tiny, [textChunk('iTXt', 'openbadges\0', PLAIN, '{}')]),
    ],
    ['two credentials in a PNG', 'two-credentials', bakedTwice],
    ['two credentials in an SVG', 'two-credentials', inSvg(element + element)],
    [
      'a compressed one',
      'compressed-credential',
      greyPng(tiny, [itxt('\u0001', PLAIN, deflateSync('{}'))]),
    ],
    ['one that is cut off', 'credential-cut', greyPng(tiny, [itxt('\0\0en')])],
    [
      'one that is not UTF-8',
      'credential-encoding',
      greyPng(tiny, [itxt(PLAIN, Buffer.from([0xff]))]),
    ],
    ['an entity bomb', 'doctype', Buffer.from(`<!DOCTYPE svg [<!ENTITY a "aaaa">]>${SVG_ART}`)],
    ['one inside another', 'two-credentials', inSvg(element.replace('</', `${element}</`))],
    [
      'a token twice',
      'not-well-formed',
      inSvg('<openbadges:credential verify="a.b.c" verify="d.e.f"/>'),
    ],
    [
      'a section that is none',
      'not-well-formed',
      inSvg(element.replace(EMPTY, `<![cdata[${EMPTY}]]>`)),
    ],
    [
      '20,000 levels',
      'too-deep',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${'<g xmlns:a="u">'.repeat(20_000)}`),
    ],
    ['a page around it', 'not-an-svg', Buffer.from(`<html ${OB3}>${element}</html>`)],
    ['a greeting for a credential', 'not-a-credential', inSvg(element.replace(EMPTY, 'hello'))],
    [
      'broken XML',
      'not-well-formed',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'),
    ],
  ])('with %s gives none: %s', (_name, expected, bytes) => {
    expect(rule(() => extractFromPicture(bytes))).toBe(expected)
  })

  it.each([
    ['nothing', ''],
    ['a word', 'badge'],
    ['a list', '[]'],
    ['other JSON', '{"a":1}'],
  ])('takes no %s for a credential', (_name, text) => {
    expect(rule(() => bakePicture(PNG, text))).toBe('not-a-credential')
  })
})
