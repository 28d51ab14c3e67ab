#!/usr/bin/env node
// Checks honest badges while others send what is dear to check; see README.md beside this file.
//
//   node scripts/load/poisoned-verifier.mjs [--seconds 60] [--poison 200] [--honest 20]
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createIssuer, createReviewSource } from '../faults/issuer.mjs'
import { readFlags } from '../faults/options.mjs'
import { createServing, findFreePort } from '../faults/serving.mjs'
import { createPoison } from './poison.mjs'
import { percentile, send, sendSteadily } from './sending.mjs'

const AT_ONCE = 50
/** The hundredth part of fewer checks is one or two, and those are whatever the machine did then. */
const IDLE_SECONDS = 30
const MAX_P99_MS = 750
const MAX_P99_TIMES = 5
const MIN_SUCCESS = 0.99
const MAX_KEPT_MB = 100

if (process.argv.includes('--poisoner')) poisonWhenTold()
else await run(readFlags({ seconds: 60, poison: 200, honest: 20 }))

/** The poison comes from a process of its own: its work must not delay the honest sender. */
function poisonWhenTold() {
  const poison = createPoison()
  process.on('message', async ({ address, kind, perSecond, seconds }) => {
    const answers =
      kind === undefined
        ? await sendSteadily(perSecond, seconds, (number) =>
            send(address, poison[number % poison.length], number).then((answer) => ({
              ...answer,
              name: poison[number % poison.length].name,
            })),
          )
        : await Promise.all(
            Array.from({ length: AT_ONCE }, (_, number) => send(address, poison[kind], number)),
          )
    process.send({ answers })
  })
  process.send({ names: poison.map(({ name }) => name) })
}

async function run({ seconds, poison, honest }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-load-'))
  const address = `http://127.0.0.1:${await findFreePort()}`
  const database = { environment: { DATA_DIR: path.join(folder, 'data') } }
  const { environment, token } = await createIssuer(folder, database, address)
  const serving = createServing({ ...environment, VERIFY_WORKERS: '3', TRUSTED_PROXIES: '1' })
  serving.start()
  await serving.ready()
  const badge = { body: await issueOne(address, token), type: 'application/json' }
  const poisoner = fork(fileURLToPath(import.meta.url), ['--poisoner'])
  const { names } = await nextMessage(poisoner)
  const check = (number) => send(address, badge, 30_000 + (number % 500))
  for (let warm = 0; warm < 100; warm += 1) await check(warm)
  const before = residentMb(serving.pid())
  const idle = await sendSteadily(honest, IDLE_SECONDS, check)
  console.log(`alone: ${describe(idle)}; memory ${before} MB`)
  for (const [kind, name] of names.entries()) {
    const under = sendSteadily(honest, 5, check)
    const answers = await ask(poisoner, { address, kind })
    console.log(`beside ${AT_ONCE} × ${name} (${statusesOf(answers)}): ${describe(await under)}`)
  }
  const [load, loaded] = await Promise.all([
    ask(poisoner, { address, perSecond: poison, seconds }),
    sendSteadily(honest, seconds, check),
  ])
  console.log(`${poison} poisoned a second for ${seconds} s (${statusesOf(load)})`)
  console.log(`beside them: ${describe(loaded)}`)
  const peak = residentMb(serving.pid())
  const after = await restedMb(serving.pid(), before)
  console.log(`memory ${peak} MB at the end, ${after} MB after a rest`)
  poisoner.kill()
  await serving.kill()
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = verdictOf({ idle, loaded, before, after }) ? 0 : 1
}

async function issueOne(address, token) {
  const answer = await fetch(`${address}/api/v1/reviews`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(createReviewSource()(1)),
  })
  const { badge } = await answer.json()
  const credential = await fetch(`${badge.url}.json`)
  return Buffer.from(await credential.arrayBuffer())
}

function ask(child, message) {
  child.send(message)
  return nextMessage(child).then(({ answers }) => answers)
}

function nextMessage(child) {
  return new Promise((resolve) => child.once('message', resolve))
}

/** Linux only: what the process holds in memory now. */
function residentMb(pid) {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kb) / 1024)
}

/** The smallest within a minute: an allocator gives back what it has when it finds the time. */
async function restedMb(pid, before) {
  let least = residentMb(pid)
  for (let second = 0; second < 60 && least > before + MAX_KEPT_MB; second += 1) {
    await pause(1000)
    least = Math.min(least, residentMb(pid))
  }
  return least
}

function successOf(answers) {
  return answers.filter(({ status, verdict }) => status === 200 && verdict === 'valid').length
}

function describe(answers) {
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(answers, share).toFixed(0))
  return `p50 ${p50} ms, p99 ${p99} ms, ${successOf(answers)} of ${answers.length} valid`
}

function statusesOf(answers) {
  const counts = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return Object.entries(counts)
    .map(([status, count]) => `${status === '0' ? 'no answer' : status}: ${count}`)
    .join(', ')
}

function verdictOf({ idle, loaded, before, after }) {
  const [alone, beside] = [percentile(idle, 0.99), percentile(loaded, 0.99)]
  const isFast = beside < MAX_P99_MS && beside < alone * MAX_P99_TIMES
  const isAnswered = successOf(loaded) >= loaded.length * MIN_SUCCESS
  const isBack = after <= before + MAX_KEPT_MB
  console.log(
    `p99 ${(beside / alone).toFixed(1)} times that of idle: ${isFast ? 'holds' : 'TOO SLOW'}`,
  )
  console.log(
    `honest success: ${isAnswered ? 'holds' : 'TOO LITTLE'}; memory: ${isBack ? 'back' : 'KEPT'}`,
  )
  return isFast && isAnswered && isBack
}
