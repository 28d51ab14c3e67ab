/** The service's own records as a worker has them: it asks the main thread by message. */
import type {
  IssuedRecord,
  KeyMemory,
  OwnRecords,
  OwnStatus,
} from '../../application/ports/verifier.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { Answer, Call, Question } from './worker-messages.js'

export type AskedRecords = {
  readonly records: OwnRecords
  /** Takes what the main thread answered; an answer that nobody waits for is dropped. */
  receive(answer: Answer): void
}

type Waiting = {
  readonly resolve: (found: unknown) => void
  readonly reject: (error: Error) => void
}

/** @param send posts a question to the main thread */
export function createAskedRecords(send: (question: Question) => void): AskedRecords {
  const waiting = new Map<number, Waiting>()
  let last = 0
  const ask = (call: Call) =>
    new Promise<unknown>((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      send({ kind: 'question', number: last, ...call })
    })
  return {
    records: {
      findController: async (...args) =>
        (await ask({ name: 'findController', args })) as object | undefined,
      findStatus: async (...args) => (await ask({ name: 'findStatus', args })) as OwnStatus,
      findIssued: async (...args) =>
        (await ask({ name: 'findIssued', args })) as IssuedRecord | undefined,
      recallKeys: async (...args) => (await ask({ name: 'recallKeys', args })) as KeyMemory,
    },
    receive(answer) {
      const asker = waiting.get(answer.number)
      waiting.delete(answer.number)
      if ('found' in answer) asker?.resolve(answer.found)
      else if ('broken' in answer) asker?.reject(new Error(answer.broken))
      else asker?.reject(unavailable())
    },
  }
}

/**
 * The main thread's side: asks the records, and gives up after a while, so that a slow database costs
 * an answer and never the worker. Never rejects.
 */
export async function answerQuestion(
  records: OwnRecords,
  question: Question,
  patienceMs: number,
): Promise<Answer> {
  const { number } = question
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable()), patienceMs)
  })
  try {
    return { kind: 'answer', number, found: await Promise.race([call(records, question), late]) }
  } catch (error) {
    if (error instanceof IssuerError && error.code === 'STORE_UNAVAILABLE')
      return { kind: 'answer', number, unavailable: true }
    const broken = error instanceof Error ? error.message : 'unknown'
    return { kind: 'answer', number, broken }
  } finally {
    clearTimeout(timer)
  }
}

function call(records: OwnRecords, question: Question): Promise<unknown> {
  switch (question.name) {
    case 'findController':
      return records.findController(...question.args)
    case 'findStatus':
      return records.findStatus(...question.args)
    case 'findIssued':
      return records.findIssued(...question.args)
    case 'recallKeys':
      return records.recallKeys(...question.args)
  }
}

function unavailable(): IssuerError {
  return new IssuerError('STORE_UNAVAILABLE', 'Our own records do not answer; try again.')
}
