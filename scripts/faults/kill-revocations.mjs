/**
 * Revokes badges and issues others at the same time while the serving process is killed with SIGKILL
 * and started again; checks that no index is used twice and no revocation lost. See README.md. Exit
 * code 1 when an invariant does not hold.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { postAll, verifyServed } from './client.mjs'
import { createIssuer, createReviewSource } from './issuer.mjs'
import { readFlags } from './options.mjs'
import { judgeControls, judgePublished, readPublished, revokeAll } from './revoking.mjs'
import { openScratchRun } from './scratch-run.mjs'
import { createServing, findFreePort } from './serving.mjs'

const MAX_LAG_MS = 300
/** Others must see a revocation within this time. */
const MAX_LOOK_MS = 5000
/** After every so many acknowledgements the published list is looked at. */
const LOOK_EVERY = 20
const ENTRIES = 'select code, list_id, list_index, state from status_entries'

const options = readFlags({
  revocations: 1000,
  issuances: 1000,
  kills: 8,
  concurrency: 50,
  'database-url': '',
})
const { folder, database, run } = await openScratchRun(options['database-url'])
await run(main)

async function main() {
  const baseUrl = `http://127.0.0.1:${await findFreePort()}`
  const scopes = ['reviews:write', 'badges:status']
  const { environment, token } = await createIssuer(folder, database, baseUrl, scopes)
  const serving = createServing(environment)
  try {
    const attack = await runAttack(serving, { baseUrl, token })
    return await judge(baseUrl, serving, attack)
  } finally {
    await serving.kill()
  }
}

async function runAttack(serving, target) {
  const createReview = createReviewSource()
  const issued = new Map()
  serving.start()
  await serving.ready()
  const { revocations, issuances, concurrency } = options
  const first = Array.from({ length: revocations }, (_, number) => createReview(number))
  await postAll(target, first, concurrency, issued)
  const codes = first.map((review) => issued.get(review.id))
  console.log(
    `Killing a server on ${database.name}: ${revocations} revocations beside ${issuances} issuances, ${options.kills} kills`,
  )
  const others = Array.from({ length: issuances }, (_, number) => createReview(`other-${number}`))
  const revoked = new Set()
  const looks = createLooks(target.baseUrl, await database.query(ENTRIES))
  const start = performance.now()
  const [repeatedPosts, repeatedRevocations] = await Promise.all([
    postAll(target, others, concurrency, issued),
    revokeAll(target, codes, concurrency, revoked, looks.look),
    killAgainAndAgain(serving, revoked),
  ])
  const counts = {
    'badges revoked': revoked.size,
    'badges issued meanwhile': others.length,
    'seconds for both': ((performance.now() - start) / 1000).toFixed(1),
    'posts repeated': repeatedPosts,
    'revocations repeated': repeatedRevocations,
    kills: options.kills,
    'looks at the published list': looks.tally.count,
    'slowest look, milliseconds': Math.round(looks.tally.slowestMs),
  }
  return { issued, revoked, late: looks.tally.late, slowestMs: looks.tally.slowestMs, counts }
}

/** A revocation must be in the first list that is published after its acknowledgement. */
function createLooks(baseUrl, entries) {
  const places = new Map(entries.map((entry) => [entry.code, entry]))
  const tally = { asked: 0, count: 0, slowestMs: 0, late: [] }
  const look = async (code) => {
    tally.asked += 1
    if (tally.asked % LOOK_EVERY !== 1) return
    const { list_id: list, list_index: index } = places.get(code)
    const begun = performance.now()
    const indexes = await readPublished(baseUrl, list)
    if (indexes === undefined) return
    tally.count += 1
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begun)
    if (!indexes.has(Number(index))) tally.late.push(code)
  }
  return { tally, look }
}

/** A kill has a cue, a random count of acknowledged revocations, and comes a random while after it. */
async function killAgainAndAgain(serving, revoked) {
  const cues = Array.from({ length: options.kills }, () => Math.random() * options.revocations)
  for (const cue of cues.sort((a, b) => a - b)) {
    await serving.ready()
    while (revoked.size < cue * 0.95) await sleep(5)
    await sleep(Math.random() * MAX_LAG_MS)
    await serving.kill()
    serving.start()
  }
  await serving.ready()
}

async function judge(baseUrl, serving, { issued, revoked, late, slowestMs, counts: attackCounts }) {
  // The build is fresh only now.
  const { judgeRun, printOutcome } = await import('./verdicts.mjs')
  const entries = await database.query(ENTRIES)
  const published = new Map()
  for (const list of new Set(entries.map((entry) => entry.list_id)))
    published.set(list, await readPublished(baseUrl, list))
  const { counts, findings } = await judgeRun({
    database,
    sabotage: '',
    acknowledged: issued,
    verifyOurs: (badge) => verifyOurs(baseUrl, badge, revoked),
  })
  const audit = await database.query(
    "select subject from audit_entries where action = 'badge.revoked'",
  )
  await serving.kill()
  return printOutcome({ ...attackCounts, ...counts }, [
    ...findings,
    ...judgePublished(entries, published, revoked),
    judgeControls(entries, published, revoked),
    { name: 'the first list published after an acknowledgement has its bit', faults: late },
    {
      name: 'a list is answered within five seconds, however much is issued meanwhile',
      faults: slowestMs < MAX_LOOK_MS ? [] : [`${Math.round(slowestMs)} ms`],
    },
    {
      name: 'the audit log has each revocation once',
      faults: audit.length === revoked.size ? [] : [`${audit.length} of ${revoked.size}`],
    },
    { name: 'the log warns of nothing but finished intents', faults: serving.tally.log },
  ])
}

/** A badge must be valid over HTTP, and invalid by its status alone when it was revoked. */
async function verifyOurs(baseUrl, badge, revoked) {
  const found = await verifyServed(baseUrl, badge)
  if (!revoked.has(badge.code)) return found
  return /^invalid \(status failed(, \w+ skipped)*\)$/.test(found) ? '' : found || 'still valid'
}
