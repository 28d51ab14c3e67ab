/** What a viewer must see of a badge, and of three states of it (certification guide 1.5, role Displayer). */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findViolations, readVerdict, type Site, sendForm } from '../support/browser.js'
import { BADGES } from './browser-contents.js'

/** Describes the result of a picture with a badge in it. */
export function describeDisplayer(site: Site): void {
  let page: Page
  let faults: readonly string[]
  beforeAll(async () => {
    ;({ page, faults } = await site.visit({}))
  })
  afterAll(() => page.context().close())

  const bring = async (place: number) => {
    const answer = await fetch(`${site.badge(place)}.png`)
    const buffer = Buffer.from(await answer.arrayBuffer())
    await page.goto(site.url('/verify'))
    await page
      .locator('[name=file]')
      .setInputFiles({ name: 'badge.png', mimeType: 'image/png', buffer })
    await sendForm(page)
  }

  it('shows image, name, description, issuer, date and status of a baked picture', async () => {
    await bring(BADGES.named)
    expect(await readVerdict(page)).toBe('Valid')
    const picture = page.locator('.claimed-picture')
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
      0,
    )
    const facts = (await page.locator('.claims').textContent()) ?? ''
    for (const label of ['ACHIEVEMENT', 'DESCRIPTION', 'ISSUER', 'AWARDED', 'VALID UNTIL'])
      expect(facts.toUpperCase()).toContain(label)
    expect(await findViolations(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it.each([
    [BADGES.revoked, 'revoked'],
    [BADGES.suspended, 'suspended'],
  ])('says of badge %i that it is not valid, because %s', async (place, why) => {
    await bring(place)
    expect(await readVerdict(page)).toBe('Not valid')
    expect((await page.locator('main').textContent())?.toLowerCase()).toContain(why)
  })
}
