/** Every page in a real browser: accessible, whole at every width, and on its own. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  findOverflow,
  findViolations,
  openReceipt,
  readQrCode,
  type Site,
  sendForm,
} from '../support/browser.js'
import { BADGES, readCredential } from './browser-contents.js'

/** Describes what is asked of each page, in the light of everything it may show. */
export function describePages(site: Site): void {
  const check = async (page: Page, field: string, text: string) => {
    await page.goto(site.url('/verify'))
    await page.fill(field, text)
    await sendForm(page)
  }
  const credential = () => readCredential(site.badge(BADGES.named))

  const PAGES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    home: (page) => page.goto(site.url('/')),
    'badge with a name': (page) => page.goto(site.badge(BADGES.named)),
    'badge with long texts': (page) => page.goto(site.badge(BADGES.long)),
    'badge that was revoked': (page) => page.goto(site.badge(BADGES.revoked)),
    'badge that is suspended': (page) => page.goto(site.badge(BADGES.suspended)),
    'badge that was replaced': (page) => page.goto(site.badge(BADGES.replacedAgain)),
    'badge that replaces another': (page) => page.goto(site.badge(BADGES.replacing)),
    'badge without a name': (page) => page.goto(site.badge(BADGES.nameless)),
    verify: (page) => page.goto(site.url('/verify')),
    'valid result': async (page) => check(page, '[name=credential]', await credential()),
    'invalid result': async (page) =>
      check(page, '[name=credential]', (await credential()).replace('Empowering', 'Devouring')),
    'unreadable result': (page) => check(page, '[name=credential]', 'no badge at all'),
    'badge of somebody else': async (page) => {
      await page.goto(site.url('/verify'))
      await page.fill('[name=recipient]', 'eve@example.org')
      await page.fill('[name=credential]', await credential())
      await sendForm(page)
    },
    receipt: async (page) => {
      await check(page, '[name=credential]', await credential())
      await openReceipt(page)
    },
    'receipt that is not genuine': async (page) => {
      await check(page, '[name=credential]', await credential())
      const token = await page.inputValue('.receipt-form [name=receipt]')
      await check(page, '[name=credential]', token.replace(/.{9}$/, 'AAAAAAAAA'))
    },
    refusal: (page) => check(page, '[name=credential]', ' '),
    unreached: (page) => check(page, '[name=credential]', 'https://badges.internal/badges/1'),
    achievement: (page) => page.goto(site.url('/achievements/empowering-students-as-creators/1')),
    endorsement: async (page) => {
      await page.goto(site.url('/achievements/empowering-students-as-creators/1'))
      await page.getByRole('link', { name: 'The signed endorsement' }).first().click()
    },
    'endorsement in hostile words': async (page) => {
      await page.goto(site.url('/achievements/hostile/1'))
      await page.getByRole('link', { name: 'The signed endorsement' }).click()
    },
    issuer: (page) => page.goto(site.url('/issuer')),
    'issuer with keys in every state': (page) => page.goto(site.url('/issuers/old-district')),
    problems: (page) => page.goto(site.url('/problems')),
    'page not found': (page) => page.goto(site.url('/badges/nothing')),
  }

  describe.each(Object.keys(PAGES))('%s', (name) => {
    let page: Page
    let faults: readonly string[]
    beforeAll(async () => {
      const visit = await site.visit()
      page = visit.page
      faults = visit.faults
      await PAGES[name]?.(page)
    })
    afterAll(() => page.close())

    it('stands on its own: no script, no error, nothing from elsewhere, nothing missing', async () => {
      expect(await page.locator('script, iframe, object, embed, [style]').count()).toBe(0)
      await page.waitForLoadState('load')
      expect(await page.evaluate(BROKEN_PICTURES)).toEqual([])
      const families = expect.arrayContaining(['Source Sans 3', 'Source Serif 4'])
      expect(await page.evaluate(LOADED_FAMILIES)).toEqual(families)
      expect(faults).toEqual([])
    })

    it('loses nothing at 200 % and on a telephone, and needs no scrolling sideways', async () => {
      const text = await readText(page)
      for (const width of [1280, 640, 390, 320]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await findOverflow(page), `${width} px`).toEqual([])
        expect(await readText(page), `${width} px`).toBe(text)
      }
    })

    it('satisfies axe, narrow in light and wide in dark', async () => {
      await page.setViewportSize({ width: 390, height: 900 })
      expect(await findViolations(page)).toEqual([])
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await findViolations(page)).toEqual([])
    })
  })

  it('renders in forced colours, and moves nothing when motion is unwanted', async () => {
    const { page } = await site.visit({
      viewport: { width: 390, height: 600 },
      forcedColors: 'active',
      colorScheme: 'dark',
    })
    await page.goto(site.badge(BADGES.named))
    const colour = (selector: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).color`)
    expect(await colour('.stamp')).toBe(await colour('h1'))
    await page.locator('.qr img').scrollIntoViewIfNeeded()
    expect(readQrCode(await page.screenshot())).toBe(site.badge(BADGES.named))
    const scrolling = 'getComputedStyle(document.documentElement).scrollBehavior'
    expect(await page.evaluate(scrolling)).toBe('auto')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await page.evaluate(scrolling)).toBe('smooth')
    await page.context().close()
  })

  it('would notice: a violation, an overflow, a request elsewhere and a blocked script', async () => {
    const { page, faults } = await site.visit()
    await page.goto(site.url('/issuer'))
    await page.evaluate(`
      document.querySelector('main').insertAdjacentHTML('beforeend',
        '<img src="https://elsewhere.example.org/a.png"><pre>' + 'x'.repeat(2000) + '</pre>')
      document.querySelector('pre').style.whiteSpace = 'pre'
      document.body.append(Object.assign(document.createElement('script'), { text: 'alert(1)' }))
    `)
    expect((await findViolations(page)).join()).toContain('image-alt')
    expect(await findOverflow(page)).not.toEqual([])
    const said = faults.join('\n')
    expect(said).toContain('elsewhere.example.org')
    expect(said).toMatch(/inline script violates.*default-src 'none'/)
    expect(said).not.toContain('dialogue')
    await page.close()
  })
}

const BROKEN_PICTURES =
  '[...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src)'

const LOADED_FAMILIES = `document.fonts.ready.then((fonts) =>
  [...fonts].filter(({ status }) => status === 'loaded')
    .map(({ family }) => family.replaceAll('"', '')))`

/** What can be read, in order, without the spaces that lines are broken at. */
async function readText(page: Page): Promise<string> {
  return page.evaluate(`document.body.innerText.replaceAll(/\\s+/g, '')`)
}
