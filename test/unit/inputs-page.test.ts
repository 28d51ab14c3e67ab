/** Web pages: where they say their badge is, and all that is left alone on them. */
import { describe, expect, it } from 'vitest'
import { findOlderBadge } from '../../src/adapters/images/older-badge.js'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { assertSoundPng } from '../../src/adapters/images/sound-png.js'
import { createInputReader } from '../../src/adapters/inputs/input-reader.js'

const reader = createInputReader({ extractFromPicture, findOlderBadge, assertSoundPng }, 1000)
const PAGE_URL = 'https://badges.example/b/1'
const FROM = { mediaType: 'text/html', url: PAGE_URL }

const read = (html: string, from: typeof FROM | undefined = FROM) =>
  reader.read(Buffer.from(html), from)
const page = (inner: string) => `<!DOCTYPE html><html><head>${inner}</head><body></body></html>`
const link = (type: string, href: string, rel = 'alternate') =>
  `<link rel="${rel}" type="${type}" href="${href}">`
const script = (content: string, type = 'application/ld+json') =>
  `<script type="${type}">${content}</script>`
const CREDENTIAL = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"a < b"}'
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'
const OG = '<meta property="og:image" content="/b/1.png">'

const address = (url: string) => ({ kind: 'address', form: 'html', url })
const nothing = { kind: 'refused', form: 'html', rule: 'page-without-badge' }

describe('a page', () => {
  it.each([
    ['a link', link('application/vc', '/b/1.json'), 'https://badges.example/b/1.json'],
    ['a link to itself', link('application/ld+json', ''), PAGE_URL],
    ['a link elsewhere', link('application/json', 'https://a.example/1'), 'https://a.example/1'],
    [
      'odd spelling',
      '<LINK REL="x Alternate" TYPE="Application/VC; charset=utf-8" HREF=1.json>',
      'https://badges.example/b/1.json',
    ],
    ['entities', link('application/vc', '/b?a=1&amp;b=2'), 'https://badges.example/b?a=1&b=2'],
    [
      'a base',
      `<base href="https://c.example/x/">${link('application/vc', '1')}`,
      'https://c.example/x/1',
    ],
    [
      'two links: the surer one',
      link('application/json', '/wp-json/1') + link('application/vc+ld+json', '/1'),
      'https://badges.example/1',
    ],
    [
      'two links of a kind: the first',
      link('application/vc', '/1') + link('application/vc', '/2'),
      'https://badges.example/1',
    ],
    [
      'many tags that nothing closes',
      '<meta name="a">'.repeat(1000) + link('application/vc', '/1'),
      'https://badges.example/1',
    ],
    ['a picture', OG, 'https://badges.example/b/1.png'],
    [
      'a picture, and a script of a shop',
      OG + script('{"@type":"Product"}'),
      'https://badges.example/b/1.png',
    ],
    [
      'an attribute twice: the first',
      '<link rel=alternate type="application/vc" href="/1" href="/2">',
      'https://badges.example/1',
    ],
  ])('with %s', async (_name, inner, url) => {
    expect(await read(page(inner))).toEqual(address(url))
  })

  it('with the credential itself is that, byte for byte', async () => {
    const found = await read(page(OG + link('application/json', '/1') + script(CREDENTIAL)))
    expect(found).toEqual({ kind: 'json', form: 'html', bytes: Buffer.from(CREDENTIAL) })
  })

  it('with a token in an envelope is that token', async () => {
    const envelope = JSON.stringify({
      type: 'EnvelopedVerifiableCredential',
      id: `data:application/vc+jwt,${TOKEN}`,
    })
    const found = await read(page(script(envelope)))
    expect(found).toEqual({ kind: 'token', form: 'html', token: TOKEN })
  })

  it.each([
    ['nothing', ''],
    ['a link in a comment', `<!-- ${link('application/vc', '/1')} -->`],
    ['a link in a script', script(`"${link('application/vc', '/1')}"`, 'text/javascript')],
    ['a link in a style', `<style>${link('application/vc', '/1')}</style>`],
    ['a link in a title', `<title>${link('application/vc', '/1')}</title>`],
    ['a link in a text area', `<textarea>${link('application/vc', '/1')}</textarea>`],
    ['a link of another kind', link('application/vc', '/1', 'stylesheet')],
    ['a link of another type', link('text/html', '/1')],
    ['a script address', link('application/vc', 'javascript:alert(1)')],
    ['a file address', link('application/vc', 'file:///etc/passwd')],
    ['a long address', link('application/vc', `/${'a'.repeat(3000)}`)],
    ['a JPEG', OG.replace('.png', '.jpg')],
    ['a credential in a script that runs', script(CREDENTIAL, 'text/javascript')],
    ['a credential in a script that is not closed', script(CREDENTIAL).replace('</script>', '')],
    ['a link below 256 levels', '<b>'.repeat(300) + link('application/vc', '/1')],
    ['a link after 20,000 tags', '<br>'.repeat(20_000) + link('application/vc', '/1')],
    ['a link with 100 attributes', `<link ${nameless(100)} rel=alternate type="application/vc">`],
    ['a link after 1 MiB', ' '.repeat(1024 * 1024) + link('application/vc', '/1')],
  ])('with %s leads nowhere', async (_name, inner) => {
    const start = performance.now()
    expect(await read(page(inner))).toMatchObject(nothing)
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('of an unknown address is followed only to whole ones', async () => {
    const whole = page(link('application/vc', 'https://a.example/1'))
    expect(await reader.read(Buffer.from(whole))).toEqual(address('https://a.example/1'))
    const part = page(link('application/vc', '/1'))
    expect(await reader.read(Buffer.from(part))).toMatchObject(nothing)
  })
})

const nameless = (count: number) => Array.from({ length: count }, (_, at) => `a${at}`).join(' ')

describe('what is a page', () => {
  const BODY = `<head>${link('application/vc', '/1')}</head>`

  it.each(['<!doctype HTML>', '\n<HTML lang="en">', '\ufeff<!DOCTYPE html>'])(
    'is seen by its start: %j',
    async (start) => {
      const from = { mediaType: 'image/png', url: PAGE_URL }
      expect(await read(start + BODY, from)).toEqual(address('https://badges.example/1'))
    },
  )

  it('is told by its media type when its start says nothing', async () => {
    expect(await read(`Welcome!${BODY}`)).toEqual(address('https://badges.example/1'))
    const plain = { ...FROM, mediaType: 'text/plain' }
    expect(await read(`Welcome!${BODY}`, plain)).toMatchObject({ rule: 'not-recognised' })
    expect(await read(BODY, plain)).toMatchObject({ form: 'svg', rule: 'not-an-svg' })
  })

  it('is not what only was sent as one', async () => {
    expect(await read(CREDENTIAL)).toMatchObject({ kind: 'json', form: 'json' })
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'
    expect(await read(svg)).toMatchObject({ form: 'svg', rule: 'no-credential' })
  })
})
