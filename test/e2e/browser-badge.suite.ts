/** The badge page as it is scanned, and printed to hang on a wall. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readQrCode, type Site } from '../support/browser.js'
import { BADGES } from './browser-contents.js'

const CSS_PX_PER_MM = 96 / 25.4
/** A4 less the margins of the style sheet. */
const PRINTED = { width: Math.round(182 * CSS_PX_PER_MM), height: Math.round(269 * CSS_PX_PER_MM) }

/** Describes the badge page as a thing to scan and to print. */
export function describeBadge(site: Site): void {
  let page: Page
  beforeAll(async () => {
    page = (await site.visit({ viewport: PRINTED })).page
  })
  afterAll(() => page.context().close())

  describe('scanned', () => {
    it.each([
      [1280, 'light'],
      [390, 'dark'],
    ] as const)('leads to itself from a screen of %i px (%s)', async (width, colorScheme) => {
      await page.setViewportSize({ width, height: 600 })
      await page.emulateMedia({ colorScheme })
      await page.goto(site.badge(BADGES.named))
      await page.locator('.qr img').scrollIntoViewIfNeeded()
      expect(readQrCode(await page.screenshot())).toBe(site.badge(BADGES.named))
    })

    it('leads to itself from paper', async () => {
      const visit = await site.visit({ viewport: PRINTED, deviceScaleFactor: 2 })
      await visit.page.emulateMedia({ media: 'print' })
      await visit.page.goto(site.badge(BADGES.nameless))
      expect(readQrCode(await visit.page.screenshot())).toBe(site.badge(BADGES.nameless))
      await visit.page.context().close()
    })
  })

  describe('printed', () => {
    it.each(Object.entries(BADGES))('fills one page, A4 or Letter (%s)', async (_name, place) => {
      await page.goto(site.badge(place))
      for (const [format, box] of Object.entries(PAPER)) {
        const pdf = (await page.pdf({ format, preferCSSPageSize: true })).toString('latin1')
        expect(pdf.match(/\/Type\s*\/Page\b/g), format).toHaveLength(1)
        expect(pdf, format).toMatch(box)
      }
    })

    it.each(Object.entries(BADGES))('keeps its parts apart (%s)', async (_name, place) => {
      await page.setViewportSize(PRINTED)
      await page.emulateMedia({ media: 'print' })
      await page.goto(site.badge(place))
      const parts = ['.card', '.art', '.certificate-text', '.verdict', '.imprint', '.colophon']
      const boxes = await Promise.all(parts.map((part) => page.locator(part).boundingBox()))
      const [card, ...rows] = boxes.map((box) => ({
        top: Math.round(box?.y ?? Number.NaN),
        bottom: Math.round((box?.y ?? 0) + (box?.height ?? Number.NaN)),
      }))
      const edges = rows.flatMap(({ top, bottom }) => [top, bottom])
      expect(edges).toEqual(edges.toSorted((a, b) => a - b))
      expect(edges[0]).toBeGreaterThan((card?.top ?? 0) + 5 * CSS_PX_PER_MM)
      await page.emulateMedia({ media: 'screen' })
    })

    it('leaves out what only leads elsewhere', async () => {
      await page.goto(site.badge(BADGES.replacing))
      const fact = page.getByText('an earlier badge')
      expect(await fact.isVisible()).toBe(true)
      await page.emulateMedia({ media: 'print' })
      expect(await fact.isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })
    })

    it('takes more pages when there is more to say, so that the count means something', async () => {
      await page.goto(site.url('/problems'))
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1)
    })

    it('shows the QR code 25 mm wide, the address in letters, and nothing to click', async () => {
      await page.setViewportSize(PRINTED)
      await page.emulateMedia({ media: 'print' })
      await page.goto(site.badge(BADGES.named))
      const box = await page.locator('.qr img').boundingBox()
      expect(Math.abs((box?.width ?? 0) / CSS_PX_PER_MM - 25)).toBeLessThan(0.5)
      expect(Math.abs((box?.height ?? 0) / CSS_PX_PER_MM - 25)).toBeLessThan(0.5)
      expect(await page.locator('.qr .url').textContent()).toBe(site.badge(BADGES.named))
      for (const text of ['Ana Example', 'Empowering Students as Creators', 'Issued by']) {
        expect(await page.getByText(text).first().isVisible(), text).toBe(true)
      }
      expect(await page.locator('nav, .button, .chapters').filter({ visible: true }).count()).toBe(
        0,
      )
      await page.emulateMedia({ media: 'screen' })
    })
  })
}

/** Media boxes in points. Chromium rounds them. */
const PAPER: Readonly<Record<string, RegExp>> = {
  A4: /\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/,
  Letter: /\/MediaBox\s*\[0 0 612 792\]/,
}
