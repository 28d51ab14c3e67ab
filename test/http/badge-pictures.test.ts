/** The art of achievements, and badges baked into it, as they are served (OB 3.0 section 5.3). */
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'
import { greyPng } from '../support/pictures.js'
import { aReview } from '../support/reviews.js'
import { readArt } from '../support/service.js'

const SANDBOX = "default-src 'none'; sandbox"
const ACHIEVEMENT = '/achievements/empowering-students-as-creators/1'
const PNG_SLUG = 'drawn-as-png'

let http: HttpService
let badge: BadgeAnswer
let ofPng: BadgeAnswer
let signed: string

beforeAll(async () => {
  http = await openHttpService()
  badge = await http.badge({ id: 'of-svg' })
  signed = (await get(`${badge.url}.json`)).text
  await importPngAchievement()
  const { rubric: _none, ...review } = aReview({ id: 'of-png', achievement: PNG_SLUG })
  ofPng = await http.badge({ ...review, rubric: undefined })
})
afterAll(() => http.close())

async function importPngAchievement(): Promise<void> {
  const { issuing, achievementParser } = http.service
  const file = achievementParser.parse({
    slug: PNG_SLUG,
    name: 'Drawn as PNG',
    description: 'Its art is a PNG.',
    criteria: 'Draw it.',
    image: { file: 'art.png', caption: 'A grey field' },
  })
  await importAchievement(issuing, file, await readArt(greyPng()), 'test')
}

const get = (url: string, headers = {}) =>
  http.send({ path: new URL(url, 'https://badges.example.org').pathname, headers })

describe.each([
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
])('a badge as %s', (suffix, mediaType) => {
  it('is its art with the signed document in it', async () => {
    const answer = await get(`${badge.url}${suffix}`)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, mediaType])
    expect(extractFromPicture(answer.bytes)).toBe(signed)
  })

  it('is so for art that was brought as PNG', async () => {
    const answer = await get(`${ofPng.url}${suffix}`)
    expect(answer.status).toBe(200)
    expect(extractFromPicture(answer.bytes)).toBe((await get(`${ofPng.url}.json`)).text)
  })

  it('is the same each time, can run nothing, and may be read from other sites', async () => {
    const [first, second] = [await get(`${badge.url}${suffix}`), await get(`${badge.url}${suffix}`)]
    expect(first.bytes.equals(second.bytes)).toBe(true)
    expect(first.headers).toMatchObject({
      'content-security-policy': SANDBOX,
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache',
      'x-robots-tag': 'noindex',
      'content-disposition': `inline; filename="badge-${badge.code}${suffix}"`,
    })
    const etag = String(first.headers.etag)
    expect((await get(`${badge.url}${suffix}`, { 'If-None-Match': etag })).status).toBe(304)
  })

  it('is offered on the page', async () => {
    const page = await get(badge.url, { Accept: 'text/html' })
    expect(page.text).toContain(`href="${badge.url}${suffix}"`)
  })

  it('is kept when the earner does not share all that is in it, and its page offers none', async () => {
    const consent = { name: 'hidden', evidence: 'hidden', listed: false }
    const hidden = await http.badge({ id: `hidden${suffix}`, consent })
    const refused = await get(`${hidden.url}${suffix}`)
    expectProblem(refused, { status: 403, code: 'CREDENTIAL_NOT_PUBLIC' })
    const page = await get(hidden.url, { Accept: 'text/html' })
    expect(page.text).not.toContain(`${hidden.url}${suffix}`)
  })

  it('has one address, and none for an unknown code', async () => {
    const upper = await http.send({ path: `/badges/${badge.code.toUpperCase()}${suffix}` })
    expect([upper.status, upper.headers['location']]).toEqual([308, `${badge.url}${suffix}`])
    const unknown = await get(`/badges/0123456789abcdefghjkmnpqrs${suffix}`)
    expectProblem(unknown, { status: 404, code: 'NOT_FOUND' })
  })
})

describe('the art', () => {
  it('is served as PNG of 600 × 600 pixels, for ever', async () => {
    for (const path of [ACHIEVEMENT, `/achievements/${PNG_SLUG}/1`]) {
      const { status, headers, bytes } = await get(`${path}/image.png`)
      expect([status, headers['content-type']]).toEqual([200, 'image/png'])
      expect(headers['cache-control']).toContain('immutable')
      expect(headers['content-security-policy']).toBe(SANDBOX)
      const { width, height } = PNG.sync.read(bytes)
      expect([width, height]).toEqual([600, 600])
    }
  })

  it('is named in the badge under the type that it has', async () => {
    const image = async ({ url }: BadgeAnswer) => {
      const document = (await get(`${url}.json`)).json()
      const { achievement } = document['credentialSubject'] as Record<string, never>
      return (achievement as unknown as { image: { id: string } }).image.id
    }
    expect(await image(badge)).toMatch(/creators\/1\/image\.svg$/)
    expect(await image(ofPng)).toMatch(/drawn-as-png\/1\/image\.png$/)
    expect((await get(await image(ofPng))).status).toBe(200)
  })

  it('is not there as SVG when it is a PNG, and says where it is', async () => {
    const answer = await get(`/achievements/${PNG_SLUG}/1/image.svg`)
    expectProblem(answer, { status: 404, code: 'NOT_FOUND' })
    expect(answer.json()['detail']).toContain('image.png')
  })

  it('stands on the pages', async () => {
    for (const path of ['/', `/achievements/${PNG_SLUG}/1`, new URL(ofPng.url).pathname])
      expect((await get(path, { Accept: 'text/html' })).text).toContain(`${PNG_SLUG}/1/image.png`)
  })
})
