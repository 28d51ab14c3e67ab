#!/usr/bin/env node
// Changes signed badges at random and judges every one. Prints the verdicts by kind of change, and
// whether anything was called valid that no longer says the same, in the same way, as what was
// signed; then exits with 1.
//
// The badges are some fifty, of every kind of proof; keys of some kinds are made for each run.
//
//   node scripts/faults/mutate-badges.mjs [--runs 100000] [--seed 0] [--threads 2]
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createViteServer } from 'vitest/node'

/** Judged badges between two lines about where a thread is. */
const PROGRESS = 50_000
/** Compacted forms of the originals, by base. */
const originals = new Map()

if (isMainThread) await runAll()
else await runShare(workerData)

async function runAll() {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '0' },
      threads: { type: 'string', default: '2' },
    },
  })
  const [runs, seed, threads] = [values.runs, values.seed, values.threads].map(Number)
  const started = performance.now()
  const shares = Array.from({ length: threads }, (_, index) => {
    const first = seed + Math.floor((runs * index) / threads)
    const end = seed + Math.floor((runs * (index + 1)) / threads)
    return inWorker({ first, end })
  })
  const total = (await Promise.all(shares)).reduce(add)
  print(total, (performance.now() - started) / 1000)
  process.exitCode = total.wrong.length === 0 && total.count === runs ? 0 : 1
}

function inWorker(data) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), {
      workerData: data,
      argv: [],
      // Most of what a check makes is gone with it: fewer, larger collections take a fifth less time.
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    })
    worker.once('error', reject)
    worker.on('message', (message) => {
      if (message.done === undefined) resolve(message)
      else console.log(`seeds up to ${message.done}`)
    })
  })
}

/** One thread's share: seeds from `first` up to `end`. */
async function runShare({ first, end }) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  const load = (file) => server.ssrLoadModule(`/${file}`)
  const tools = {
    ...(await load('src/main/compose-verifying.ts')),
    ...(await load('src/application/verification/verify-credential.ts')),
    ...(await load('test/support/signed-badges.ts')),
    ...(await load('test/support/mutation-bases.ts')),
    ...(await load('test/support/sample-lists.ts')),
    ...(await load('test/support/fixed-records.ts')),
    ...(await load('test/support/random-tampering.ts')),
    ...(await load('test/support/meaning.ts')),
  }
  parentPort.postMessage(await judgeSeeds(tools, first, end))
  await server.close()
}

async function judgeSeeds(tools, first, end) {
  const composed = await tools.composeVerifying({
    clock: { now: Date.now },
    records: tools.SAMPLE_RECORDS,
  })
  const parts = { ...composed, fetched: tools.SAMPLE_LISTS }
  const good = await tools.validBases()
  const never = await Promise.all(
    tools.NEVER_BASES.map(async (name) => ({
      name,
      badge: await tools.signedBadge(name),
      isNever: true,
    })),
  )
  const iris = await tools.termIris()
  const result = { count: 0, valid: 0, slowestMs: 0, verdicts: {}, moves: {}, rules: {}, wrong: [] }
  for (let seed = first; seed < end; seed += 1) {
    const base = seed % 4 === 0 ? never[(seed / 4) % never.length] : good[seed % good.length]
    const { text, moves } = tools.tamperAtRandom(base.badge, tools.createRandom(seed), iris)
    const begun = performance.now()
    const judged = await tools.verifyCredential(parts, new TextEncoder().encode(text))
    result.slowestMs = Math.max(result.slowestMs, performance.now() - begun)
    const fault = await faultOf(tools, judged.report.verdict, text, base)
    note(result, { judged, moves, fault, seed, base: base.name })
    if (result.count % PROGRESS === 0) parentPort.postMessage({ done: seed })
  }
  return result
}

/** Why a verdict is wrong, or undefined. */
async function faultOf(tools, verdict, text, { name, badge, isNever }) {
  if (verdict !== 'valid') return undefined
  if (isNever) return 'a bad badge became valid'
  const changed = JSON.parse(text)
  if (tools.writtenForm(changed) !== tools.writtenForm(badge)) return 'written in another way'
  if (!originals.has(name)) originals.set(name, await tools.compactedForm(badge))
  const isSame = (await tools.compactedForm(changed)) === originals.get(name)
  return isSame ? undefined : 'compacted form changed'
}

function note(result, { judged, moves, fault, seed, base }) {
  const { refusal, report } = judged
  const verdict = refusal === undefined ? report.verdict : 'refused'
  result.count += 1
  if (verdict === 'valid') result.valid += 1
  result.verdicts[verdict] = (result.verdicts[verdict] ?? 0) + 1
  if (refusal !== undefined) result.rules[refusal.rule] = (result.rules[refusal.rule] ?? 0) + 1
  for (const move of moves) {
    const row = result.moves[move] ?? {}
    result.moves[move] = { ...row, [verdict]: (row[verdict] ?? 0) + 1 }
  }
  if (fault !== undefined) result.wrong.push({ fault, seed, base, moves })
}

function add(one, other) {
  const moves = { ...one.moves }
  for (const [move, row] of Object.entries(other.moves))
    moves[move] = addCounts(moves[move] ?? {}, row)
  return {
    count: one.count + other.count,
    valid: one.valid + other.valid,
    slowestMs: Math.max(one.slowestMs, other.slowestMs),
    verdicts: addCounts(one.verdicts, other.verdicts),
    rules: addCounts(one.rules, other.rules),
    moves,
    wrong: [...one.wrong, ...other.wrong],
  }
}

function addCounts(one, other) {
  const sum = { ...one }
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

function print(total, seconds) {
  console.log(`${total.count} changed badges in ${seconds.toFixed(0)} s`)
  console.log('verdicts', total.verdicts)
  console.log('rules of the gate that refused', total.rules)
  console.table(total.moves)
  console.log(`slowest verdict: ${total.slowestMs.toFixed(0)} ms`)
  console.log(`valid although a bad badge or changed: ${total.wrong.length}`)
  for (const fault of total.wrong.slice(0, 20)) console.log(JSON.stringify(fault))
}
