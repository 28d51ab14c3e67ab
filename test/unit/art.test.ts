/** Art that staff bring: what is taken, what is left out of it, what is refused. */
import { execFileSync } from 'node:child_process'
import { deflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { createArtPictures, drawSvg } from '../../src/adapters/images/art-renderer.js'
import { cleanSvg } from '../../src/adapters/images/clean-svg.js'
import { readChunks, writeChunks } from '../../src/adapters/images/png-chunks.js'
import { greyPng, SVG_ART, textChunk } from '../support/pictures.js'
import { readArt } from '../support/service.js'

const NS = 'xmlns="http://www.w3.org/2000/svg"'
const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
const INKSCAPE = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
const SODIPODI = 'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'

const tiny = { width: 4, height: 4 }

type Pixel = readonly [number, number, number, number]

function pixelsOf(bytes: Uint8Array) {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes))
  const at = (x: number, y: number) => [
    ...data.subarray((y * width + x) * 4, (y * width + x + 1) * 4),
  ]
  return { width, height, at: (x: number, y: number) => at(x, y) as unknown as Pixel }
}

describe('an SVG', () => {
  it('is taken byte for byte when there is nothing to leave out', async () => {
    const art = await readArt(Buffer.from(SVG_ART))
    expect(art).toEqual({ mediaType: 'image/svg+xml', content: SVG_ART })
  })

  it('is taken without what a drawing program leaves in it', () => {
    const drawn = `<?xml version="1.0"?><!-- made by hand -->
<svg ${NS} ${INKSCAPE} ${SODIPODI} ${XLINK} viewBox="0 0 9 9" inkscape:version="1.3">
<sodipodi:namedview pagecolor="#fff"><inkscape:grid/></sodipodi:namedview>
<metadata><rdf:RDF xmlns:rdf="urn:rdf">by Ana</rdf:RDF></metadata>
<path style="fill:#123456;-inkscape-font-specification:Sans;stroke: none" fill="#fff" d="M0 0h9v9z" sodipodi:nodetypes="cc"/>
<use xlink:href="#a" xlink:title="x"/><text xml:space="preserve">A &amp; <![CDATA[B < C]]></text>
</svg>`
    expect(cleanSvg(drawn)).toBe(`<svg ${NS} ${XLINK} viewBox="0 0 9 9">


<path fill="#123456" d="M0 0h9v9z" stroke="none"></path>
<use xlink:href="#a"></use><text xml:space="preserve">A &amp; B &lt; C</text>
</svg>`)
  })

  it.each([
    ['a script', '<script>alert(1)</script>', /<script>/],
    ['a script of another namespace', '<x:script xmlns:x="urn:x"/>', /namespace/],
    ['a frame', '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://a.org"/>', /<iframe>/],
    ['a style that fetches', '<path style="fill:url(https://a.org/x)"/>', /outside itself/],
    [
      'a style that hides what it does',
      '<path style="fill:u\\72l(https://a.org/x)"/>',
      /outside itself/,
    ],
    ['a handler', '<path onclick="alert(1)"/>', /onclick/],
    ['a picture from elsewhere', '<image xlink:href="https://a.org/x.png"/>', /<image>/],
  ])('is refused with %s, though editors may have left it', async (_name, inner, sentence) => {
    const svg = `<svg ${NS} ${XLINK} ${INKSCAPE} viewBox="0 0 9 9" inkscape:x="1">${inner}</svg>`
    await expect(readArt(Buffer.from(svg))).rejects.toMatchObject({
      code: 'ACHIEVEMENT_INVALID',
      pointer: '/image/file',
      message: expect.stringMatching(sentence),
    })
  })
})

