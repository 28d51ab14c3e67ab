/** What passes between the server and its verification workers. */
import type { ReadInput } from '../../application/ports/inputs.js'
import type {
  Answers,
  OwnRecords,
  PassResult,
  VerifyOptions,
} from '../../application/ports/verifier.js'
import type { TrustList } from '../../domain/trust-list.js'

/** What a worker is given when it starts; it reads no files and no settings. */
export type WorkerData = {
  readonly trustLists: readonly TrustList[]
  /** Whether it gives way to the other workers and to the server, wherever they want a processor. */
  readonly givesWay: boolean
}

export type VerifyJob = {
  readonly kind: 'job'
  readonly input: Uint8Array | ReadInput
  readonly options: VerifyOptions
  readonly answers: Answers
}

/** A look-up that a worker asks for, by number; each is a call of OwnRecords. */
export type Question = { readonly kind: 'question'; readonly number: number } & Call

export type Call =
  | { readonly name: 'findController'; readonly args: Parameters<OwnRecords['findController']> }
  | { readonly name: 'findStatus'; readonly args: Parameters<OwnRecords['findStatus']> }
  | { readonly name: 'findIssued'; readonly args: Parameters<OwnRecords['findIssued']> }
  | { readonly name: 'recallKeys'; readonly args: Parameters<OwnRecords['recallKeys']> }

export type Answer = { readonly kind: 'answer'; readonly number: number } & (
  | { readonly found: unknown }
  /** The records cannot be asked now. */
  | { readonly unavailable: true }
  /** A bug of ours. */
  | { readonly broken: string }
)

export type ServerMessage = VerifyJob | Answer

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | Question
  | { readonly kind: 'done'; readonly result: PassResult }
  | { readonly kind: 'broken'; readonly message: string }
