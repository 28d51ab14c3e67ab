/** Checking badges in a browser without script. */
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReceipt, readVerdict, type Site, sendForm } from '../support/browser.js'
import { BADGES, readCredential } from './browser-contents.js'

const MARKER = 'Marker-7731'

/** Describes the verify page with scripts switched off, as locked-down browsers have them. */
export function describeVerify(site: Site): void {
  let page: Page
  let faults: readonly string[]
  beforeAll(async () => {
    ;({ page, faults } = await site.visit({ javaScriptEnabled: false }))
  })
  afterAll(() => page.context().close())

  const paste = async (text: string) => {
    await page.goto(site.url('/verify'))
    await page.fill('[name=credential]', text)
    await sendForm(page)
  }

  it('runs no script at all', async () => {
    await page.goto('data:text/html,<title>none</title><script>document.title = "some"</script>')
    expect(await page.title()).toBe('none')
  })

  it('reads a pasted badge', async () => {
    await paste(await readCredential(site.badge(BADGES.named)))
    expect(await readVerdict(page)).toBe('Valid')
    expect(await page.title()).toContain('Valid: result of the check')
    expect(await page.locator('.check').count()).toBe(11)
  })

  it('reads a file', async () => {
    const file = path.join(tmpdir(), `imprimatur-${process.pid}.json`)
    writeFileSync(file, await readCredential(site.badge(BADGES.named)))
    try {
      await page.goto(site.url('/verify'))
      await page.locator('[name=file]').setInputFiles(file)
      await sendForm(page)
    } finally {
      rmSync(file)
    }
    expect(await readVerdict(page)).toBe('Valid')
  })

  it('gives a receipt of a result, which can be saved and is known again', async () => {
    await paste(await readCredential(site.badge(BADGES.named)))
    await openReceipt(page)
    expect(await readVerdict(page)).toBe('Valid')
    expect(await page.locator('h1').textContent()).toBe('Receipt of a check')
    const printed = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(Number(/\/Count (\d+)/.exec(printed)?.[1])).toBe(2)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the signed receipt' }).click(),
    ])
    const file = await download.path()
    expect(download.suggestedFilename()).toMatch(/^verification-receipt-[0-9-]{10}\.jwt$/)
    await page.goto(site.url('/verify'))
    await page.locator('[name=file]').setInputFiles(file)
    await sendForm(page)
    expect(await page.locator('.card').textContent()).toContain('This receipt is genuine')
  })

  it('says that a genuine badge is somebody else’s', async () => {
    await page.goto(site.url('/verify'))
    await page.fill('[name=credential]', await readCredential(site.badge(BADGES.named)))
    await page.fill('[name=recipient]', 'eve@example.org')
    await sendForm(page)
    expect(await readVerdict(page)).toBe('Genuine, but not theirs')
    expect(await page.content()).not.toContain('eve@example.org')
  })

  it('finds a badge of its own by address, or by the number on a print, from the front page', async () => {
    for (const given of [
      site.badge(BADGES.named),
      (site.badge(BADGES.named).split('/').at(-1) ?? '').toUpperCase(),
    ]) {
      await page.goto(site.url('/'))
      await page.fill('[name=url]', given)
      await sendForm(page)
      expect(await readVerdict(page), given).toBe('Valid')
    }
  })

  it('says what to do when it gets nothing, or an address elsewhere', async () => {
    await paste('')
    expect(await page.locator('h1').textContent()).toBe('Nothing was checked')
    await page.fill('[name=credential]', 'https://badges.internal/badges/1')
    await sendForm(page)
    expect(await readVerdict(page)).toBe('Could not be checked now')
    expect(await page.locator('.verdict').textContent()).toContain('bring the badge itself')
    expect(await page.inputValue('[name=credential]')).toBe('https://badges.internal/badges/1')
  })

  it('says not valid of a changed badge, and repeats nothing of it but in the field', async () => {
    await paste(changeEveryText(await readCredential(site.badge(BADGES.named))))
    expect(await readVerdict(page)).toBe('Not valid')
    expect(await page.inputValue('[name=credential]')).toContain(MARKER)
    const [before = '', field = '', after = ''] = (await page.content()).split(/<\/?textarea\b/)
    expect(field).toContain(MARKER)
    expect(before + after).not.toContain(MARKER)
  })

  it('opens the checks of a badge page', async () => {
    await page.goto(site.badge(BADGES.named))
    await page.locator('summary').click()
    expect(await page.locator('.check').first().isVisible()).toBe(true)
    expect(faults).toEqual([])
  })
}

/** Replaces each text that a person wrote; what the standard fixes stays, so that it is still a badge. */
function changeEveryText(json: string): string {
  const written = ['name', 'description', 'narrative', 'caption', 'identityHash', 'targetName']
  return JSON.stringify(
    JSON.parse(json, (key, value: unknown) =>
      typeof value === 'string' && written.includes(key) ? `${MARKER} ${value}` : value,
    ),
  )
}
