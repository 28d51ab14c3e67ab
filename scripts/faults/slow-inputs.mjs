#!/usr/bin/env node
// Throws the worst documents we can think of, up to 256 KiB, at a real server: the shapes of every
// kind in the threat list's group A, and random hostile ones. Prints how long answers took and how
// long the server's event loop was blocked; exits with 1 when an answer took longer than the
// worker's deadline allows, or when the loop was blocked for over 50 ms.
//
//   node scripts/faults/slow-inputs.mjs [--random 500] [--seed 0] [--only A10]
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createBadge, randomDocument, WORST_DOCUMENTS } from './hostile-documents.mjs'
import { createIssuer } from './issuer.mjs'

const MAX_BYTES = 256 * 1024
/** The worker's deadline is 1,000 ms; the rest is for the way there and back. */
const MAX_ANSWER_MS = 1100
const MAX_BLOCKED_MS = 50

if (process.argv.includes('--serve')) await serve()
else await attack()

/** The server's half: the service as `imprimatur serve` runs it; tells its delays when asked. */
async function serve() {
  const [{ readSettings }, { compose }, { startServer }, { createLogger }] = await Promise.all([
    import('../../dist/config/settings.js'),
    import('../../dist/main/compose.js'),
    import('../../dist/main/server.js'),
    import('../../dist/adapters/telemetry/logger.js'),
  ])
  const running = await startServer(await compose(readSettings()), createLogger('silent'))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  process.send({ address: running.address })
  process.on('message', (message) => {
    if (message === 'tell') process.send({ maxMs: delay.max / 1e6 })
    delay.reset()
    if (message === 'end') running.stop().then(() => process.exit(0))
  })
}

async function attack() {
  const { values } = parseArgs({
    options: {
      random: { type: 'string', default: '500' },
      seed: { type: 'string', default: '0' },
      only: { type: 'string', default: '' },
    },
  })
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-slow-'))
  const database = { environment: { DATA_DIR: path.join(folder, 'data') } }
  const { environment } = await createIssuer(folder, database, 'http://127.0.0.1:0')
  const env = { ...environment, VERIFY_WORKERS: '2' }
  const child = fork(fileURLToPath(import.meta.url), ['--serve'], { env })
  const { address } = await nextMessage(child)
  const badge = JSON.stringify(createBadge())
  for (let warm = 0; warm < 10; warm += 1) await post(address, badge)
  const chosen = WORST_DOCUMENTS.filter(([name]) => name.includes(values.only))
  const worst = await throwAll(child, address, chosen, true)
  const random = Array.from({ length: Number(values.random) }, (_, index) => [
    `random ${index}`,
    () => randomDocument(Number(values.seed) + index, MAX_BYTES),
  ])
  const wild = await throwAll(child, address, random, false)
  const honest = await post(address, badge)
  console.log(`honest badge afterwards: ${honest.status}, ${honest.tookMs.toFixed(0)} ms`)
  child.send('end')
  await new Promise((resolve) => child.once('exit', resolve))
  rmSync(folder, { recursive: true })
  report('the worst of each kind', worst)
  report('random', wild)
  const isGood = [...worst, ...wild].every(
    ({ tookMs, status }) => tookMs < MAX_ANSWER_MS && status < 600 && status !== 500,
  )
  const isFree = [...worst, ...wild].every(({ blockedMs }) => blockedMs < MAX_BLOCKED_MS)
  console.log(isGood && isFree ? 'within the limits' : 'BEYOND THE LIMITS')
  process.exitCode = isGood && isFree ? 0 : 1
}

async function throwAll(child, address, documents, isPrinted) {
  const results = []
  for (const [name, make] of documents) {
    const body = make()
    if (Buffer.byteLength(body) > MAX_BYTES) throw new RangeError(`${name} is too large`)
    child.send('tell')
    await nextMessage(child)
    const answer = await post(address, body)
    child.send('tell')
    const { maxMs } = await nextMessage(child)
    const result = { name, bytes: Buffer.byteLength(body), ...answer, blockedMs: maxMs }
    results.push(result)
    if (isPrinted) printRow(result)
    // A worker that was ended needs a moment; the next document must not pay for this one.
    if (answer.status === 503) await settle(address)
  }
  return results
}

async function settle(address) {
  for (let round = 0; round < 4; round += 1) await post(address, '{}')
}

async function post(address, body) {
  const begun = performance.now()
  const response = await fetch(`${address}/api/v1/verify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  const answer = await response.json()
  const tookMs = performance.now() - begun
  const { rule, code, verdict } = answer
  return { status: response.status, outcome: rule ?? code ?? verdict, tookMs }
}

function nextMessage(child) {
  return new Promise((resolve) => child.once('message', resolve))
}

function printRow({ name, bytes, status, outcome, tookMs, blockedMs }) {
  const cells = [
    name.padEnd(42),
    `${Math.ceil(bytes / 1024)} KiB`.padStart(8),
    String(status),
    String(outcome).padEnd(20),
    `${tookMs.toFixed(0)} ms`.padStart(8),
    `loop ${blockedMs.toFixed(1)} ms`.padStart(14),
  ]
  console.log(cells.join('  '))
}

function report(title, results) {
  const times = results.map(({ tookMs }) => tookMs).sort((one, other) => one - other)
  const delays = results.map(({ blockedMs }) => blockedMs).sort((one, other) => one - other)
  const at = (sorted, share) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)
  const statuses = {}
  for (const { status } of results) statuses[status] = (statuses[status] ?? 0) + 1
  console.log(`${title}: ${results.length} documents, statuses ${JSON.stringify(statuses)}`)
  console.log(
    `  answers: p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms, max ${at(times, 1)} ms`,
  )
  console.log(`  event loop: p99 ${at(delays, 0.99)} ms, max ${at(delays, 1)} ms`)
}
