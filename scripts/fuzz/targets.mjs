/** What is thrown at each parser: whole inputs to start from, and how they are spoilt. */
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { bakePicture } from '../../dist/adapters/images/picture-file.js'
import { readChunks, writeChunks } from '../../dist/adapters/images/png-chunks.js'
import { qrPng } from '../../dist/adapters/images/qr-code.js'
import { mutate } from './mutate.mjs'

const PAGE_URL = 'https://badges.example/b/1'
const TOKEN = 'eyJhbGciOiJFUzI1NiIsImtpZCI6Imh0dHBzOi8vYS5leGFtcGxlIn0.eyJpc3MiOiJhIn0.c2lnbmF0dXJl'
const CREDENTIAL =
  '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"],"credentialSubject":{"name":"Zo\\u00eb ]] \\\\ \\"x\\""}}'
const OLDER = `{"@context":"https://w3id.org/openbadges/v2","id":"${PAGE_URL}","verify":{"url":"${PAGE_URL}"}}`
const PRESENTATION = `{"type":["VerifiablePresentation"],"verifiableCredential":[${CREDENTIAL}]}`
const ENVELOPE = `{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,${TOKEN}"}`
const SVG =
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- a --><g id="a"><path d="M0 0h9"/></g></svg>'
const OLDER_SVG = SVG.replace(
  '<svg',
  `<svg xmlns:o="http://openbadges.org"><o:assertion verify="${PAGE_URL}"><![CDATA[${OLDER}]]></o:assertion></svg><svg`,
)
const PAGE = `<!DOCTYPE html><html><head><base href="/x/"><link rel="alternate" type="application/vc" href="1.json"><meta property="og:image" content="a.png"><script type="application/ld+json">${CREDENTIAL}</script><style>a{}</style></head><body><p>a<p>b&amp;<svg><title>x</title></svg></body></html>`

/** Two signatures, two labels and three indexes. */
const CBOR_TAIL = Buffer.concat([
  Buffer.from([0x82]),
  cborBytes(64),
  cborBytes(64),
  Buffer.from([0xa1, 0x00]),
  cborBytes(32),
  Buffer.from([0x83, 1, 2, 3]),
])

/** A byte string of CBOR (RFC 8949 section 3.1). */
function cborBytes(length) {
  return Buffer.concat([Buffer.from([0x58, length]), Buffer.alloc(length, 7)])
}

const buffers = (...texts) => texts.map((text) => Buffer.from(text))
const small = PNG.sync.write(new PNG({ width: 12, height: 12 }))

/** A text chunk right after the header. */
function withText(png, type, text) {
  const [header, ...others] = readChunks(png)
  return writeChunks([header, { type, data: Buffer.from(text, 'latin1') }, ...others])
}

/** @typedef {{ starts: Buffer[], words: string[], make: Function, from?: object }} Target */

const mutateAny = ({ starts, words }, random) =>
  mutate(starts[random(starts.length)], words, starts, random)

const png = {
  starts: [
    bakePicture(small, CREDENTIAL),
    bakePicture(small, TOKEN),
    withText(small, 'tEXt', `openbadges\0${PAGE_URL}`),
    withText(small, 'iTXt', `openbadges\0\0\0en\0b\0${OLDER}`),
    Buffer.from(
      withText(
        small,
        'zTXt',
        `openbadges\0\0${deflateSync(Buffer.from(OLDER)).toString('latin1')}`,
      ),
    ),
  ],
  words: ['openbadgecredential\0', 'openbadges\0', 'iTXt', 'IDAT', 'IEND', '\0\0\0\0', '{', '\\u'],
  make: makePng,
}

/** Every second one has right checksums again, or nothing behind them would be reached. */
function makePng(target, random) {
  const start = target.starts[random(target.starts.length)]
  if (random(2) === 0) return mutate(start, target.words, target.starts, random)
  const chunks = readChunks(start).map(({ type, data }) => ({ type, data: Buffer.from(data) }))
  for (let count = 1 + random(3); count > 0; count -= 1) {
    const at = random(chunks.length)
    const { type, data } = chunks[at]
    const change = random(4)
    if (change === 0) chunks.splice(at, 0, chunks[random(chunks.length)])
    else if (change === 1 && chunks.length > 1) chunks.splice(at, 1)
    else chunks[at] = { type, data: mutate(data, target.words, target.starts, random) }
  }
  return writeChunks(chunks)
}

const svg = {
  starts: [
    bakePicture(Buffer.from(SVG), CREDENTIAL),
    bakePicture(Buffer.from(SVG), TOKEN),
    ...buffers(SVG, OLDER_SVG),
  ],
  words: [
    '<g>',
    '</g>',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE svg [<!ENTITY a "b">]>',
    '&a;',
    '&#x41;',
    ' a="b"',
    ' xmlns:b="c"',
    '<o:credential>',
    '<!--',
    '-->',
    '<?a b?>',
    'b:',
  ],
  make: mutateAny,
}

