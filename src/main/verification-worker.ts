/** Entry of a verification worker: wires the verifier once, then judges one document at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../adapters/system/environment.js'
import type {
  VerifyJob,
  WorkerMessage,
  WorkerSetup,
} from '../adapters/verification/worker-messages.js'
import { verifyCredential } from '../application/verification/verify-credential.js'
import { composeVerifying } from './compose-verifying.js'

const port = parentPort
if (port === null) throw new Error('this module runs as a worker')
const send = (message: WorkerMessage) => port.postMessage(message)

const { controllerDocuments } = workerData as WorkerSetup
const parts = await composeVerifying({ clock: systemClock, controllerDocuments })

port.on('message', (job: VerifyJob) => {
  verifyCredential(parts, job.bytes).then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) =>
      send({ kind: 'broken', message: error instanceof Error ? error.message : 'unknown' }),
  )
})
send({ kind: 'ready' })
