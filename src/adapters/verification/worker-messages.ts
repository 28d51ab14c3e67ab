/** What passes between the server and its verification workers. */
import type { VerifyResult } from '../../application/ports/verifier.js'
import type { JsonObject } from '../../domain/json.js'

/** Known controller documents by id, handed over when a worker starts. */
export type WorkerSetup = { readonly controllerDocuments: Readonly<Record<string, JsonObject>> }

export type VerifyJob = { readonly bytes: Uint8Array }

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: VerifyResult }
  | { readonly kind: 'broken'; readonly message: string }
