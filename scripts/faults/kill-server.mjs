/**
 * Kills a serving process with SIGKILL at random moments while reviews are posted to it, starts it
 * again each time, and checks at the end that nothing was lost, doubled or broken. See README.md.
 * Exit code 1 when an invariant does not hold.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { postAll, postReview, verifyServed } from './client.mjs'
import { createIssuer, createReviewSource } from './issuer.mjs'
import { readFlags } from './options.mjs'
import { assertSabotage } from './sabotage.mjs'
import { openScratchRun } from './scratch-run.mjs'
import { createServing, findFreePort } from './serving.mjs'

/** A kill follows its cue after at most this long. */
const MAX_LAG_MS = 300
/** Every fourth kill meets a start, this long after its beginning at most. */
const MAX_START_MS = 1500

const options = readFlags({
  reviews: 500,
  kills: 8,
  concurrency: 50,
  abandoned: 50,
  'database-url': '',
  sabotage: '',
})
assertSabotage(options.sabotage, options['database-url'])
const { folder, database, run } = await openScratchRun(options['database-url'])
await run(main)

async function main() {
  const baseUrl = `http://127.0.0.1:${await findFreePort()}`
  const { environment, token } = await createIssuer(folder, database, baseUrl)
  const serving = createServing(environment)
  try {
    const attack = await runAttack(serving, { baseUrl, token })
    // The build is fresh only now.
    const { judgeRun, printOutcome } = await import('./verdicts.mjs')
    const verifyOurs = (badge) => verifyServed(baseUrl, badge)
    const { acknowledged, counts: attackCounts } = attack
    const run = { database, sabotage: options.sabotage, acknowledged, verifyOurs }
    const { counts, findings } = await judgeRun(run)
    await serving.kill()
    const { finished, failed, log } = serving.tally
    const startCounts = { 'intents finished at a start': finished, 'intents failed': failed }
    const logged = { name: 'the log warns of nothing but finished intents', faults: log }
    return printOutcome({ ...attackCounts, ...startCounts, ...counts }, [...findings, logged])
  } finally {
    await serving.kill()
  }
}

/** Posts under fire, then once more without a second try, and leaves a fresh start running. */
async function runAttack(serving, target) {
  const createReview = createReviewSource()
  const reviews = Array.from({ length: options.reviews }, (_, number) => createReview(number))
  const acknowledged = new Map()
  serving.start()
  await serving.ready()
  console.log(
    `Killing a server on ${database.name}: ${reviews.length} reviews, ${options.kills} kills`,
  )
  const start = performance.now()
  const [repeats, killsInStart] = await Promise.all([
    postAll(target, reviews, options.concurrency, acknowledged),
    killAgainAndAgain(serving, acknowledged),
  ])
  const seconds = (performance.now() - start) / 1000
  const abandoned = await abandon(serving, target, acknowledged, createReview)
  const counts = {
    'reviews to post': reviews.length,
    'seconds until all acknowledged': seconds.toFixed(1),
    'posts repeated': repeats,
    kills: options.kills + 1,
    'kills during a start': killsInStart,
    ...abandoned,
  }
  return { acknowledged, counts }
}

/** A kill has a cue, a random count of acknowledgements, and comes a random while after it. */
async function killAgainAndAgain(serving, acknowledged) {
  const cues = Array.from({ length: options.kills }, () => Math.random() * options.reviews * 0.95)
  let killsInStart = 0
  for (const [number, cue] of cues.sort((a, b) => a - b).entries()) {
    if (number % 4 === 2) {
      await sleep(Math.random() * MAX_START_MS)
      killsInStart += 1
    } else {
      await serving.ready()
      while (acknowledged.size < cue) await sleep(5)
      await sleep(Math.random() * MAX_LAG_MS)
    }
    await serving.kill()
    serving.start()
  }
  await serving.ready()
  return killsInStart
}

/** Posts reviews that nobody repeats, and kills: what was recorded must be finished by the start. */
async function abandon(serving, target, acknowledged, createReview) {
  const reviews = Array.from({ length: options.abandoned }, (_, number) =>
    createReview(`abandoned-${number}`),
  )
  const posts = reviews.map(async (review) => {
    const code = await postReview(target, review)
    if (code !== undefined) acknowledged.set(review.id, code)
    return code
  })
  await sleep(Math.random() * MAX_LAG_MS)
  await serving.kill()
  const codes = await Promise.all(posts)
  serving.start()
  await serving.ready()
  return {
    'reviews posted only once': reviews.length,
    'of these acknowledged': codes.filter((code) => code !== undefined).length,
  }
}
