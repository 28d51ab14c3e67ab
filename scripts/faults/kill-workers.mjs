/**
 * Lets two worker processes issue badges into one database, kills each with SIGKILL after 60 to
 * 200 ms of work, gives its unacknowledged reviews to the next, and checks at the end that nothing
 * was lost, doubled or broken. See README.md. Exit code 1 when an invariant does not hold.
 */
import { fileURLToPath } from 'node:url'
import { bundleWorker } from './bundle-worker.mjs'
import { describeReport } from './client.mjs'
import { createIssuer, createPlainReviewSource } from './issuer.mjs'
import { readFlags } from './options.mjs'
import { assertSabotage } from './sabotage.mjs'
import { openScratchRun } from './scratch-run.mjs'
import { createStandbys } from './standbys.mjs'
import { chooseClock } from './worker-clock.mjs'

const WORKER_SCRIPT = fileURLToPath(new URL('issue-worker.mjs', import.meta.url))
const MIN_LIFE_MS = 60
const MAX_LIFE_MS = 200
/** Every so many reviews, one is given out twice at the same time, as an impatient caller would. */
const TWIN_EVERY = 20
const PROGRESS_MS = 10_000

const options = readFlags({
  reviews: 10_000,
  workers: 2,
  'in-flight': 1,
  standbys: 16,
  clock: 'wall',
  'database-url': '',
  sabotage: '',
})
assertSabotage(options.sabotage, options['database-url'])
const waitOnClock = chooseClock(options.clock)
const { folder, database, run } = await openScratchRun(options['database-url'])
await run(main)

async function main() {
  const { environment } = await createIssuer(folder, database, 'http://127.0.0.1:3000')
  // The build is fresh only now.
  const attack = await runAttack(environment, await bundleWorker(WORKER_SCRIPT))
  return judge(environment, attack)
}

async function runAttack(environment, worker) {
  const work = createWork()
  const standbys = createStandbys(worker, environment, options.standbys)
  console.log(
    `Killing ${options.workers} workers on ${database.name}: ${options.reviews} reviews, a life of ${MIN_LIFE_MS} to ${MAX_LIFE_MS} ms (${options.clock})`,
  )
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  const progress = setInterval(() => {
    const { acknowledged, tally } = work
    console.log(
      `${seconds().toFixed(0)} s: ${acknowledged.size} acknowledged, ${tally.kills} kills`,
    )
  }, PROGRESS_MS)
  const lane = async () => {
    while (!work.isDone()) await liveOnce(await standbys.take(), work)
  }
  try {
    await Promise.all(Array.from({ length: options.workers }, lane))
  } finally {
    clearInterval(progress)
    standbys.close()
  }
  return { work, seconds: seconds() }
}

/** What is to be done, what was acknowledged, and what went wrong. */
function createWork() {
  const createReview = createPlainReviewSource()
  const waiting = Array.from({ length: options.reviews }, (_, number) => createReview(number))
    .flatMap((review, number) => (number % TWIN_EVERY === 0 ? [review, review] : [review]))
    .reverse()
  const acknowledged = new Map()
  const tally = { kills: 0, livesMs: 0, givenAgain: 0, busy: 0, faults: [] }
  return {
    acknowledged,
    tally,
    isDone: () => acknowledged.size === options.reviews,
    take: () => waiting.pop(),
    giveBack: (reviews) => {
      tally.givenAgain += reviews.length
      waiting.push(...reviews)
    },
    acknowledge: (id, code) => {
      if ((acknowledged.get(id) ?? code) !== code) tally.faults.push(`${id} was told two codes`)
      acknowledged.set(id, code)
    },
  }
}

/** One worker's life: its clock starts with its first review and ends it, whatever it is doing. */
async function liveOnce(worker, work) {
  const inFlight = []
  const exited = new Promise((resolve) => worker.once('exit', resolve))
  const give = () => {
    const review = work.take()
    if (review === undefined) return
    inFlight.push(review)
    worker.send(review, () => {}) // a message to a dead worker is given back below
  }
  worker.on('message', (answer) => {
    settle(work, inFlight, answer)
    give()
  })
  const start = performance.now()
  for (let count = 0; count < options['in-flight']; count += 1) give()
  await waitOnClock(worker, MIN_LIFE_MS + Math.random() * (MAX_LIFE_MS - MIN_LIFE_MS))
  if (worker.exitCode !== null) work.tally.faults.push(`a worker ended with ${worker.exitCode}`)
  worker.kill('SIGKILL')
  await exited
  work.tally.kills += 1
  work.tally.livesMs += performance.now() - start
  work.giveBack(inFlight)
}

function settle(work, inFlight, { id, code, error }) {
  const place = inFlight.findIndex((review) => review.id === id)
  const [review] = inFlight.splice(place, 1)
  if (error === undefined) {
    work.acknowledge(id, code)
    return
  }
  if (code === 'STORE_UNAVAILABLE') work.tally.busy += 1
  else work.tally.faults.push(`${id}: ${error}`)
  work.giveBack([review])
}

async function judge(environment, { work, seconds }) {
  const { acknowledged, tally } = work
  const { judgeRun, printOutcome } = await import('./verdicts.mjs')
  const { openOurVerifier } = await import('./our-verifier.mjs')
  const verifier = await openOurVerifier(environment)
  const verifyOurs = async (badge) => describeReport(await verifier.verify(badge.secured_json))
  const run = { database, sabotage: options.sabotage, acknowledged, verifyOurs }
  const judged = await judgeRun(run).finally(verifier.close)
  const counts = {
    'reviews to issue': options.reviews,
    'seconds until all acknowledged': seconds.toFixed(1),
    'acknowledged per second': (acknowledged.size / seconds).toFixed(1),
    kills: tally.kills,
    'mean life in ms': (tally.livesMs / tally.kills).toFixed(0),
    'reviews given out again': tally.givenAgain,
    'times the database was busy': tally.busy,
    ...judged.counts,
  }
  const answers = {
    name: 'every answer was an acknowledgement, always the same',
    faults: tally.faults,
  }
  return printOutcome(counts, [answers, ...judged.findings])
}
