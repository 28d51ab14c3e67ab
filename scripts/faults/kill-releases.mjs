/**
 * Asks for the release of many reviews at the desk, kills the serving process with SIGKILL while it releases
 * and mails, starts it again each time, and checks at the end that each review has one badge and one letter.
 * See README.md. Exit code 1 when an invariant does not hold.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { postReview, request, verifyServed } from './client.mjs'
import { createDeskBrowser } from './desk-browser.mjs'
import { createIssuer, createPlainReviewSource, PLAIN_ACHIEVEMENT, runCommand } from './issuer.mjs'
import { openLetterBox } from './letter-box.mjs'
import { readFlags } from './options.mjs'
import { openScratchRun } from './scratch-run.mjs'
import { createServing, findFreePort } from './serving.mjs'

const MAX_LAG_MS = 300
const PARALLEL = 20
const LOOK_MS = 100
/** After the last kill everything is released and mailed within this time, or never. */
const PATIENCE_MS = 10 * 60_000

const options = readFlags({ reviews: 500, kills: 8, 'database-url': '' })
const reviewOf = createPlainReviewSource()
const numbers = Array.from({ length: options.reviews }, (_, number) => number)
const { folder, database, run } = await openScratchRun(options['database-url'])
await run(main)

async function main() {
  const baseUrl = `http://127.0.0.1:${await findFreePort()}`
  const letterBox = await openLetterBox()
  const issuer = await createIssuer(folder, database, baseUrl)
  const { environment } = issuer
  const target = { baseUrl, token: issuer.token }
  await runCommand(environment, 'achievements', 'import', plainOfStaff())
  // Without a mail server the command prints the link.
  const link = await runCommand(environment, 'staff', 'invite', 'a@example.org', '--role', 'admin')
  const mail = { SMTP_URL: letterBox.url, MAIL_FROM: 'badges@example.org' }
  const serving = createServing({ ...environment, ...mail })
  try {
    const counts = await runAttack(serving, target, link.trim())
    const acknowledged = await readCodes(target)
    // The build is fresh only now.
    const { judgeRun, printOutcome } = await import('./verdicts.mjs')
    const verifyOurs = (badge) => verifyServed(baseUrl, badge)
    const judged = await judgeRun({ database, sabotage: '', acknowledged, verifyOurs })
    const letters = await judgeLetters(letterBox.letters)
    await serving.kill()
    return printOutcome({ ...counts, ...judged.counts, ...letters.counts }, [
      ...judged.findings,
      ...letters.findings,
    ])
  } finally {
    await serving.kill()
    letterBox.close()
  }
}

/** The plain achievement, whose badges staff release. */
function plainOfStaff() {
  const from = path.dirname(PLAIN_ACHIEVEMENT)
  const to = path.join(folder, 'plain')
  cpSync(from, to, { recursive: true })
  const file = path.join(to, path.basename(PLAIN_ACHIEVEMENT))
  writeFileSync(file, `${readFileSync(file, 'utf8')}release: staff\n`)
  return file
}

async function runAttack(serving, target, link) {
  serving.start()
  await serving.ready()
  await inLanes(numbers, (number) => post(target, reviewOf(number)))
  const desk = await createDeskBrowser(target.baseUrl, link)
  console.log(
    `Killing a server on ${database.name} that releases ${options.reviews} reviews, ${options.kills} kills`,
  )
  const start = performance.now()
  await desk.post('/staff', '/staff/releases', { which: 'all' })
  await killAgainAndAgain(serving)
  await untilAllIsSent()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  return { 'seconds until all was mailed': seconds, kills: options.kills }
}

async function post({ baseUrl, token }, review) {
  const answer = await request(`${baseUrl}/api/v1/reviews`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(review),
  })
  if (answer?.status !== 201) throw new Error(`${review.id} was answered ${answer?.status}`)
}

/** A kill has a cue, a random count of badges, and comes a random while after it. */
async function killAgainAndAgain(serving) {
  const cues = Array.from({ length: options.kills }, () => Math.random() * options.reviews * 0.95)
  for (const cue of cues.sort((a, b) => a - b)) {
    while ((await countOf('badges')) < cue) await sleep(LOOK_MS)
    await sleep(Math.random() * MAX_LAG_MS)
    await serving.kill()
    serving.start()
    await serving.ready()
  }
}

async function untilAllIsSent() {
  const end = performance.now() + PATIENCE_MS
  while (performance.now() < end) {
    const sent = await countOf("mails where state = 'sent' and kind = 'badge'")
    if (sent >= options.reviews) return
    await sleep(LOOK_MS)
  }
}

async function countOf(what) {
  const [row] = await database.query(`select count(*) as found from ${what}`)
  return Number(row.found)
}

/** The same review sent once more is told its badge: id → code. */
async function readCodes(target) {
  const codes = new Map()
  await inLanes(numbers, async (number) => {
    const review = reviewOf(number)
    codes.set(review.id, await postReview(target, review))
  })
  return codes
}

async function judgeLetters(letters) {
  const mails = await database.query("select about, state from mails where kind = 'badge'")
  const badges = await database.query('select code from badges')
  const ids = new Map()
  for (const { to, messageId } of letters) ids.set(to, (ids.get(to) ?? new Set()).add(messageId))
  const owedTo = new Map()
  for (const { about } of mails) owedTo.set(about, (owedTo.get(about) ?? 0) + 1)
  return {
    counts: {
      'letters that came': letters.length,
      'of these sent again': letters.length - new Set(letters.map((one) => one.messageId)).size,
    },
    findings: [
      {
        name: 'every badge has exactly one letter owed or sent',
        faults: badges.filter(({ code }) => owedTo.get(code) !== 1).map(({ code }) => code),
      },
      {
        name: 'every letter was sent',
        faults: mails.filter(({ state }) => state !== 'sent').map(({ about }) => about),
      },
      {
        name: 'every earner got one letter; where it came twice, under one Message-ID',
        faults: numbers
          .map((number) => reviewOf(number).candidate.email)
          .filter((email) => ids.get(email)?.size !== 1),
      },
    ],
  }
}

async function inLanes(items, work) {
  const waiting = [...items]
  const lane = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: PARALLEL }, lane))
}
