/** The published list: what it depends on, when it is signed anew, and that nothing is lost. */
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { gzipBitstringEncoder } from '../../src/adapters/system/bitstring-encoder.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { changeBadgeStatus } from '../../src/application/change-status.js'
import type { IssuingParts } from '../../src/application/issuing-parts.js'
import { createStatusListPublisher } from '../../src/application/publish-status-list.js'
import { aReview } from '../support/reviews.js'
import { NOW, openTestService, type TestService } from '../support/service.js'

const HOUR_MS = 3_600_000

let opened: TestService | undefined
afterEach(async () => {
  await opened?.close()
  opened = undefined
})

/** A service whose clock and signatures the test watches. */
async function open(startMs = NOW) {
  const time = { ms: startMs }
  opened = await openTestService({ clock: { now: () => time.ms } })
  const { service } = opened
  const signed = { count: 0 }
  const issuing: IssuingParts = {
    ...service.issuing,
    proofSuite: {
      secure: (...args) => {
        signed.count += 1
        return service.issuing.proofSuite.secure(...args)
      },
    },
  }
  const issue = async (number: number) => {
    const review = service.reviewParser.parse(aReview({ id: `submission-${number}` }))
    const { badge } = await acceptReview(service.issuing, review, { name: 'test' })
    const entry = await service.issuing.database.stores.statusLists.findEntry(badge?.code ?? '')
    if (entry === undefined) throw new Error('no badge was issued')
    return entry
  }
  const revoke = (code: string) => {
    const reason = { text: 'Why.', isPublic: false }
    return changeBadgeStatus(service.issuing, { name: 'test' }, { code, change: 'revoke', reason })
  }
  const newPublisher = () => createStatusListPublisher(issuing, gzipBitstringEncoder)
  return { time, signed, issue, revoke, issuing, newPublisher }
}

type ListDocument = {
  readonly validFrom: string
  readonly validUntil: string
  readonly credentialSubject: { readonly encodedList: string }
  readonly proof: readonly { readonly created: string }[]
}

function bitsSet(text: string): readonly number[] {
  const { credentialSubject } = JSON.parse(text) as ListDocument
  const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'))
  expect(bits.length * 8).toBe(131_072)
  return [...bits].flatMap((byte, place) =>
    Array.from({ length: 8 }, (_, bit) => bit)
      .filter((bit) => byte & (0x80 >> bit))
      .map((bit) => place * 8 + bit),
  )
}

describe('the bytes of a published list', () => {
  it('are the same before and after 100 badges were issued (D13)', async () => {
    const { issue, newPublisher, time } = await open()
    const { listId } = await issue(0)
    const before = await newPublisher().publish(listId)
    for (let number = 1; number <= 100; number += 1) await issue(number)
    time.ms += HOUR_MS - 1
    expect(await newPublisher().publish(listId)).toBe(before)
  }, 60_000)

  it('are those of every process', async () => {
    const { issue, revoke, newPublisher, time } = await open(NOW + 1_200_000)
    const entry = await issue(0)
    await revoke(entry.code)
    const [first, second] = [newPublisher(), newPublisher()]
    const text = await first.publish(entry.listId)
    time.ms += 60_000
    expect(await second.publish(entry.listId)).toBe(text)
  })

  it('hold exactly the bits of what was revoked, at once and dated no earlier', async () => {
    const { issue, revoke, newPublisher, time } = await open(NOW + 60_000)
    const entries = [await issue(0), await issue(1), await issue(2)] as const
    const [{ listId }] = entries
    const publisher = newPublisher()
    expect(bitsSet(await publisher.publish(listId))).toEqual([])
    time.ms += 60_000
    await revoke(entries[1].code)
    const list = await publisher.publish(listId)
    expect(bitsSet(list)).toEqual([entries[1].listIndex])
    const { validFrom, validUntil, proof } = JSON.parse(list) as ListDocument
    expect({ validFrom, validUntil, created: proof.map(({ created }) => created) }).toEqual({
      validFrom: '2026-03-20T12:02:00Z',
      validUntil: '2026-03-22T12:02:00Z',
      created: ['2026-03-20T12:02:00Z'],
    })
    await revoke(entries[0].code)
    expect(bitsSet(await publisher.publish(listId))).toEqual(
      [entries[0].listIndex, entries[1].listIndex].sort((a, b) => a - b),
    )
  })
})

describe('a list is signed', () => {
  it('once for many who ask at once, and again only when something changed', async () => {
    const { issue, revoke, newPublisher, signed, time } = await open()
    const entry = await issue(0)
    const publisher = newPublisher()
    const all = await Promise.all(Array.from({ length: 20 }, () => publisher.publish(entry.listId)))
    expect(new Set(all).size).toBe(1)
    expect(signed.count).toBe(1)
    time.ms += HOUR_MS - 1
    await publisher.publish(entry.listId)
    expect(signed.count).toBe(1)
    await revoke(entry.code)
    await Promise.all(Array.from({ length: 20 }, () => publisher.publish(entry.listId)))
    expect(signed.count).toBe(2)
    time.ms += 1
    const list = await publisher.publish(entry.listId)
    expect(signed.count).toBe(3)
    expect(JSON.parse(list)).toMatchObject({ validUntil: '2026-03-22T13:00:00Z' })
  })

  it('anew by the next who asks when signing failed', async () => {
    const { issue, issuing } = await open()
    const entry = await issue(0)
    let failures = 1
    const proofSuite: IssuingParts['proofSuite'] = {
      secure: async (...args) => {
        failures -= 1
        if (failures >= 0) throw new Error('not now')
        return issuing.proofSuite.secure(...args)
      },
    }
    const publisher = createStatusListPublisher({ ...issuing, proofSuite }, gzipBitstringEncoder)
    await expect(publisher.publish(entry.listId)).rejects.toThrow('not now')
    expect(bitsSet(await publisher.publish(entry.listId))).toEqual([])
  })

  it('only with a key of its own issuer, and only when it exists', async () => {
    const { issuing, newPublisher } = await open()
    await issuing.database.stores.statusLists.add({
      listId: 'theirs',
      issuer: 'did:web:other.example.org',
      lengthBits: 131_072,
      createdAt: '2026-03-20T12:00:00Z',
    })
    await expect(newPublisher().publish('theirs')).rejects.toMatchObject({
      code: 'KEY_UNAVAILABLE',
    })
    await expect(newPublisher().publish('none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('1,000 revocations by eight at once', () => {
  it('are 1,000 bits, and no others (D14)', async () => {
    const { issuing, issue, newPublisher } = await open()
    const first = await issue(0)
    const { stores } = issuing.database
    const indexes = new Set<number>()
    while (indexes.size < 1000) indexes.add(issuing.ids.randomInt(131_072))
    indexes.delete(first.listIndex)
    const codes = [...indexes].map((index) => ({ index, code: `code-${index}` }))
    await issuing.database.transaction(async ({ statusLists }) => {
      for (const { index, code } of codes) await statusLists.reserve(first.listId, index, code)
    })
    const publisher = newPublisher()
    const change = { reason: { text: 'Why.', isPublic: false }, changedAt: '2026-03-20T12:00:00Z' }
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let place = lane; place < codes.length; place += 8) {
        const code = codes[place]?.code ?? ''
        await stores.statusLists.moveEntry(code, 'valid', 'revoked', change)
        if (place % 100 === 0) await publisher.publish(first.listId)
      }
    })
    await Promise.all(lanes)
    expect(bitsSet(await publisher.publish(first.listId))).toEqual(
      [...indexes].sort((a, b) => a - b),
    )
  }, 60_000)
})
