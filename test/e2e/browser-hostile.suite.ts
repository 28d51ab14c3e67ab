/** Texts in reviews and achievements that try to be more than text. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Site, sendForm } from '../support/browser.js'
import { BADGES, readCredential } from './browser-contents.js'

/** Describes what becomes of texts that were written to break out of the page. */
export function describeHostile(site: Site): void {
  const PAGES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'the badge page': (page) => page.goto(site.badge(BADGES.hostile)),
    'the achievement page': (page) => page.goto(site.url('/achievements/hostile/1')),
    'the catalogue': (page) => page.goto(site.url('/')),
    'the result of a check': async (page) => {
      await page.goto(site.url('/verify'))
      await page.fill('[name=credential]', await readCredential(site.badge(BADGES.hostile)))
      await sendForm(page)
    },
  }

  it('stand in the signed badge as they were written', async () => {
    const { name } = JSON.parse(await readCredential(site.badge(BADGES.hostile)))
    expect(name).toContain('</title></textarea><script>alert(1)</script>')
    expect(name).toMatch(DIRECTION_MARKS)
  })

  describe.each(Object.keys(PAGES))('%s', (name) => {
    it('shows them as text and follows none of them', async () => {
      const { page, faults } = await site.visit()
      await PAGES[name]?.(page)
      await page.waitForLoadState('load')
      expect(faults).toEqual([])
      expect(await page.evaluate(ACTIVE)).toEqual([])
      const text = await page.evaluate<string>('document.body.innerText')
      expect(text).toContain('<script>alert(1)</script><img src=x onerror=alert(2)>')
      const html = await page.evaluate<string>(
        `document.title + document.documentElement.outerHTML.replace(/<textarea.*?<\\/textarea>/s, '')`,
      )
      expect(html).not.toMatch(DIRECTION_MARKS)
      await page.close()
    })
  })
}

const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/

/** Elements that do more than show text, and were not put there by us. */
const ACTIVE = `[...document.querySelectorAll('*')].filter((element) =>
  ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED'].includes(element.tagName)
  || [...element.attributes].some(({ name, value }) => name.startsWith('on')
    || /^\\s*(javascript|vbscript):/i.test(value)
    || (name === 'href' && element.tagName === 'A' && /^data:/i.test(value)))
  || (element.tagName === 'IMG' && new URL(element.src).origin !== location.origin)
).map((element) => element.outerHTML.slice(0, 200))`
