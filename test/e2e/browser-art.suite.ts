/** Hostile drawings in a browser: as they are, as art, and with a badge in them at the verify form. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pLimit from 'p-limit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSafeSvg } from '../../src/adapters/images/read-art.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import type { Site } from '../support/browser.js'
import { type Canary, openCanary } from '../support/canary-listener.js'
import { hostileArt } from '../support/hostile-art.js'
import { BADGES, readCredential } from './browser-contents.js'

const MANY = 60

/** Describes that none of them does anything. */
export function describeArt(site: Site): void {
  let page: Page
  let canary: Canary
  let plain: Server
  let art: readonly (readonly [name: string, svg: string])[]
  let dialogues = 0
  /** What the plain server hands out, without any policy. */
  let served = { type: 'text/html', body: '' }

  beforeAll(async () => {
    canary = await openCanary()
    art = Object.entries(hostileArt(`http://127.0.0.1:${canary.port}`))
    plain = createServer((request, response) => {
      const isDrawing = request.url === '/drawing.svg'
      response.setHeader('Content-Type', isDrawing ? 'image/svg+xml' : served.type)
      response.end(served.body)
    })
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    ;({ page } = await site.visit({}))
    page.on('dialog', () => {
      dialogues += 1
    })
  })
  afterAll(async () => {
    await page.context().close()
    await new Promise((resolve) => plain.close(resolve))
    await canary.close()
  })

  /** How often something happened: dialogues, and connections to where somebody listens. */
  const countedWhile = async (type: string, body: string, path = '/'): Promise<number> => {
    served = { type, body }
    const before = dialogues + canary.connections()
    const { port } = plain.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: 'load' }).catch(() => {})
    await page.mouse.click(50, 50).catch(() => {})
    await page.waitForTimeout(20)
    await page.goto('about:blank').catch(() => {})
    return dialogues + canary.connections() - before
  }

  it('does what it tries when it is opened as it is', async () => {
    expect(art.length).toBeGreaterThan(MANY)
    const some = art.filter((_, place) => place % 8 === 0)
    const idle: string[] = []
    for (const [name, svg] of some) {
      if ((await countedWhile('image/svg+xml', svg, '/drawing.svg')) === 0) idle.push(name)
    }
    // What this browser does not do, another may.
    expect(idle.length, idle.join(', ')).toBeLessThan(some.length / 2)
  })

  it('is refused as art, or does nothing any more, directly, embedded and in a page', async () => {
    const kept = art.flatMap(([name, svg]) => {
      const safe = asArt(svg)
      return safe === undefined ? [] : [{ name, safe }]
    })
    expect(kept.length).toBeLessThan(art.length / 5)
    for (const { name, safe } of kept) {
      expect(await countedWhile('image/svg+xml', safe, '/drawing.svg'), name).toBe(0)
      const source = `data:image/svg+xml;base64,${Buffer.from(safe).toString('base64')}`
      const html = `<img src="${source}"><object data="${source}"></object>${safe}`
      expect(await countedWhile('text/html', html), name).toBe(0)
    }
  })

  it('does nothing in the result of a check, even without our policy', async () => {
    const credential = await readCredential(site.badge(BADGES.named))
    const inTurn = pLimit(4)
    const results = await Promise.all(
      art.map(([name, svg]) =>
        inTurn(async () => {
          const html = await resultOf(site, withBadge(svg, credential))
          expect(html, name).toContain('<main')
          expect(html, name).not.toMatch(/javascript:|<foreignObject/i)
          return html
        }),
      ),
    )
    expect(await countedWhile('text/html; charset=utf-8', inFrames(results))).toBe(0)
    expect(await countedWhile('text/html', inFrames(['<script>alert(1)</script>']))).toBe(1)
  })
}

/** One page with all of them side by side, each free to do what it likes. */
function inFrames(pages: readonly string[]): string {
  const quoted = pages.map((html) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))
  return quoted.map((html) => `<iframe srcdoc="${html}"></iframe>`).join('\n')
}

/** What would be kept of it, or undefined. */
function asArt(svg: string): string | undefined {
  try {
    return readSafeSvg(Buffer.from(svg))
  } catch (error) {
    expect(error).toBeInstanceOf(IssuerError)
    return undefined
  }
}

function withBadge(svg: string, credential: string): string {
  const inside = `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${credential}]]></openbadges:credential>`
  return svg.replace(/<(?:s:)?svg[^>]*>/, (tag) => `${tag}${inside}`)
}

async function resultOf(site: Site, svg: string): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([svg], { type: 'image/svg+xml' }), 'badge.svg')
  const answer = await fetch(site.url('/verify'), {
    method: 'POST',
    body: form,
    headers: { Accept: 'text/html' },
  })
  return answer.text()
}
