/** Whatever stands in a credential, it comes out of the picture as it went in. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bakePicture, extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { isPng, readChunks } from '../../src/adapters/images/png-chunks.js'
import { greyPng, SVG_ART } from '../support/pictures.js'

const RUNS = { numRuns: 500 }
const PICTURES = { PNG: greyPng(), SVG: Buffer.from(SVG_ART) }

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ']]>',
    '\\u003e',
    '\\\\u00e9',
    '\\',
    '"',
    '<![CDATA[',
    '</openbadges:credential>',
  ),
  fc.constantFrom('محمد علي', '张伟', '👩🏽‍🏫', '\u2028', '\u007f\u0080', '\ufeff', '\u0000'),
)
const anyCredential = fc
  .dictionary(anyText, anyText)
  .map((claims) => JSON.stringify({ credentialSubject: claims }))
  .filter((json) => !/\\ud[89a-f]/.test(json))

describe.each(Object.entries(PICTURES))('a credential in a %s', (_name, picture) => {
  it('comes out byte for byte, of ASCII alone on the way', () => {
    fc.assert(
      fc.property(anyCredential, (credential) => {
        const baked = bakePicture(picture, credential)
        expect(extractFromPicture(baked)).toBe(credential)
        const written = textIn(baked)
        expect(written).toMatch(/^[ -=?-~]*$/)
        expect(JSON.parse(written)).toEqual(JSON.parse(credential))
      }),
      RUNS,
    )
  })

  it('replaces the one that was there, and leaves the picture as it was', () => {
    fc.assert(
      fc.property(anyCredential, anyCredential, (first, second) => {
        const twice = bakePicture(bakePicture(picture, first), second)
        expect(extractFromPicture(twice)).toBe(second)
        const once = bakePicture(picture, second)
        if (picture === PICTURES.PNG) expect(twice.equals(once)).toBe(true)
        expect(twice.toString('latin1').split('openbadges:credential').length).toBe(
          once.toString('latin1').split('openbadges:credential').length,
        )
      }),
      RUNS,
    )
  })
})

describe('hostile pictures', () => {
  it('are refused, whatever is changed in a baked one: never a crash, never another credential', () => {
    const credential = JSON.stringify({ credentialSubject: { name: '张伟' } })
    for (const picture of Object.values(PICTURES)) {
      const baked = bakePicture(picture, credential)
      fc.assert(
        fc.property(fc.nat(baked.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const bytes = Buffer.from(baked)
          bytes[at] = (bytes[at] ?? 0) ^ change
          const found = attempt(bytes)
          if (picture === PICTURES.PNG) expect(found).toMatchObject({ code: 'IMAGE_INVALID' })
          else expect(typeof found === 'string' || found).toBeTruthy()
        }),
        RUNS,
      )
    }
  })
})

/** What a reader that knows nothing of our escapes finds. */
function textIn(baked: Buffer): string {
  if (!isPng(baked)) return /CDATA\[(.*?)\]\]>/s.exec(baked.toString('latin1'))?.[1] ?? ''
  const [, chunk] = readChunks(baked)
  return Buffer.from(chunk?.data ?? [])
    .toString('latin1')
    .replace(/^.*?\0{5}/, '')
}

function attempt(bytes: Uint8Array): unknown {
  try {
    return extractFromPicture(bytes)
  } catch (error) {
    expect(error).toMatchObject({ code: 'IMAGE_INVALID' })
    return error
  }
}
