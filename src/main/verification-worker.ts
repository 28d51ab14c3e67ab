/** Entry of a verification worker: wires the verifier once, then judges one document at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../adapters/system/environment.js'
import { giveWay } from '../adapters/system/give-way.js'
import { createAskedRecords } from '../adapters/verification/asked-records.js'
import type {
  ServerMessage,
  WorkerData,
  WorkerMessage,
} from '../adapters/verification/worker-messages.js'
import { judge } from '../application/verification/judge.js'
import { composeVerifying } from './compose-verifying.js'
import { warmUp } from './warm-up.js'

const { trustLists, givesWay } = workerData as WorkerData
if (givesWay) giveWay()

const port = parentPort
if (port === null) throw new Error('this module runs as a worker')
const send = (message: WorkerMessage) => port.postMessage(message)

const asked = createAskedRecords(send)
const parts = await composeVerifying({ clock: systemClock, records: asked.records, trustLists })
await warmUp(parts)

port.on('message', (message: ServerMessage) => {
  if (message.kind === 'answer') {
    asked.receive(message)
    return
  }
  judge(parts, message.input, message.options, message.answers).then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) =>
      send({ kind: 'broken', message: error instanceof Error ? error.message : 'unknown' }),
  )
})
send({ kind: 'ready' })
