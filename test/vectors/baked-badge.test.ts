/** Our baked pictures read by tools that share no code with the baker, and others' pictures read by us. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bakePicture, extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { hasOfficialData, officialPath, readOfficial } from '../support/official-data.js'
import { describeWithTools, run } from '../support/tools.js'

const NAMES = ['Zoë O’Connor', 'محمد علي الأحمد', '张伟', '👩🏽‍🏫 Ana', 'a ]]> b > c \\u00e9']

/** Reads chunk by chunk; prints the compact JSON of the credential, not escaped. */
const READ_PNG = `
import json, struct, sys, zlib
data = open(sys.argv[1], 'rb').read()
at, found = 8, []
while at < len(data):
    size, kind = struct.unpack('>I4s', data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    assert struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(kind + body)
    if kind == b'iTXt' and body.startswith(b'openbadgecredential\\0'):
        flag, method, rest = body[20], body[21], body[22:]
        language, keyword, text = rest.split(b'\\0', 2)
        assert (flag, method, language, keyword) == (0, 0, b'', b'')
        found.append(text.decode('ascii'))
    at += 12 + size
assert len(found) == 1
sys.stdout.reconfigure(encoding='utf-8')
print(json.dumps(json.loads(found[0]), ensure_ascii=False, separators=(',', ':')), end='')
`
const PLAIN_JSON = `
import json, sys
sys.stdin.reconfigure(encoding='utf-8'); sys.stdout.reconfigure(encoding='utf-8')
print(json.dumps(json.loads(open(sys.argv[1], encoding='ascii').read()), ensure_ascii=False, separators=(',', ':')), end='')
`
const ELEMENT =
  '/*[local-name()="svg"]/*[1][local-name()="credential"][namespace-uri()="https://purl.imsglobal.org/ob/v3p0"]'

let http: HttpService
let folder: string

beforeAll(async () => {
  http = await openHttpService()
  folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-baked-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await http.close()
})

async function download(url: string, suffix: string): Promise<string> {
  const { status, bytes } = await http.send({ path: new URL(`${url}${suffix}`).pathname })
  expect(status).toBe(200)
  const file = path.join(folder, `badge${suffix}`)
  writeFileSync(file, bytes)
  return file
}

describeWithTools('a baked badge', ['pngcheck', 'python3', 'xmllint'], () => {
  for (const [index, name] of NAMES.entries()) {
    it(`of ${name} is read back byte for byte from PNG and SVG`, async () => {
      const candidate = { name, email: 'ana@example.org' }
      const { url } = await http.badge({ id: `baked-${index}`, candidate })
      const signed = readFileSync(await download(url, '.json'), 'utf8')
      expect(signed).toContain(JSON.stringify(name).slice(1, -1))

      const png = await download(url, '.png')
      const said = run('pngcheck', ['-v', png])
      expect(said).toContain('No errors detected')
      expect(said).toContain('600 x 600 image')
      expect(said.match(/chunk iTXt .*keyword: openbadgecredential/gs)).toHaveLength(1)
      expect(run('python3', ['-c', READ_PNG, png])).toBe(signed)

      const svg = await download(url, '.svg')
      run('xmllint', ['--noout', svg])
      expect(run('xmllint', ['--xpath', 'count(//*[local-name()="credential"])', svg]).trim()).toBe(
        '1',
      )
      const text = path.join(folder, 'text.json')
      writeFileSync(text, run('xmllint', ['--xpath', `string(${ELEMENT})`, svg]).trim())
      expect(run('python3', ['-c', PLAIN_JSON, text])).toBe(signed)

      for (const file of [png, svg]) expect(extractFromPicture(readFileSync(file))).toBe(signed)
    })
  }
})

describe.skipIf(!hasOfficialData)(
  'pictures of the official validator (skipped without them)',
  () => {
    const read = (name: string) => readFileSync(officialPath(`vectors/validator/${name}`))

    it.each(['simple-json.png', 'simple-json.svg'])('%s holds its credential', (name) => {
      const credential = JSON.parse(extractFromPicture(read(name)))
      expect(credential.type).toContain('VerifiableCredential')
      expect(JSON.parse(readOfficial('vectors/validator/simple.json')).id).toBe(credential.id)
    })

    it('simple-jwt.png holds its token', () => {
      expect(extractFromPicture(read('simple-jwt.png'))).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
    })

    it('takes another credential instead', () => {
      const other = JSON.stringify({ credentialSubject: { name: '张伟' } })
      for (const name of ['simple-json.png', 'simple-jwt.png', 'simple-json.svg'])
        expect(extractFromPicture(bakePicture(read(name), other))).toBe(other)
    })
  },
)
