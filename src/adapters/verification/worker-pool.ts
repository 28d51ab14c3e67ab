/**
 * Verifies untrusted documents off the main thread: a fixed number of workers, each with a memory
 * limit, each job with a deadline. A worker that is late is ended and replaced; nothing an input
 * does can hold up the server.
 */
import { Worker } from 'node:worker_threads'
import type { JudgePass, OwnRecords, PassResult } from '../../application/ports/verifier.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { TrustList } from '../../domain/trust-list.js'
import { answerQuestion } from './asked-records.js'
import {
  createLanes,
  HELP_AFTER_MS,
  type Lane,
  type Lanes,
  laneOf,
  type Share,
} from './job-lanes.js'
import type {
  Question,
  ServerMessage,
  VerifyJob,
  WorkerData,
  WorkerMessage,
} from './worker-messages.js'

export type WorkerPoolOptions = {
  /** The built worker module. */
  readonly workerUrl: URL
  /** What the workers may ask about; they have no database. */
  readonly records: OwnRecords
  /** Whom the operator's lists vouch for. */
  readonly trustLists: readonly TrustList[]
  readonly workers: number
  readonly deadlineMs: number
  /** How many jobs may wait; of those that take long, an eighth as many. */
  readonly maxQueue: number
  readonly maxHeapMb: number
}

export type WorkerPool = {
  /** @throws IssuerError VERIFIER_BUSY, VERIFIER_TIMEOUT */
  readonly judge: JudgePass
  /** Resolves when every worker has loaded its libraries. */
  ready(): Promise<void>
  close(): Promise<void>
}

type Job = {
  readonly message: VerifyJob
  readonly lane: Lane
  readonly resolve: (result: PassResult) => void
  readonly reject: (error: Error) => void
  /** Gives the job up when no worker takes it in time. */
  readonly patience: NodeJS.Timeout
}

/** A job of the heavy lane takes a worker up to its deadline. */
const HEAVY_SHARE = 8
/** Its worker gives way to all others, so it may take so many times as long. */
const HEAVY_TIMES = 2

/** A timer may fire this much early. */
const TIMER_SLACK_MS = 5

/** How long a job may wait for a worker. */
const MAX_WAIT_MS = 10_000

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { maxQueue } = options
  const limits = { light: maxQueue, heavy: Math.ceil(maxQueue / HEAVY_SHARE) }
  const lanes = createLanes<Job>(limits, () => performance.now())
  const others: Slot[] = []
  const areHeldUp = () => others.every((slot) => slot.isHeldUp())
  const slots = sharesOf(options.workers).map((share) => {
    const isHelper = share === 'heavy'
    const next = () => lanes.next(isHelper && areHeldUp() ? 'all' : share)
    const slot = new Slot(options, next, isHelper)
    if (!isHelper) others.push(slot)
    return slot
  })
  const offer = () => {
    for (const slot of slots) slot.take()
    // The next one begins with another worker: all of them stay warm.
    slots.push(...slots.splice(0, 1))
  }
  let isClosed = false
  return {
    judge(input, asked, answers) {
      if (isClosed) return Promise.reject(stopping())
      return new Promise((resolve, reject) => {
        const message = { kind: 'job', input, options: asked, answers } as const
        const job = createJob(message, laneOf(input, answers), resolve, reject, lanes)
        if (!lanes.add(job.lane, job)) giveUp(job)
        offer()
        setTimeout(offer, HELP_AFTER_MS + TIMER_SLACK_MS).unref()
      })
    },
    ready: async () => {
      await Promise.all(slots.map((slot) => slot.ready))
    },
    close: async () => {
      isClosed = true
      for (const job of lanes.clear()) {
        clearTimeout(job.patience)
        job.reject(stopping())
      }
      await Promise.all(slots.map((slot) => slot.close()))
    },
  }
}

function sharesOf(workers: number): readonly Share[] {
  if (workers === 1) return ['all']
  return Array.from({ length: workers }, (_, index) => (index === 0 ? 'heavy' : 'light'))
}

function createJob(
  message: VerifyJob,
  lane: Lane,
  resolve: Job['resolve'],
  reject: Job['reject'],
  lanes: Lanes<Job>,
): Job {
  const lose = () => {
    lanes.remove(job)
    giveUp(job)
  }
  const job: Job = { message, lane, resolve, reject, patience: setTimeout(lose, MAX_WAIT_MS) }
  return job
}

function giveUp({ patience, reject }: Job): void {
  clearTimeout(patience)
  reject(busy())
}

