/** Pictures of the tamper catalogue by name: each takes a credential, most of them to no good. */
import { deflateSync } from 'node:zlib'
import { bakePicture } from '../../src/adapters/images/picture-file.js'
import { flipped, greyPng, SVG_ART, textChunk } from './pictures.js'

type Maker = (credential: string) => Uint8Array

const KEYWORD = 'openbadgecredential\0'
/** Not compressed, of no language, without a translated keyword. */
const PLAIN = '\0\0\0\0'
const MIB = 1024 * 1024
const TINY = { width: 4, height: 4 }
const OB3 = 'https://purl.imsglobal.org/ob/v3p0'

const chunk = (credential: string) => textChunk('iTXt', KEYWORD, PLAIN, credential)
const packed = (bytes: Uint8Array) =>
  textChunk('iTXt', KEYWORD, '\x01', '\0\0\0', deflateSync(bytes))
const png: Maker = (credential) => bakePicture(greyPng(), credential)
const svg = (credential: string) => bakePicture(Buffer.from(SVG_ART), credential).toString()
const before = (find: string, inner: string, text: string) =>
  Buffer.from(text.replace(find, () => `${inner}${find}`))
const element = (credential: string) =>
  `<o:credential xmlns:o="${OB3}"><![CDATA[${credential}]]></o:credential>`

/** Behind the last tag of the credential, where art stands. */
const withArt = (credential: string, art: string) => before('<circle', art, svg(credential))

export const PICTURES = {
  png,
  svg: (credential) => Buffer.from(svg(credential)),
  'png with a text of one byte more': (credential) => baked(png(credential), -30),
  'png with a wrong checksum': (credential) => flipped(Buffer.from(png(credential)), 60),
  'png cut off': (credential) => png(credential).subarray(0, -5),
  'png cut in the credential': (credential) => png(credential).subarray(0, 400),
  'png with a length beyond the file': (credential) => withLength(png(credential), 0xffffffff),
  'png with a length of one more': (credential) => withLength(png(credential), undefined),
  'png with two credentials': (credential) =>
    greyPng(TINY, [chunk(credential), chunk(credential.replace('Sample', 'Another'))]),
  'png with the same credential twice': (credential) =>
    greyPng(TINY, [chunk(credential), chunk(credential)]),
  'png with credentials of two standards': (credential) =>
    greyPng(TINY, [chunk(credential), textChunk('iTXt', 'openbadges\0', PLAIN, credential)]),
  'png with a packed credential': (credential) => greyPng(TINY, [packed(Buffer.from(credential))]),
  'png with a packed bomb': () => greyPng(TINY, [packed(Buffer.alloc(64 * MIB))]),
  'png with pixels that are a bomb': (credential) =>
    greyPng(TINY, [chunk(credential)], deflateSync(Buffer.alloc(64 * MIB))),
  'png that says 30,000 by 30,000': (credential) =>
    greyPng({ width: 30_000, height: 30_000 }, [chunk(credential)], deflateSync('')),
  'png that says 2^31 by 2^31': () =>
    greyPng({ width: 0x7fffffff, height: 0x7fffffff }, [], deflateSync('')),
  'png of 100,000 chunks': (credential) =>
    greyPng(TINY, [chunk(credential), ...Array(100_000).fill(textChunk('tEXt', 'a\0'))]),
  'png with a credential of 9 MiB': () => greyPng(TINY, [chunk(`"${'a'.repeat(9 * MIB)}"`)]),
  'png with a page behind it': (credential) =>
    Buffer.concat([png(credential), Buffer.from('<html><script>alert(1)</script></html>')]),
  'png with an archive behind it': (credential) =>
    Buffer.concat([png(credential), Buffer.from('PK\x03\x04')]),
  'png of its signature alone': (credential) => png(credential).subarray(0, 8),
  'gif with a credential': (credential) => Buffer.from(`GIF89a${credential}`),
  'archive with a credential': (credential) => Buffer.from(`PK\x03\x04${credential}`),
  'pdf with a credential': (credential) => Buffer.from(`%PDF-1.7\n${credential}`),
  'jpeg cut off': () => Buffer.from('ffd8ffe000104a464946', 'hex'),
  'svg with a script': (credential) =>
    withArt(credential, '<script>document.title="valid"</script>'),
  'svg with an event handler': (credential) =>
    before(' viewBox', ' onload="alert(1)"', svg(credential)),
  'svg with foreign HTML': (credential) =>
    withArt(credential, '<foreignObject><b>valid</b></foreignObject>'),
  'svg with two credentials': (credential) => withArt(credential, element(credential)),
  'svg with a doubled namespace': (credential) =>
    before('<circle', `<openbadges:credential xmlns:openbadges="urn:x"/>`, svg(credential)),
  'svg with entities that multiply': (credential) =>
    before('<svg', `<!DOCTYPE svg [${multiplied()}]>`, svg(credential)),
  'svg with an entity from a file': (credential) =>
    before('<svg', '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', svg(credential)),
  'svg with a credential from an entity': (credential) =>
    Buffer.from(
      `<!DOCTYPE svg [<!ENTITY a SYSTEM "https://evil.example/credential.json">]>${SVG_ART.replace('<circle', `<o:credential xmlns:o="${OB3}">&a;${credential.slice(0, 0)}</o:credential><circle`)}`,
    ),
  'svg of parts used in parts': (credential) => withArt(credential, doubled()),
  'svg of 100,000 levels': (credential) => withArt(credential, '<g>'.repeat(100_000)),
  'svg of 100,000 elements': (credential) => withArt(credential, '<g/>'.repeat(100_000)),
  'svg of 100,000 attributes': (credential) =>
    before(
      ' viewBox',
      Array.from({ length: 100_000 }, (_, at) => ` a${at}="1"`).join(''),
      svg(credential),
    ),
  'svg cut off': (credential) => Buffer.from(svg(credential).slice(0, -5)),
  'svg of more than 2 MiB': (credential) => Buffer.from(svg(credential) + ' '.repeat(2 * MIB)),
} as const satisfies Readonly<Record<string, Maker>>

export type PictureName = keyof typeof PICTURES

/** Changes one letter of the text and leaves the checksum. */
function baked(bytes: Uint8Array, at: number): Buffer {
  return flipped(Buffer.from(bytes), bytes.length + at)
}

/** The length of the second chunk, which holds the credential, as it is not. */
function withLength(bytes: Uint8Array, length: number | undefined): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt32BE(length ?? changed.readUInt32BE(33) + 1, 33)
  return changed
}

function multiplied(): string {
  const names = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`)
  return `<!ENTITY e0 "ha">${names.join('')}`
}

/** Thirty groups that each use the one before twice: drawn, a thousand million parts. */
function doubled(): string {
  const groups = Array.from(
    { length: 30 },
    (_, at) => `<g id="p${at + 1}"><use href="#p${at}"/><use href="#p${at}"/></g>`,
  )
  return `<g id="p0"/>${groups.join('')}`
}
