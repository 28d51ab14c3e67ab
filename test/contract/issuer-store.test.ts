import { expect, it } from 'vitest'
import { addIssuer } from '../../src/application/add-issuer.js'
import { describeEachDatabase } from '../support/databases.js'
import { NOW } from './records.js'

const VISTA = { slug: 'vista-unified', name: 'Vista Unified', url: 'https://vista.example.org' }

describeEachDatabase('IssuerStore', (open) => {
  it('gives issuers back as they were added, by slug', async () => {
    const database = await open()
    const parts = { database, clock: { now: () => Date.parse(NOW) } }
    await addIssuer(parts, VISTA, 'cli')
    const other = { slug: 'a', name: 'A', description: 'One.', email: 'a@example.org' }
    await addIssuer(parts, other, 'cli')
    expect(await database.stores.issuers.list()).toStrictEqual([other, VISTA])
    expect(await database.stores.issuers.find('vista-unified')).toStrictEqual(VISTA)
    expect(await database.stores.issuers.find('none')).toBeUndefined()
  })

  it('gives a slug once, and the programme’s own never', async () => {
    const database = await open()
    const parts = { database, clock: { now: () => Date.parse(NOW) } }
    await addIssuer(parts, VISTA, 'cli')
    for (const slug of ['vista-unified', 'default']) {
      const again = addIssuer(parts, { slug, name: 'Other' }, 'cli')
      await expect(again).rejects.toMatchObject({ code: 'ISSUER_EXISTS' })
    }
    for (const slug of ['Vista', '', '../x', 'a'.repeat(81)]) {
      const bad = addIssuer(parts, { slug, name: 'Other' }, 'cli')
      await expect(bad).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    }
    expect(await database.stores.issuers.find('vista-unified')).toStrictEqual(VISTA)
  })
})