function busy(): IssuerError {
  const sentence = 'Too many checks are waiting; try again in a few seconds.'
  return new IssuerError('VERIFIER_BUSY', sentence)
}

function stopping(): IssuerError {
  return new IssuerError('VERIFIER_BUSY', 'The service is stopping; try again.')
}

/** One worker and the job it is on; replaces the worker when it dies or is ended. */
class Slot {
  readonly #options: WorkerPoolOptions
  readonly #next: () => Job | undefined
  readonly #givesWay: boolean
  #worker: Worker
  #job: Job | undefined
  #deadline: NodeJS.Timeout | undefined
  /** When it took its job. */
  #since = 0
  #isReady = false
  #isClosed = false
  #failures = 0
  ready: Promise<void>

  /** @param givesWay whether it is the one for the heavy lane, beside others */
  constructor(options: WorkerPoolOptions, next: () => Job | undefined, givesWay: boolean) {
    this.#options = options
    this.#next = next
    this.#givesWay = givesWay
    ;({ worker: this.#worker, ready: this.ready } = this.#start())
  }

  /** Whether it will not take another job soon. */
  isHeldUp(): boolean {
    if (!this.#isReady) return true
    return this.#job !== undefined && performance.now() - this.#since >= HELP_AFTER_MS
  }

  /** Takes the next job when the worker is idle. */
  take(): void {
    if (!this.#isReady || this.#job !== undefined || this.#isClosed) return
    const job = this.#next()
    if (job === undefined) return
    clearTimeout(job.patience)
    this.#job = job
    this.#since = performance.now()
    const times = job.lane === 'heavy' ? HEAVY_TIMES : 1
    this.#deadline = setTimeout(() => this.#timeOut(), this.#options.deadlineMs * times)
    this.#send(job.message)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#settle()?.reject(stopping())
    await this.#worker.terminate()
  }

  #start(): { worker: Worker; ready: Promise<void> } {
    const worker = new Worker(this.#options.workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.maxHeapMb, stackSizeMb: 4 },
      env: {},
      workerData: {
        trustLists: this.#options.trustLists,
        givesWay: this.#givesWay,
      } satisfies WorkerData,
      execArgv: [],
    })
    this.#isReady = false
    const ready = new Promise<void>((resolve, reject) => {
      worker.on('error', reject)
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'ready') resolve()
        this.#receive(message)
      })
    })
    ready.catch(() => {})
    worker.once('exit', () => this.#replace(worker))
    return { worker, ready }
  }

  #receive(message: WorkerMessage): void {
    if (message.kind === 'ready') {
      this.#isReady = true
      this.#failures = 0
    } else if (message.kind === 'question') {
      void this.#answer(message)
      return
    } else {
      const job = this.#settle()
      if (message.kind === 'done') job?.resolve(message.result)
      else job?.reject(new Error(`the verification worker failed: ${message.message}`))
    }
    this.take()
  }

  /** Answers within the job's deadline; an answer to a job that is gone is dropped. */
  async #answer(question: Question): Promise<void> {
    const [job, worker] = [this.#job, this.#worker]
    const { records, deadlineMs } = this.#options
    const answer = await answerQuestion(records, question, deadlineMs / 2)
    if (job !== undefined && job === this.#job && worker === this.#worker) this.#send(answer)
  }

  #send(message: ServerMessage): void {
    this.#worker.postMessage(message)
  }

  #timeOut(): void {
    const sentence = 'Checking this document took too long, so it was given up.'
    this.#settle()?.reject(new IssuerError('VERIFIER_TIMEOUT', sentence))
    this.#isReady = false
    void this.#worker.terminate()
  }

  #settle(): Job | undefined {
    clearTimeout(this.#deadline)
    const job = this.#job
    this.#job = undefined
    return job
  }

  /** A worker that ended by itself ran out of memory; its job counts as too costly. */
  #replace(ended: Worker): void {
    if (this.#isClosed || ended !== this.#worker) return
    const sentence = 'Checking this document took too much memory, so it was given up.'
    this.#settle()?.reject(new IssuerError('VERIFIER_TIMEOUT', sentence))
    this.#isReady = false
    this.#failures += 1
    const pauseMs = this.#failures > 3 ? Math.min(30_000, 250 * 2 ** this.#failures) : 0
    setTimeout(() => {
      if (!this.#isClosed) ({ worker: this.#worker, ready: this.ready } = this.#start())
    }, pauseMs).unref()
  }
}
