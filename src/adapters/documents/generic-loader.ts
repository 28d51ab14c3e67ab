/** Documents for credentials of any kind: the pinned contexts, and the one of examples. */
import { EXAMPLES_CONTEXT } from '../../domain/raw-gate/generic-gate.js'
import { createDocumentLoader, type DocumentLoader } from './document-loader.js'
import type { PinnedContexts } from './pinned-contexts.js'

/** All that the context for examples says; it would let a badge say anything, so badges have no use of it. */
const EXAMPLES = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }

/** Addresses of all contexts that such credentials may name. */
export function genericContexts(contexts: PinnedContexts): ReadonlySet<string> {
  return new Set([...contexts.urls(), EXAMPLES_CONTEXT])
}

export function createGenericLoader(contexts: PinnedContexts): DocumentLoader {
  return createDocumentLoader(contexts, (url) => (url === EXAMPLES_CONTEXT ? EXAMPLES : undefined))
}
