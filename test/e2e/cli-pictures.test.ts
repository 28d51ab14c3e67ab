/** `imprimatur bake` and `imprimatur extract`, as real processes on real files. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../support/http-cli.js'
import { flipped, greyPng, SVG_ART } from '../support/pictures.js'

const CREDENTIAL = '{"credentialSubject":{"name":"张伟 ]]> é"}}'
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'

let place: Workplace
let credential: string

beforeAll(() => {
  place = openWorkplace()
  credential = place.write('credential.json', `${CREDENTIAL}\n`)
})
afterAll(() => place.close())

const out = () => path.join(place.folder, 'out')

describe.each([
  ['seal.png', greyPng()],
  ['seal.svg', SVG_ART],
])('a credential', (name, picture) => {
  it(`goes into ${name} and comes out again, into a file or a pipe`, async () => {
    const file = place.write(name, picture)
    const baked = await place.run(['bake', file, credential, '--out', out()])
    expect(baked).toEqual({ code: 0, out: `Wrote ${out()}\n`, err: '' })
    expect(await place.run(['extract', out()])).toEqual({ code: 0, out: CREDENTIAL, err: '' })
    const text = path.join(place.folder, 'text')
    expect((await place.run(['extract', out(), '--out', text])).code).toBe(0)
    expect(readFileSync(text, 'utf8')).toBe(CREDENTIAL)
  })

  it(`is replaced where it stands, in ${name}`, async () => {
    const file = place.write(name, picture)
    await place.run(['bake', file, credential, '--out', file])
    await place.run(['bake', file, place.write('token.jwt', TOKEN), '--out', file])
    expect(await place.run(['extract', file])).toEqual({ code: 0, out: TOKEN, err: '' })
  })
})

describe('a picture or a credential that will not do', () => {
  it('is named with one sentence, and nothing is written', async () => {
    const [png, svg] = [place.write('a.png', greyPng()), place.write('a.svg', SVG_ART)]
    const target = path.join(place.folder, 'none')
    const bake = (picture: string, document = credential) => [
      'bake',
      picture,
      document,
      '--out',
      target,
    ]
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [bake(place.write('empty.png', '')), /empty\.png: The picture is an empty file\.$/],
      [bake(place.write('cut.png', greyPng().subarray(0, 40))), /cut\.png: .* is cut off\.$/],
      [
        bake(place.write('crc.png', flipped(greyPng(), 30))),
        /the checksum of its IHDR chunk is wrong\.$/,
      ],
      [bake(place.write('a.txt', 'a seal')), /neither a PNG nor an SVG in UTF-8\.$/],
      [bake(place.write('js.svg', SVG_ART.replace('<circle', '<script/><circle'))), /<script>/],
      [bake(path.join(place.folder, 'nowhere.png')), /nowhere\.png cannot be read\.$/],
      [
        bake(png, place.write('word.json', 'badge')),
        /neither a credential in JSON nor a VC-JWT\.$/,
      ],
      [bake(svg, path.join(place.folder, 'nowhere.json')), /nowhere\.json cannot be read\.$/],
      [['extract', png], /a\.png: The picture holds no Open Badges 3\.0 credential\.$/],
    ]
    for (const [args, sentence] of cases) {
      const { code, out: said, err } = await place.run(args)
      expect([code, said, err.trimEnd().split('\n').length]).toEqual([1, '', 1])
      expect(err.trimEnd()).toMatch(sentence)
    }
    expect(existsSync(target)).toBe(false)
  })
})
