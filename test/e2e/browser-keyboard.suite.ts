/** The pages without a mouse: everything is reached in order, and where one is can be seen. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readVerdict, type Site, sendForm } from '../support/browser.js'
import { BADGES } from './browser-contents.js'

type Stop = {
  /** Place among the links, fields and buttons of the page, in the order of the document. */
  readonly place: number
  readonly hasRing: boolean
  readonly isInView: boolean
}

/** Describes what the keyboard alone can do. */
export function describeKeyboard(site: Site): void {
  let page: Page
  beforeAll(async () => {
    page = (await site.visit({ viewport: { width: 1280, height: 700 } })).page
  })
  afterAll(() => page.context().close())

  const paths = ['/', '/verify', '/issuer', '/achievements/empowering-students-as-creators/1']
  it.each(['badge', ...paths])(
    'walks through %s in order, in view and with a ring',
    async (path) => {
      await page.goto(path === 'badge' ? site.badge(BADGES.named) : site.url(path))
      const count = await page.evaluate<number>(`${STOPS}.length`)
      expect(count).toBeGreaterThan(5)
      for (let place = 0; place < count; place += 1) {
        await page.keyboard.press('Tab')
        const stop = await page.evaluate<Stop>(CURRENT_STOP)
        expect(stop, `after ${place + 1} tabs`).toEqual({ place, hasRing: true, isInView: true })
      }
    },
  )

  it('skips to the content', async () => {
    await page.goto(site.badge(BADGES.named))
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe(
      'Skip to the content',
    )
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(
      await page.evaluate(`document.activeElement === ${STOPS}.find(
      (element) => document.querySelector('main').contains(element))`),
    ).toBe(true)
  })

  it('unfolds what is folded with Enter, and folds it again', async () => {
    await page.goto(site.badge(BADGES.named))
    const first = page.locator('.check').first()
    expect(await first.isVisible()).toBe(false)
    await page.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await first.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await first.isVisible()).toBe(false)
  })

  it('sends the form with Enter from the address', async () => {
    await page.goto(site.url('/'))
    await page.locator('[name=url]').focus()
    await page.keyboard.type(site.badge(BADGES.named))
    await sendForm(page, () => page.keyboard.press('Enter'))
    expect(await readVerdict(page)).toBe('Valid')
  })
}

/** What a person can act on: visible, so not inside folded details. */
const STOPS = `[...document.querySelectorAll('a[href], button, input, textarea, select, summary')]
  .filter((element) => element.checkVisibility())`

const CURRENT_STOP = `(() => {
  const element = document.activeElement
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const { top, bottom, width, height } = element.getBoundingClientRect()
  return {
    place: ${STOPS}.indexOf(element),
    hasRing: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2,
    isInView: width > 0 && height > 0 && bottom > 0 && top < innerHeight && top > -1,
  }
})()`