const jwt = {
  starts: buffers(
    TOKEN,
    ` ${TOKEN}\n`,
    `${TOKEN}~e30~`,
    PAGE_URL,
    `${PAGE_URL}?utm_source=a&b=c#d`,
  ),
  words: ['.', '..', 'eyJ', '=', '~', '\n', '%', '?', '&utm_a=', '#', 'https://', '@', '\\'],
  make: mutateAny,
}

const json = {
  starts: buffers(CREDENTIAL, OLDER, PRESENTATION, ENVELOPE, `{"url":"${PAGE_URL}"}`),
  words: [
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '\\u0000',
    '"url":',
    '"type":',
    ENVELOPE,
    'null',
  ],
  make: mutateAny,
}

const html = {
  starts: buffers(PAGE, `<html>${PAGE}`, `Welcome${PAGE}`, PAGE.replace(CREDENTIAL, ENVELOPE)),
  words: [
    '<a>',
    '</a>',
    '<p>',
    '</p>',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&amp;',
    '&',
    '&#x110000;',
    ' href=',
    '"',
    '<svg>',
    '<math>',
    '<textarea>',
    '<base href="//">',
  ],
  make: mutateAny,
  from: { mediaType: 'text/html', url: PAGE_URL },
}

const CODES = [PAGE_URL, TOKEN, '{"url":"https://a.example"}'].map((text) =>
  PNG.sync.read(Buffer.from(qrPng(text))),
)

const qr = { starts: CODES, words: [], make: makeQr }

/** A code in a small picture, spoilt in its pixels, or as a file: what the finder and decoders see. */
function makeQr(target, random) {
  const code = target.starts[random(target.starts.length)]
  const step = 2 + random(5)
  const side = Math.floor(code.width / step)
  const picture = new PNG({ width: side, height: side })
  for (let at = 0; at < side * side; at += 1) {
    const from = 4 * (Math.floor(at / side) * step * code.width + (at % side) * step)
    code.data.copy(picture.data, 4 * at, from, from + 4)
  }
  for (let count = random(12); count > 0; count -= 1) paintOver(picture, random)
  if (random(3) === 0) {
    const file = jpeg.encode(picture, 40 + random(60)).data
    return random(2) === 0
      ? file
      : mutate(file, ['\xff\xc0', '\xff\xda', '\xff\xc4'], [file], random)
  }
  const file = PNG.sync.write(picture)
  return random(3) === 0 ? spoilHeader(file, random) : file
}

function paintOver(picture, random) {
  const { width, height, data } = picture
  const [left, top, across, down] = [random(width), random(height), random(width), random(height)]
  const isNoise = random(2) === 0
  const colour = random(256)
  for (let y = top; y < Math.min(height, top + down / 3); y += 1) {
    for (let x = left; x < Math.min(width, left + across / 3); x += 1) {
      data.fill(isNoise ? random(256) : colour, 4 * (y * width + x), 4 * (y * width + x) + 3)
    }
  }
}

/** Another size, depth or colour type, with the right checksum. */
function spoilHeader(file, random) {
  const changed = Buffer.from(file)
  changed[16 + random(13)] = [0, 1, 2, 3, 4, 6, 8, 16, 255][random(9)]
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29)
  return changed
}

/** The bits of a status list: spoilt as gzip or, every second time, in the bits before they are packed. */
const bits = {
  starts: [Buffer.alloc(16 * 1024), Buffer.alloc(64 * 1024, 0xa5), Buffer.from('a list')],
  words: ['\x1f\x8b\x08', '\0\0\0\0', '\xff\xff\xff\xff'],
  make: makeBits,
  from: { bits: true },
}

function makeBits(target, random) {
  const start = target.starts[random(target.starts.length)]
  const packed = gzipSync(start)
  if (random(2) === 0) return mutate(packed, target.words, [packed], random)
  const spoilt = gzipSync(mutate(start, target.words, target.starts, random))
  return random(4) === 0 ? Buffer.concat([spoilt, packed]) : spoilt
}

/** What stands in a derived proof of ecdsa-sd-2023: CBOR behind two bytes that say which of the two. */
const disclosed = {
  starts: [
    Buffer.from('d95d01', 'hex'),
    Buffer.concat([Buffer.from('d95d0185', 'hex'), cborBytes(64), cborBytes(35), CBOR_TAIL]),
  ],
  words: [
    '\xd9\x5d\x00',
    '\xd9\x5d\x01',
    '\x80',
    '\x9f',
    '\xbf',
    '\xff',
    '\x5b\xff',
    '\xa1\0',
    '\x58\x40',
  ],
  make: mutateAny,
  from: { disclosed: true },
}

/** @type {Record<string, Target>} */
export const TARGETS = { png, svg, jwt, json, html, qr, bits, disclosed }
