#!/usr/bin/env node
// Throws spoilt inputs at every parser that reads what strangers bring. Each must be answered, with a
// result or a named refusal, within two seconds. Exits with 1 after any crash, hang or broken promise.
//
//   node scripts/fuzz/parsers.mjs [--seconds 60] [--seed 1] [--parser png] [--from 0] [--out out/fuzz]
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { buildIfStale } from '../build-if-stale.mjs'
import { readFlags } from '../faults/options.mjs'
import { createRandom } from './random.mjs'

const HANG_MS = 2000
/** How long one parser has its turn before the next: a QR code takes as long as a thousand tokens. */
const TURN_MS = 100
const MAX_FAULTS = 20

const flags = readFlags({ seconds: 60, seed: 1, parser: '', from: 0, out: 'out/fuzz' })
await buildIfStale()
const { TARGETS } = await import('./targets.mjs')
const names = Object.keys(TARGETS).filter((name) => flags.parser === '' || name === flags.parser)
if (names.length === 0) throw new Error(`--parser is one of ${Object.keys(TARGETS).join(', ')}`)

const results = await fuzz()
report(results)
process.exit(results.some(({ faults }) => faults.length > 0) ? 1 : 0)

async function fuzz() {
  const tallies = names.map((name) => ({ name, next: flags.from, kinds: new Map(), faults: [] }))
  const end = performance.now() + flags.seconds * 1000
  let worker = await startWorker()
  while (performance.now() < end && tallies.every(({ faults }) => faults.length < MAX_FAULTS)) {
    for (const tally of tallies) {
      const turnEnd = Math.min(end, performance.now() + TURN_MS)
      while (performance.now() < turnEnd) {
        const input = makeInput(tally.name, tally.next)
        const answer = await ask(worker, input)
        tally.kinds.set(answer.name, (tally.kinds.get(answer.name) ?? 0) + 1)
        if (answer.fault !== undefined) keep(tally, input.bytes, answer)
        if (answer.isGone) {
          await worker.terminate()
          worker = await startWorker()
        }
        tally.next += 1
      }
    }
  }
  await worker.terminate()
  return tallies
}

/** Depends on the seed, the parser and the number alone, so that every input can be made again. */
function makeInput(name, number) {
  const target = TARGETS[name]
  const random = createRandom(flags.seed * 1_000_003 + number * 31 + name.charCodeAt(0))
  return { bytes: target.make(target, random), from: target.from }
}

async function startWorker() {
  const worker = new Worker(new URL('./reader-worker.mjs', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 160, stackSizeMb: 4 },
  })
  await new Promise((resolve, reject) => {
    worker.once('online', resolve)
    worker.once('error', reject)
  })
  await ask(worker, { bytes: Buffer.from('{}') }, 30_000)
  return worker
}

function ask(worker, input, limitMs = HANG_MS) {
  return new Promise((resolve) => {
    const settle = (answer) => {
      clearTimeout(timer)
      worker.removeAllListeners('message')
      worker.removeAllListeners('error')
      resolve(answer)
    }
    const timer = setTimeout(
      () => settle({ name: 'hang', fault: `no answer within ${limitMs} ms`, isGone: true }),
      limitMs,
    )
    worker.once('message', settle)
    worker.once('error', (error) => settle({ name: 'crash', fault: error.message, isGone: true }))
    worker.postMessage(input)
  })
}

function keep(tally, bytes, { name, fault }) {
  mkdirSync(flags.out, { recursive: true })
  const file = path.join(flags.out, `${tally.name}-${flags.seed}-${tally.next}.bin`)
  writeFileSync(file, bytes)
  tally.faults.push({ name, fault, file })
}

function report(tallies) {
  for (const { name, next, kinds, faults } of tallies) {
    const count = next - flags.from
    const hangs = faults.filter((fault) => fault.name === 'hang').length
    const most = [...kinds].sort(([, a], [, b]) => b - a).slice(0, 6)
    const shares = most.map(([kind, times]) => `${kind} ${times}`).join(', ')
    console.log(
      `${name}: ${count} inputs, ${faults.length - hangs} crashes, ${hangs} hangs (${shares})`,
    )
    for (const { fault, file } of faults) console.log(`  ${file}: ${fault}`)
  }
  console.log(`seed ${flags.seed}`)
}
