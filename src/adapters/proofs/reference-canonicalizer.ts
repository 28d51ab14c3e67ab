/** Canonical forms by the reference libraries: jsonld to quads, rdf-canonize to RDFC-1.0. */
import { setImmediate as breathe } from 'node:timers/promises'
import jsonld from 'jsonld'
import { canonize } from 'rdf-canonize'
import type { Canonicalizer } from '../../application/ports/proofs.js'
import type { JsonObject } from '../../domain/json.js'
import './shared-term-tables.js'

/** What nodes without names are told apart by; keys of P-384 go with the longer one. */
export type CanonicalHash = 'SHA-256' | 'SHA-384'

/** A JSON-LD document loader as the libraries call it. */
export type LibraryLoader = (url: string) => Promise<object>

/** 3 passes every graph of the W3C test set; poison graphs still stop (rdf-canonize, maxWorkFactor). */
const MAX_WORK_FACTOR = 3
/** What rdf-canonize says of a graph beyond that. */
export const TOO_COSTLY = /Maximum deep iterations/

/**
 * N-Quads in RDFC-1.0 canonical order. Base null and safe mode: whatever would be dropped is an
 * error (Data Integrity 1.0 section 4.2).
 */
export async function canonizeToNQuads(
  document: object,
  documentLoader: LibraryLoader,
  messageDigestAlgorithm: CanonicalHash = 'SHA-256',
): Promise<string> {
  const dataset = await jsonld.toRDF(structuredClone(document), {
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    produceGeneralizedRdf: false,
    documentLoader,
  })
  return canonize(dataset, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    maxWorkFactor: MAX_WORK_FACTOR,
    messageDigestAlgorithm,
  })
}

export function createReferenceCanonicalizer(documentLoader: LibraryLoader): Canonicalizer {
  return {
    async canonicalize(document: JsonObject) {
      // Between two badges the process answers whoever else is waiting.
      await breathe()
      try {
        return { nquads: await canonizeToNQuads(document, documentLoader) }
      } catch (error) {
        const refusal = describeFailure(error)
        return { refusal, isTooCostly: TOO_COSTLY.test(refusal) }
      }
    },
  }
}

/** One sentence from what jsonld throws; its details name the member that was not understood. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure'
  const details = (error as { details?: { event?: { message?: string; details?: object } } })
    .details
  const event = details?.event
  if (event?.message === undefined) return error.message.slice(0, 300)
  return `${event.message} ${JSON.stringify(event.details ?? {}).slice(0, 200)}`
}
