/** When the second implementation does not agree, nothing is issued, and nothing is stuck. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptReview } from '../../src/application/accept-review.js'
import type { IssuingParts } from '../../src/application/issuing-parts.js'
import { releaseReview } from '../../src/application/release-review.js'
import { aReview, type ReviewInput } from '../support/reviews.js'
import { frozenClock, openTestService, type TestService } from '../support/service.js'

let opened: TestService
let disagreeing: IssuingParts

beforeAll(async () => {
  opened = await openTestService({ clock: frozenClock })
  const refusal = { verified: false, reasons: ['no'], canonicalDocumentHash: '' }
  const independentVerifier = { verify: async () => refusal, verifyToken: async () => [] }
  disagreeing = { ...opened.service.issuing, independentVerifier }
})
afterAll(() => opened.close())

const parse = (change: ReviewInput) => opened.service.reviewParser.parse(aReview(change))
const FAILED = { code: 'ISSUING_FAILED' }

async function stateOf(id: string): Promise<string | undefined> {
  const { stores } = opened.service.issuing.database
  return (await stores.reviews.find({ source: 'test', id, attempt: 1 }))?.state
}

describe('a badge that only one implementation accepts', () => {
  it('is not issued; the approval can be sent again, and is then issued under another code', async () => {
    const review = parse({ id: 'again' })
    await expect(acceptReview(disagreeing, review, { name: 'test' })).rejects.toMatchObject(FAILED)
    expect(await stateOf('again')).toBe('approved')
    await expect(acceptReview(disagreeing, review, { name: 'test' })).rejects.toMatchObject(FAILED)

    const { badge, state } = await acceptReview(opened.service.issuing, review, { name: 'test' })
    expect([state, badge?.code]).toEqual(['released', expect.any(String)])
    const same = await acceptReview(opened.service.issuing, review, { name: 'test' })
    expect(same.badge?.code).toBe(badge?.code)
  })

  it('leaves an approval that can be released by hand or withdrawn', async () => {
    for (const id of ['by-hand', 'withdrawn'])
      await expect(
        acceptReview(disagreeing, parse({ id }), { name: 'test' }),
      ).rejects.toMatchObject(FAILED)
    const key = { source: 'test', id: 'by-hand', attempt: 1 }
    const badge = await releaseReview(opened.service.issuing, key, { name: 'test' })
    expect(badge.securedJson).toContain('eddsa-rdfc-2022')

    const withdrawal = parse({ id: 'withdrawn', decision: 'withdrawn' })
    const { state } = await acceptReview(opened.service.issuing, withdrawal, { name: 'test' })
    expect(state).toBe('withdrawn')
  })

  it('leaves no open intent behind', async () => {
    expect(await opened.service.issuing.database.stores.intents.listOpen(10)).toEqual([])
  })
})

describe('a review whose badge would not pass the lints', () => {
  it('is refused before anything of it is recorded', async () => {
    const schemaChecker = { check: () => [{ pointer: '/name', detail: 'is not as it must be' }] }
    const strict: IssuingParts = { ...opened.service.issuing, schemaChecker }
    await expect(
      acceptReview(strict, parse({ id: 'linted' }), { name: 'test' }),
    ).rejects.toMatchObject({
      code: 'LINT_FAILED',
      rule: 'schema',
    })
    expect(await stateOf('linted')).toBeUndefined()
  })
})
