/** The only source of JSON-LD documents for signing and verifying. It cannot reach a network. */
import { IssuerError } from '../../domain/issuer-error.js'
import type { PinnedContexts } from './pinned-contexts.js'

/** A JSON-LD RemoteDocument (JSON-LD 1.1 API, section 9.4.4). */
type LoadedDocument = {
  readonly contextUrl: null
  readonly documentUrl: string
  readonly document: unknown
  /** Says that the document never changes, so that a processor may keep what it made of it. */
  readonly tag?: 'static'
}

export type DocumentLoader = (url: string) => Promise<LoadedDocument>

/**
 * Creates the document loader for JSON-LD processors.
 *
 * @param contexts the pinned contexts, served frozen
 * @param extra further documents by URL (a key, a controlled identifier document) that the caller
 *   already holds; pinned contexts cannot be replaced by it
 * @returns a loader that rejects with IssuerError CONTEXT_NOT_PINNED for every other URL
 */
export function createDocumentLoader(
  contexts: PinnedContexts,
  extra?: (url: string) => unknown | undefined,
): DocumentLoader {
  return async (url) => {
    const context = contexts.find(url)
    if (context !== undefined) {
      return { contextUrl: null, documentUrl: url, document: context, tag: 'static' }
    }
    const document = extra?.(url)
    if (document !== undefined) return { contextUrl: null, documentUrl: url, document }
    throw new IssuerError(
      'CONTEXT_NOT_PINNED',
      `The document ${url.slice(0, 200)} is not among those this service knows; use only the contexts it names.`,
    )
  }
}
