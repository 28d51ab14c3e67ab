/**
 * A process that issues: composes the service as a server does, issues a few badges into a database
 * of its own so that its code is loaded, says it is ready, then accepts each review it is sent and
 * acknowledges it once its badge is stored. Ends with its parent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase } from '../../dist/adapters/storage/database.js'
import { acceptReview } from '../../dist/application/accept-review.js'
import { adoptKeys } from '../../dist/application/adopt-keys.js'
import { readSettings } from '../../dist/config/settings.js'
import { compose } from '../../dist/main/compose.js'
import { createPlainReviewSource } from './issuer.mjs'

const WARM_UP_REVIEWS = 4
const ACTOR = { name: 'worker' }

const service = await compose(readSettings())
await warmUp()
process.on('message', async (review) => {
  try {
    const { badge } = await accept(service.issuing, review)
    process.send({ id: review.id, code: badge?.code })
  } catch (error) {
    process.send({ id: review.id, error: String(error), code: error.code })
  }
})
process.on('disconnect', () => process.exit())
process.send('ready')

function accept(issuing, review) {
  return acceptReview(issuing, service.reviewParser.parse(review), ACTOR)
}

async function warmUp() {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-warm-up-'))
  const database = await openDatabase({ url: `file:${path.join(folder, 'imprimatur.db')}` })
  try {
    const issuing = { ...service.issuing, database }
    await adoptKeys(issuing, issuing.keyRing)
    const plain = await service.issuing.database.stores.catalogue.findLatest('plain')
    await database.stores.catalogue.addVersion(plain, new Date().toISOString())
    const createReview = createPlainReviewSource()
    for (let count = 0; count < WARM_UP_REVIEWS; count += 1)
      await accept(issuing, createReview(`warm-up-${count}`))
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}