describe('a PNG', () => {
  it('is taken as 600 × 600 pixels, without anything that was written beside them', async () => {
    const secret = textChunk('tEXt', 'GPS\0', '33.2N 117.2W')
    const art = await readArt(greyPng({ width: 20, height: 10 }, [secret]))
    expect(art.mediaType).toBe('image/png')
    const bytes = Buffer.from(art.content, 'base64')
    expect(bytes.toString('latin1')).not.toContain('117.2W')
    const { width, height, at } = pixelsOf(bytes)
    expect([width, height]).toEqual([600, 600])
    expect(at(300, 300)).toEqual([0x40, 0x40, 0x40, 255])
    expect(at(300, 20)).toEqual([0, 0, 0, 0])
  })

  it('may be interlaced', async () => {
    // 8 × 8 grey pixels in the seven passes of Adam7.
    const passes = [1, 1, 2, 4, 8, 16, 32]
    const rows = [1, 1, 1, 2, 2, 4, 4]
    const raw = passes.map((pixels, pass) => {
      const width = pixels / (rows[pass] ?? 1)
      const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width, 0x80)])
      return Buffer.concat(Array(rows[pass]).fill(row))
    })
    const pixels = deflateSync(Buffer.concat(raw))
    const [header, ...others] = readChunks(greyPng({ width: 8, height: 8 }, [], pixels))
    const adam7 = Buffer.concat([Buffer.from(header?.data ?? []).subarray(0, 12), Buffer.from([1])])
    const art = await readArt(writeChunks([{ type: 'IHDR', data: adam7 }, ...others]))
    expect(pixelsOf(Buffer.from(art.content, 'base64')).at(300, 300)).toEqual([128, 128, 128, 255])
  })
})

describe('art', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /^The badge art is an empty file\.$/],
    ['more than 2 MiB', Buffer.alloc(2 * 1024 * 1024 + 1), /larger than 2 MiB/],
    ['a JPEG', Buffer.from('ffd8ffe0', 'hex'), /neither a PNG nor an SVG/],
    ['an SVG in UTF-16', Buffer.from(`\ufeff${SVG_ART}`, 'utf16le'), /neither a PNG nor an SVG/],
    ['4,097 pixels', greyPng({ width: 4097, height: 1 }), /4097 × 1 pixels, and 4096 × 4096/],
    ['a bomb', greyPng(tiny, [], deflateSync(Buffer.alloc(9e7))), /unpacked/],
    [
      'a PNG that cannot be decoded',
      greyPng(tiny, [], deflateSync(Buffer.alloc(20, 9))),
      /nothing/,
    ],
    ['an SVG that shows nothing', Buffer.from(`<svg ${NS} viewBox="0 0 9 9"/>`), /shows nothing/],
    [
      'an SVG far too thin',
      Buffer.from(`<svg ${NS} viewBox="0 0 1 1e6"><g/></svg>`),
      /cannot be drawn/,
    ],
    ['an SVG of no size', Buffer.from(`<svg ${NS} width="0" height="0"/>`), /viewBox/],
  ])('is refused when it is %s', async (_name, bytes, sentence) => {
    const start = performance.now()
    await expect(readArt(bytes)).rejects.toMatchObject({
      code: 'ACHIEVEMENT_INVALID',
      message: expect.stringMatching(sentence),
    })
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('is given up when it takes too long to draw, and the process that drew it ends', async () => {
    const size = 'width="1000000" height="1000000"'
    const pattern = `<pattern id="a" patternUnits="userSpaceOnUse" ${size}><rect ${size}/></pattern>`
    const svg = `<svg ${NS} viewBox="0 0 600 600">${pattern}<rect width="600" height="600" fill="url(#a)"/></svg>`
    await expect(readArt(Buffer.from(svg))).rejects.toMatchObject({ rule: 'too-slow' })
    expect(execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' })).not.toContain(
      'art-drawer',
    )
  }, 20_000)

  it('is drawn in the middle of 600 × 600 pixels, with letters, the same each time', async () => {
    const words = `<svg ${NS} viewBox="0 0 20 40"><text x="2" y="20" font-size="20" font-family="No Such">I</text></svg>`
    const [first, second] = [(await drawSvg(words)).png, (await drawSvg(words)).png]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
    const { width, height, at } = pixelsOf(first)
    expect([width, height]).toEqual([600, 600])
    const ink = Array.from({ length: 600 }, (_, x) => at(x, 250)[3]).filter((alpha) => alpha > 0)
    expect(ink.length).toBeGreaterThan(10)
    expect(ink.length).toBeLessThan(100)
  })

  it('is drawn once, however many ask', async () => {
    const pictures = createArtPictures()
    const art = { art: { mediaType: 'image/svg+xml', content: SVG_ART }, digest: 'a' } as const
    const all = await Promise.all([pictures.png(art), pictures.png(art), pictures.png(art)])
    expect(new Set(all).size).toBe(1)
    expect(await pictures.png({ ...art, digest: 'b' })).not.toBe(all[0])
  })
})
