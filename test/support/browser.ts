/** A real Chromium on a real server, and what the tests ask of a page. */
import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import jsQR from 'jsqr'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ServerContents, type ServerProcess, startServerProcess } from './server-process.js'

export const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What a page did that it should not have done. */
export type Visit = { readonly page: Page; readonly faults: readonly string[] }

export type Site = {
  /** The absolute URL of a path on the server. */
  url(path: string): string
  /** The URL of a badge's page, by its place among the reviews that were given. */
  badge(place: number): string
  /** A fresh page; its faults are collected as they happen. Without options it shares a cache. */
  visit(options?: BrowserContextOptions): Promise<Visit>
}

/**
 * Describes `name` with one browser and one server for everything in it. Without Chromium the suite
 * is skipped and says so, or fails when REQUIRE_ALL=1.
 */
export function describeInBrowser(
  name: string,
  contents: ServerContents,
  suite: (site: Site) => void,
): void {
  const executablePath = findChromium()
  if (executablePath !== undefined) {
    describe(name, () => suite(openSite(executablePath, contents)))
  } else if (process.env['REQUIRE_ALL'] === '1') {
    it(name, () => {
      throw new Error('there is no Chromium; set CHROMIUM_PATH')
    })
  } else {
    it.skip(`${name} (there is no Chromium; set CHROMIUM_PATH)`)
  }
}

export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined) return named
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, 'chromium')).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** What runs while tests run. */
type Running = {
  readonly browser: Browser
  readonly server: ServerProcess
  readonly context: BrowserContext
}

/** Nothing moves, so that what is measured stays where it is. */
const STILL = { reducedMotion: 'reduce' } as const

function openSite(executablePath: string, contents: ServerContents): Site {
  let running: Running | undefined
  let opening: readonly [Promise<Browser>, Promise<ServerProcess>] | undefined
  beforeAll(async () => {
    opening = [
      chromium.launch({ executablePath, args: ARGUMENTS }),
      startServerProcess(contents),
    ] as const
    const [browser, server] = await Promise.all(opening)
    running = { browser, server, context: await browser.newContext(STILL) }
  })
  afterAll(async () => {
    // Each is ended even when the other never came up.
    const [browser, server] = await Promise.allSettled(opening ?? [])
    if (browser?.status === 'fulfilled') await browser.value.close()
    if (server?.status === 'fulfilled') await server.value.stop()
  })
  const get = () => {
    if (running === undefined) throw new Error('the site is there only while tests run')
    return running
  }
  return {
    url: (path) => `${get().server.baseUrl}${path}`,
    badge: (place) => {
      const url = get().server.badges[place]
      if (url === undefined) throw new Error(`there is no badge ${place}`)
      return url
    },
    visit: async (options) => {
      const { browser, context, server } = get()
      const own =
        options === undefined ? context : await browser.newContext({ ...STILL, ...options })
      const page = await own.newPage()
      return { page, faults: collectFaults(page, server.baseUrl) }
    },
  }
}

/** Errors on the console (policy violations among them), dialogues, and requests to elsewhere. */
function collectFaults(page: Page, origin: string): readonly string[] {
  const faults: string[] = []
  const addresses = new Set<string>()
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // A page that is itself the answer 404 or 422 is noted on the console; that is no fault of it.
    const isOwnStatus = /^Failed to load.* status of 4\d\d/.test(message.text())
    if (!isOwnStatus || !addresses.has(message.location().url)) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('dialog', async (dialog) => {
    faults.push(`dialogue: ${dialog.message()}`)
    await dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.isNavigationRequest()) addresses.add(request.url())
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== origin) faults.push(`request: ${url.href}`)
  })
  return faults
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core objects to on the page, all its rules on and everything unfolded. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(AXE)
  return page.evaluate(`
    document.querySelectorAll('details').forEach((details) => { details.open = true })
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ' at ' + nodes.map((node) => node.target).join(', ')))
  `)
}

/** Elements that stick out of the window at the right; empty when nothing has to be scrolled for. */
export function findOverflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(`
    [...document.querySelectorAll('html, body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5
        || (element === document.documentElement && element.scrollWidth > innerWidth))
      .map((element) => element.tagName + '.' + element.getAttribute('class'))
  `)
}

/** Sends the form of the page that is open, with the button of the verify form or as `send` does, and waits for the answer. */
export async function sendForm(
  page: Page,
  send: () => Promise<void> = () => page.click('.verify-form button[type=submit]'),
): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), send()])
}

/** Turns the result that is open into its receipt. */
export function openReceipt(page: Page): Promise<void> {
  return sendForm(page, () => page.click('.receipt-form button'))
}

/** The word on the stamp. */
export async function readVerdict(page: Page): Promise<string | null> {
  return page.locator('.stamp').getAttribute('aria-label')
}

// The package's types and its CommonJS build disagree about where the function is.
const scan = jsQR as unknown as typeof jsQR.default

/** What a phone would read in a picture of the page; undefined when it finds no QR code. */
export function readQrCode(screenshot: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(screenshot))
  const pixels = new Uint8ClampedArray(data)
  return scan(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data
}
