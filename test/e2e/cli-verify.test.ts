/** `imprimatur verify`, as real processes: what it prints, how it ends, and that it leaves nothing behind. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptReview } from '../../src/application/accept-review.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import {
  bakedPng,
  bakedSvg,
  type ForeignSite,
  foreignBadge,
  openForeignSite,
  qrJpeg,
  TOKEN,
} from '../support/foreign-site.js'
import { type Ended, type Env, openWorkplace, type Workplace } from '../support/http-cli.js'
import { digestDatabase } from '../support/http-database-digest.js'
import { aReview } from '../support/reviews.js'
import { openTestService, type TestService } from '../support/service.js'

const BASE_URL = 'http://badges.example.org'
const LOCAL: Env = { BASE_URL, OUTBOUND_DEVELOPMENT: 'on', KEYS_PASSPHRASE_FILE: undefined }

let place: Workplace
let site: ForeignSite
let badge: string

beforeAll(async () => {
  place = openWorkplace()
  badge = await foreignBadge()
  site = await openForeignSite(badge)
})
afterAll(async () => {
  await place.close()
  await site.close()
})

const verify = (args: readonly string[], input?: string | Uint8Array, env: Env = {}) =>
  place.run(['verify', ...args], { ...LOCAL, ...env }, input)

async function reportOn(what: string, input?: string | Uint8Array, env?: Env) {
  const ended = await verify([what, '--json'], input, env)
  expect(ended.err).toBe('')
  const report = JSON.parse(ended.out) as VerificationReport
  return { code: ended.code, verdict: report.verdict, input: report.input }
}

describe('imprimatur verify', () => {
  it('reads a file in every form, and ends with 0 for a valid badge', async () => {
    const files: readonly (readonly [string, string | Uint8Array, string])[] = [
      ['badge.json', badge, 'json'],
      ['badge.png', bakedPng(badge), 'png'],
      ['badge.svg', bakedSvg(badge), 'svg'],
      ['page.html', `<!doctype html><script type="application/ld+json">${badge}</script>`, 'html'],
    ]
    for (const [name, content, form] of files) {
      const found = await reportOn(place.write(name, content))
      expect([name, found]).toEqual([name, { code: 0, verdict: 'valid', input: [form] }])
    }
  })

  it('follows a web address, a file with one, and a photo of one', async () => {
    const url = `${site.origin}/page`
    const follow = ['html', 'json']
    const ways = [
      await reportOn(url),
      await reportOn(place.write('link.txt', `${url}\n`)),
      await reportOn(place.write('photo.jpg', qrJpeg(url))),
      await reportOn('-', JSON.stringify({ url })),
    ]
    expect(ways).toEqual(
      ['url', 'url', 'qr', 'url'].map((form) => ({
        code: 0,
        verdict: 'valid',
        input: [form, ...follow],
      })),
    )
  })

  it('reads a token', async () => {
    expect((await reportOn('-', TOKEN)).input).toEqual(['jwt'])
  })

  it('ends with 1 for a badge that is not valid', async () => {
    expect(await reportOn('-', badge.replace('"name":"', '"name":"Not '))).toEqual({
      code: 1,
      verdict: 'invalid',
      input: ['json'],
    })
    expect((await reportOn('-', 'hello')).code).toBe(1)
  })

  it('ends with 2 when it could not be checked now', async () => {
    for (const path of ['/nothing', '/loop'])
      expect(await reportOn(`${site.origin}${path}`)).toMatchObject({ code: 2, verdict: 'unknown' })
    const development = { OUTBOUND_DEVELOPMENT: 'off' }
    expect(await reportOn(`${site.origin}/badge.json`, undefined, development)).toEqual({
      code: 2,
      verdict: 'unknown',
      input: ['url'],
    })
  })

  it('ends with 2, and one sentence, when there is nothing to check', async () => {
    const cases: readonly (readonly [Promise<Ended>, RegExp])[] = [
      [verify(['nowhere.json']), /^imprimatur: The file nowhere\.json cannot be read\.\n$/],
      [verify([place.folder]), /^imprimatur: The file .* cannot be read\.\n$/],
      [verify(['-'], ''), /^imprimatur: Standard input is empty\.\n$/],
      [verify([]), /^error: missing required argument 'badge'/],
      [verify(['x', '--no-such']), /^error: unknown option '--no-such'/],
      [verify(['-'], badge, { BASE_URL: 'x' }), /^imprimatur: BASE_URL must be an origin/],
    ]
    for (const [ended, sentence] of cases)
      expect(await ended).toEqual({ code: 2, out: '', err: expect.stringMatching(sentence) })
    expect((await verify(['--help'])).code).toBe(0)
  })

  it('says as text what the page says, without what a terminal would obey', async () => {
    const { code, out } = await verify(['-'], badge)
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, 5)).toEqual([
      'Valid',
      expect.stringMatching(/^The issuer that the badge names signed this badge/),
      '',
      'Read as      Open Badges 3.0 credential (JSON, VC Data Model 2.0)',
      expect.stringMatching(/^Checked at {3}\d{4}-\d\d-\d\dT[\d:]+Z$/),
    ])
    expect(out).toContain('\nPassed: Nothing has changed since it was signed\n')
    const hostile = badge.replace('"name":"', '"name":"\\u001b]0;x\\u0007\\u009b2J')
    for (const more of [[], ['--json']]) {
      const told = await verify(['-', ...more], hostile)
      expect(told.code).toBe(1)
      expect(told.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }
  })

  it('asks whose it is', async () => {
    const ended = await verify(['-', '--recipient', 'eve@example.org', '--json'], badge)
    const report = JSON.parse(ended.out) as VerificationReport
    expect(report.badgeVerdict).toBe('valid')
    expect(ended.out).not.toContain('eve@example.org')
    expect(ended.code).toBe({ valid: 0, invalid: 1, unknown: 2 }[report.verdict])
  })

  it('needs no key, no passphrase and no database, and makes none', () => {
    expect(existsSync(path.join(place.folder, 'data'))).toBe(false)
    expect(existsSync(path.join(place.folder, 'keys'))).toBe(false)
  })
})

describe('a database of the service', () => {
  let opened: TestService
  let env: Env
  let code: string

  beforeAll(async () => {
    opened = await openTestService({ env: { BASE_URL } })
    const { service, settings } = opened
    const review = service.reviewParser.parse(aReview())
    const { badge: issued } = await acceptReview(service.issuing, review, { name: 'test' })
    code = issued?.code ?? ''
    env = { DATA_DIR: settings.dataDir }
  })
  afterAll(() => opened.close())

  it('is used when there is one, and nothing in it changes', async () => {
    const before = digestDatabase(opened.settings.databaseUrl)
    const files = readdirSync(opened.settings.dataDir)
    expect(await reportOn(`${BASE_URL}/badges/${code}`, undefined, env)).toEqual({
      code: 0,
      verdict: 'valid',
      input: ['url', 'json'],
    })
    expect(digestDatabase(opened.settings.databaseUrl)).toBe(before)
    expect(readdirSync(opened.settings.dataDir)).toEqual(files)
  })

  it('of another origin, or of no release of this service, is refused', async () => {
    const origin = await verify(['-'], badge, { ...env, BASE_URL: 'http://other.example.org' })
    expect(origin).toEqual({ code: 2, out: '', err: expect.stringContaining('belong to') })
    mkdirSync(path.join(place.folder, 'older'))
    place.write('older/imprimatur.db', '')
    const older = await verify(['-'], badge, { DATA_DIR: path.join(place.folder, 'older') })
    expect(older).toEqual({ code: 2, out: '', err: expect.stringContaining('start the service') })
  })
})
