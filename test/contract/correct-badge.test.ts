/** Corrections on both databases: one of many wins, and a stop in between loses and doubles nothing. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { acceptReview } from '../../src/application/accept-review.js'
import { changeBadgeStatus } from '../../src/application/change-status.js'
import { correctBadge } from '../../src/application/correct-badge.js'
import type { IssuingParts } from '../../src/application/issuing-parts.js'
import type { Database } from '../../src/application/ports/stores.js'
import { readCorrection } from '../../src/application/read-correction.js'
import { releaseReview } from '../../src/application/release-review.js'
import { resumeIntents } from '../../src/application/settle-badge.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import { describeEachDatabase } from '../support/databases.js'
import { aReview } from '../support/reviews.js'
import { frozenClock, openTestService, type TestService } from '../support/service.js'

const ACTOR = { name: 'test' }

describeEachDatabase('correcting a badge', (_open, place) => {
  /** Two of them are two processes on the same data. */
  const opening = () =>
    openTestService({
      clock: frozenClock,
      env:
        place.kind === 'postgres'
          ? { DATABASE_URL: place.url() }
          : { DATA_DIR: path.dirname(place.url().replace(/^file:/, '')) },
    })

  async function issue({ service }: TestService): Promise<string> {
    const review = service.reviewParser.parse(aReview())
    const { badge } = await acceptReview(service.issuing, review, ACTOR)
    return badge?.code ?? ''
  }

  const correct = ({ service }: TestService, code: string, name: string, issuing?: IssuingParts) =>
    correctBadge(
      issuing ?? service.issuing,
      service.reviewParser,
      ACTOR,
      readCorrection(code, { candidate: { name }, reason: 'Misspelt.' }),
    )

  /** The process ends when it is about to sign. */
  const stopping = ({ service: { issuing } }: TestService): IssuingParts => ({
    ...issuing,
    underway: new Map(),
    proofSuite: { secure: () => Promise.reject(new Error('the process was killed')) },
  })

  /** The process ends at the end of its last transaction, which is lost with it. */
  function stoppingWhileStoring({ service: { issuing } }: TestService): IssuingParts {
    let transactions = 0
    const transaction: Database['transaction'] = (work) => {
      transactions += 1
      if (transactions === 1) return issuing.database.transaction(work)
      return issuing.database.transaction(async (stores) => {
        await work(stores)
        throw new Error('the process was killed')
      })
    }
    return { ...issuing, underway: new Map(), database: { ...issuing.database, transaction } }
  }

  it('and revoking it at the same time end in one of the two, never between', async () => {
    const [here, there] = [await opening(), await opening()]
    try {
      const code = await issue(here)
      const nameOf = (error: unknown) => (error instanceof IssuerError ? error.code : String(error))
      const reason = { text: 'Why.', isPublic: true }
      const request = { code, change: 'revoke', reason } as const
      const [corrected, revoked] = await Promise.all([
        correct(here, code, 'Zoë').then(({ badge }) => badge.code, nameOf),
        changeBadgeStatus(there.service.issuing, ACTOR, request).then(({ state }) => state, nameOf),
      ])
      const { statusLists, badges, intents } = here.service.issuing.database.stores
      const entry = await statusLists.findEntry(code)
      const count = (await badges.listCodes(10)).length
      const isGivenUp = /^(STATUS_CONFLICT|ISSUING_FAILED)$/.test(corrected)
      expect([entry?.state, entry?.replacedBy, revoked, count]).toEqual(
        isGivenUp
          ? ['revoked', undefined, 'revoked', 1]
          : ['revoked', corrected, 'STATUS_CONFLICT', 2],
      )
      expect(await intents.listOpen(10)).toEqual([])
    } finally {
      await here.close()
      await there.close()
    }
  })

  it('lets one of 20 win, over two connections, and leaves no other badge behind', async () => {
    const [here, there] = [await opening(), await opening()]
    try {
      const code = await issue(here)
      const asked = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          correct(n % 2 ? here : there, code, `Name ${n}`).then(
            ({ badge }) => badge.code,
            (error: unknown) => (error instanceof IssuerError ? error.code : String(error)),
          ),
        ),
      )
      const won = asked.filter((one) => one !== 'STATUS_CONFLICT')
      expect(won).toHaveLength(1)
      const { stores } = here.service.issuing.database
      expect(await stores.statusLists.findEntry(code)).toMatchObject({
        state: 'revoked',
        reason: { text: 'Misspelt.', isPublic: false },
        replacedBy: won[0],
      })
      expect((await stores.badges.listCodes(10)).length).toBe(2)
      expect(await stores.intents.listOpen(10)).toEqual([])
    } finally {
      await here.close()
      await there.close()
    }
  })

  it.each([
    ['before it signed', stopping],
    ['while it stored', stoppingWhileStoring],
  ])(
    'that was stopped %s leaves the old badge in force, and is finished at start',
    async (_, stop) => {
      const opened = await opening()
      try {
        const { issuing } = opened.service
        const { stores } = issuing.database
        const code = await issue(opened)
        await expect(correct(opened, code, 'Zoë', stop(opened))).rejects.toThrow('killed')
        expect((await stores.badges.listCodes(10)).length).toBe(1)
        const [intent] = await stores.intents.listOpen(10)
        expect(await stores.statusLists.findEntry(code)).toMatchObject({ state: 'valid' })
        expect(await resumeIntents(issuing)).toEqual({ finished: 1, failed: 0 })
        expect(await stores.statusLists.findEntry(code)).toMatchObject({
          state: 'revoked',
          replacedBy: intent?.code,
        })
        const { isNew, badge } = await correct(opened, code, 'Zoë')
        expect([isNew, badge.code]).toEqual([false, intent?.code])
        expect(badge.securedJson).toContain('"identityHash":"Zoë"')
      } finally {
        await opened.close()
      }
    },
  )

  it('that failed is not released by hand: the badge would end later, and need no right to revoke', async () => {
    const opened = await opening()
    try {
      const { issuing } = opened.service
      const code = await issue(opened)
      const refusal = { verified: false, reasons: ['no'], canonicalDocumentHash: '' }
      const independentVerifier = { verify: async () => refusal, verifyToken: async () => [] }
      await expect(
        correct(opened, code, 'Zoë', { ...issuing, independentVerifier }),
      ).rejects.toMatchObject({ code: 'ISSUING_FAILED' })
      const key = { source: 'correction', id: code, attempt: 1 }
      await expect(releaseReview(issuing, key, ACTOR)).rejects.toMatchObject({
        code: 'REVIEW_NOT_RELEASABLE',
      })
      expect(await issuing.database.stores.statusLists.findEntry(code)).toMatchObject({
        state: 'valid',
      })
      const { badge } = await correct(opened, code, 'Zoë')
      expect((await releaseReview(issuing, key, ACTOR)).code).toBe(badge.code)
    } finally {
      await opened.close()
    }
  })

  it('gives up when the old badge was revoked meanwhile, and can be asked for again after a suspension', async () => {
    const opened = await opening()
    try {
      const { issuing } = opened.service
      const { stores } = issuing.database
      const code = await issue(opened)
      const change = (change: 'suspend' | 'reinstate' | 'revoke') =>
        changeBadgeStatus(issuing, ACTOR, {
          code,
          change,
          reason: { text: 'Why.', isPublic: true },
        })
      await expect(correct(opened, code, 'Zoë', stopping(opened))).rejects.toThrow('killed')
      await change('suspend')
      expect(await resumeIntents(issuing)).toEqual({ finished: 0, failed: 1 })
      expect((await stores.badges.listCodes(10)).length).toBe(1)
      await expect(correct(opened, code, 'Zoë')).rejects.toMatchObject({ code: 'STATUS_CONFLICT' })
      await change('reinstate')
      const { isNew, badge } = await correct(opened, code, 'Zoé')
      expect([
        isNew,
        (await stores.reviews.findById(badge.reviewRecordId))?.review.candidate.name,
      ]).toEqual([true, 'Zoé'])
      expect(await stores.statusLists.findEntry(code)).toMatchObject({ replacedBy: badge.code })
    } finally {
      await opened.close()
    }
  })
})
