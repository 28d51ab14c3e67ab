/** 70,000 allocations, as issuing makes them: random, once, and into the next list in time (D12, D17). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemIds } from '../../src/adapters/system/environment.js'
import type { IssuingParts } from '../../src/application/issuing-parts.js'
import { reserveIndex } from '../../src/application/prepare-intent.js'
import { frozenClock, openTestService, type TestService } from '../support/service.js'

const ISSUER = 'did:web:badges.example.org'
const LENGTH = 131_072
const COUNT = 70_000
const PER_TRANSACTION = 1000

type Allocation = { readonly listId: string; readonly listIndex: number; readonly picks: number }

let opened: TestService
const made: Allocation[] = []

beforeAll(async () => {
  opened = await openTestService({ clock: frozenClock, withAchievement: false })
  let picks = 0
  const ids: IssuingParts['ids'] = {
    ...systemIds,
    randomInt: (limit) => {
      picks += 1
      return systemIds.randomInt(limit)
    },
  }
  const parts = { ...opened.service.issuing, ids }
  for (let first = 0; first < COUNT; first += PER_TRANSACTION) {
    await parts.database.transaction(async (stores) => {
      for (let number = first; number < first + PER_TRANSACTION; number += 1) {
        picks = 0
        const reserved = await reserveIndex(parts, stores, ISSUER, `code-${number}`)
        made.push({ ...reserved, picks })
      }
    })
  }
}, 180_000)
afterAll(() => opened.close())

describe('indexes', () => {
  it('are spread evenly over the first list (chi-square, p > 0.001)', () => {
    const [BINS, SAMPLE] = [128, 50_000]
    const counts = new Array<number>(BINS).fill(0)
    for (const { listIndex } of made.slice(0, SAMPLE)) {
      const bin = Math.floor(listIndex / (LENGTH / BINS))
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    const expected = SAMPLE / BINS
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeLessThan(chiSquareLimit(BINS - 1, 3.09))
  })

  it('say nothing of the order: none of 12 neighbours rises or falls all along', () => {
    const indexes = made.slice(0, 50_000).map(({ listIndex }) => listIndex)
    expect(longestMonotoneRun(indexes)).toBeLessThanOrEqual(12)
  })

  it('are never given twice, and cost five picks at most for 99 of 100', () => {
    const places = new Set(made.map(({ listId, listIndex }) => `${listId}#${listIndex}`))
    expect(places.size).toBe(COUNT)
    const picks = made.map((one) => one.picks).sort((a, b) => a - b)
    expect(picks[Math.floor(COUNT * 0.99)]).toBeLessThanOrEqual(5)
  })

  it('go to a second list once the first is half full, and not before', async () => {
    const lists = [...new Set(made.map(({ listId }) => listId))]
    expect(lists).toHaveLength(2)
    const change = made.findIndex(({ listId }) => listId === lists[1])
    expect(change).toBeGreaterThanOrEqual(LENGTH / 2)
    expect(made.slice(change).every(({ listId }) => listId === lists[1])).toBe(true)
    const { statusLists } = opened.service.issuing.database.stores
    expect(await statusLists.countReserved(lists[0] ?? '')).toBe(change)
    expect((await statusLists.findCurrent(ISSUER))?.listId).toBe(lists[1])
  })
})

/** Upper quantile of chi-square for a normal quantile z (Wilson and Hilferty). */
function chiSquareLimit(freedom: number, z: number): number {
  const part = 2 / (9 * freedom)
  return freedom * (1 - part + z * Math.sqrt(part)) ** 3
}

function longestMonotoneRun(values: readonly number[]): number {
  let [longest, length, direction] = [1, 1, 0]
  for (let place = 1; place < values.length; place += 1) {
    const sign = Math.sign((values[place] ?? 0) - (values[place - 1] ?? 0))
    length = sign === direction ? length + 1 : 2
    direction = sign
    longest = Math.max(longest, length)
  }
  return longest
}
