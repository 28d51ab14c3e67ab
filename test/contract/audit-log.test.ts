import { expect, it } from 'vitest'
import type { AuditEntry, AuditQuery } from '../../src/application/ports/audit.js'
import { describeEachDatabase } from '../support/databases.js'
import { NOW } from './records.js'

describeEachDatabase('AuditLog', (open) => {
  it('lists the entries about a subject in the order of writing, within a second too', async () => {
    const { audit } = (await open()).stores
    const actions = ['review.received', 'review.released', 'badge.issued', 'badge.checked']
    for (const action of actions) {
      await audit.append(entry({ action }))
      await audit.append(entry({ action, subject: 'other' }))
    }
    expect((await audit.listFor('code-1')).map(({ action }) => action)).toEqual(actions)
    expect(await audit.listFor('unknown')).toEqual([])
  })

  it('lists all by pages, newest first, and those of somebody or about something', async () => {
    const { audit } = (await open()).stores
    for (const [actor, subject] of [
      ['cli', 'a'],
      ['staff:1', 'b'],
      ['cli', 'b'],
    ] as const)
      await audit.append(entry({ actor, subject }))
    const found = async (query: AuditQuery, limit = 9) =>
      (await audit.list(query, limit)).map(({ actor, subject }) => `${actor} ${subject}`)
    expect(await found({})).toEqual(['cli b', 'staff:1 b', 'cli a'])
    expect(await found({ subject: 'b' })).toEqual(['cli b', 'staff:1 b'])
    expect(await found({ actor: 'cli' })).toEqual(['cli b', 'cli a'])
    const [newest] = await audit.list({}, 1)
    expect(newest).toMatchObject({ actor: 'cli', subject: 'b', entry: expect.any(Number) })
    expect(await found({ before: newest?.entry ?? 0 })).toEqual(['staff:1 b', 'cli a'])
  })

  it('gives an entry back as it was appended', async () => {
    const { audit } = (await open()).stores
    const detail = { digest: 'é', index: 7, automatic: true }
    await audit.append(entry({ detail }))
    expect(await audit.listFor('code-1')).toStrictEqual([entry({ detail })])
  })
})

function entry(changes: Partial<AuditEntry>): AuditEntry {
  return { at: NOW, actor: 'cli', action: 'x', subject: 'code-1', detail: {}, ...changes }
}
