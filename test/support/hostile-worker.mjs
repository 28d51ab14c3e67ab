// A verification worker that misbehaves as the document tells it to. For tests of the worker pool.
import { parentPort } from 'node:worker_threads'

const report = { verdict: 'unknown', checkedAt: '', format: 'test', checks: [] }
const hoard = []

const DEEDS = {
  answer: () =>
    parentPort.postMessage({ kind: 'done', result: { result: { report }, wanted: [] } }),
  spin: () => {
    const end = Date.now() + 60_000
    while (Date.now() < end);
  },
  hoard: () => {
    for (;;) hoard.push(new Array(100_000).fill(hoard.length))
  },
  throw: () => {
    throw new Error('as told')
  },
  exit: () => process.exit(3),
  // Asks about a status; the report says what was answered.
  ask: () =>
    parentPort.postMessage({ kind: 'question', number: 7, name: 'findStatus', args: ['list', 5] }),
  'ask and end': () => {
    DEEDS.ask()
    DEEDS.answer()
  },
  tell: (answer) => {
    const told = { ...report, format: JSON.stringify(answer) }
    parentPort.postMessage({ kind: 'done', result: { result: { report: told }, wanted: [] } })
  },
  broken: () => parentPort.postMessage({ kind: 'broken', message: 'as told' }),
}

parentPort.on('message', (message) => {
  if (message.kind === 'answer') DEEDS.tell(message)
  else DEEDS[new TextDecoder().decode(message.input)]()
})
parentPort.postMessage({ kind: 'ready' })
