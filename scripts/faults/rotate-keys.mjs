/**
 * Rotates the keys of a server that is issuing and verifying all the while, without a restart, and
 * checks that nothing fails and nothing is lost. See README.md. Exit code 1 when an invariant does not
 * hold.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { postReview, request, verifyServed } from './client.mjs'
import { createIssuer, createReviewSource, runCommand } from './issuer.mjs'
import { readFlags } from './options.mjs'
import { openScratchRun } from './scratch-run.mjs'
import { createServing, findFreePort } from './serving.mjs'

const ALGORITHMS = ['Ed25519', 'ES256']

/** A checker that finds no badge yet waits for so long. */
const PAUSE_MS = 50

const options = readFlags({
  rotations: 4,
  'pause-ms': 4000,
  concurrency: 8,
  checkers: 4,
  'database-url': '',
})
const { folder, database, run } = await openScratchRun(options['database-url'])
await run(main)

async function main() {
  const port = await findFreePort()
  // On https the issuer is a did:web, which keeps its name when its keys change. Nobody fetches it.
  const issuer = await createIssuer(folder, database, `https://localhost:${port}`)
  const serving = createServing(issuer.environment)
  try {
    serving.start()
    await serving.ready()
    const target = { baseUrl: `http://127.0.0.1:${port}`, token: issuer.token }
    const load = startLoad(target)
    const start = performance.now()
    await rotate(issuer.environment)
    await load.stop()
    const seconds = (performance.now() - start) / 1000
    return await judge(target, serving, load, seconds)
  } finally {
    await serving.kill()
  }
}

/** Reviews go in, and badges of whatever key are checked, without a pause until told to stop. */
function startLoad(target) {
  const createReview = createReviewSource()
  const load = { acknowledged: new Map(), verified: 0, faults: [] }
  const codes = []
  let number = 0
  let isOver = false
  const send = async () => {
    number += 1
    const review = createReview(number)
    const code = await postReview(target, review)
    if (code === undefined) load.faults.push(`${review.id} was not acknowledged at once`)
    else {
      load.acknowledged.set(review.id, code)
      codes.push(code)
    }
  }
  const look = async () => {
    const code = codes[Math.floor(Math.random() * codes.length)]
    if (code === undefined) return sleep(PAUSE_MS)
    const answer = await request(`${target.baseUrl}/badges/${code}.json`, {})
    const fault = await verifyServed(target.baseUrl, { code, secured_json: answer?.text })
    if (fault !== '') load.faults.push(`${code}: ${fault}`)
    load.verified += 1
  }
  const repeat = (work) => async () => {
    while (!isOver) await work()
  }
  const lanes = [
    ...Array.from({ length: options.concurrency }, repeat(send)),
    ...Array.from({ length: options.checkers }, repeat(look)),
  ]
  const stop = async () => {
    isOver = true
    await Promise.all(lanes)
  }
  return Object.assign(load, { stop })
}

/** As an operator would, with the command line, while the service runs. */
async function rotate(environment) {
  console.log(
    `Rotating the keys of a server on ${database.name}: ${options.rotations} times each of ${ALGORITHMS.join(' and ')}, ${options.concurrency} clients and ${options.checkers} checkers`,
  )
  for (let turn = 0; turn < options.rotations; turn += 1) {
    for (const algorithm of ALGORITHMS) {
      await sleep(options['pause-ms'])
      await runCommand(environment, 'keys', 'create', '--algorithm', algorithm)
      const listed = await runCommand(environment, 'keys', 'list')
      const pending = listed.split('\n').find((line) => line.includes('  pending  ')) ?? ''
      await runCommand(environment, 'keys', 'activate', pending.split(' ')[0])
    }
  }
  await sleep(options['pause-ms'])
}

async function judge({ baseUrl }, serving, { acknowledged, verified, faults }, seconds) {
  // The build is fresh only now.
  const { judgeRun, printOutcome } = await import('./verdicts.mjs')
  const { judgeKeys } = await import('./rotated-keys.mjs')
  const { counts, findings } = await judgeRun({
    database,
    sabotage: '',
    acknowledged,
    verifyOurs: (badge) => verifyServed(baseUrl, badge),
  })
  const keys = await judgeKeys(baseUrl, database)
  const isSame = serving.isRunning()
  await serving.kill()
  return printOutcome(
    {
      seconds: seconds.toFixed(1),
      'badges a second': (acknowledged.size / seconds).toFixed(1),
      'verified meanwhile': verified,
      'checks given up (503)': serving.tally.log.filter(isBusy).length,
      ...keys.counts,
      ...counts,
    },
    [
      { name: 'no request failed while keys changed', faults },
      ...findings,
      ...keys.findings,
      {
        name: 'the process that served is the one that was started',
        faults: isSame ? [] : ['it ended'],
      },
      {
        name: 'the log warns of nothing but checks that a busy machine gave up',
        faults: serving.tally.log.filter((line) => !isBusy(line)),
      },
    ],
  )
}

/** What the API tells a client to ask again later, and the checkers do. */
function isBusy(line) {
  return /"code":"VERIFIER_(BUSY|TIMEOUT)"/.test(line)
}
