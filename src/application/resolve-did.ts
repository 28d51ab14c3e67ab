/** Resolves DIDs for anybody (DID Resolution 0.3): ours, those that hold their key, and did:web. */
import type { JsonObject } from '../domain/json.js'
import { textMember } from '../domain/json.js'
import type { OwnRecordsParts } from './own-records.js'
import type { OutboundAnswer } from './ports/outbound.js'
import { readOwnDidDocument } from './read-issuer.js'
import { createControllerDocuments } from './verification/controller-documents.js'
import { createPassDocuments } from './verification/fetched-documents.js'
import type { DocumentSource } from './verify-with-documents.js'

/** The error types of https://www.w3.org/ns/did that can be said here. */
export type DidError =
  | 'INVALID_DID'
  | 'NOT_FOUND'
  | 'METHOD_NOT_SUPPORTED'
  | 'INVALID_DID_DOCUMENT'
  /** It is not known now whether there is one. */
  | 'INTERNAL_ERROR'

export type DidResolution =
  | { readonly kind: 'resolved'; readonly document: JsonObject }
  | { readonly kind: 'unresolved'; readonly error: DidError; readonly detail: string }

export type DidResolver = (did: string) => Promise<DidResolution>

const MAX_CHARS = 8192
/** Method and method-specific id (DID Core 1.0 section 3.1); no path, query or fragment. */
const DID = /^did:([a-z0-9]+):(?:[\w.-]|%[0-9A-Fa-f]{2}|:)*(?:[\w.-]|%[0-9A-Fa-f]{2})$/
const METHODS = ['key', 'jwk', 'web']

/**
 * @param parts our own records; absent where there is no database
 * @param source where documents of others come from
 */
export function createDidResolver(
  parts: OwnRecordsParts | undefined,
  source: DocumentSource,
): DidResolver {
  return async (did) => {
    const [, method] = (did.length <= MAX_CHARS && DID.exec(did)) || []
    if (method === undefined) return failure('INVALID_DID', 'This is not a DID.')
    const own = parts && (await readOwnDidDocument(parts.database.stores, did))
    if (own !== undefined) return { kind: 'resolved', document: own }
    return METHODS.includes(method)
      ? resolveForeign(did, source)
      : failure('METHOD_NOT_SUPPORTED', `Only ${METHODS.map((one) => `did:${one}`).join(', ')}.`)
  }
}

/** Looked for, fetched if that is what it takes, and looked for again. */
async function resolveForeign(did: string, source: DocumentSource): Promise<DidResolution> {
  const answers = new Map<string, OutboundAnswer>()
  const look = () => {
    const fetched = createPassDocuments(answers)
    const lookup = createControllerDocuments(NOTHING_OF_OURS, fetched).find(did)
    return lookup.then((found) => ({ found, wanted: fetched.wanted() }))
  }
  const { wanted } = await look()
  for (const one of wanted) answers.set(one.url, await source(one))
  const { found } = await look()
  switch (found.kind) {
    case 'found':
      return textMember(found.document, 'id') === did
        ? { kind: 'resolved', document: found.document }
        : failure('INVALID_DID_DOCUMENT', 'The document that came is that of another DID.')
    case 'refused':
      return failure('INVALID_DID', found.sentence)
    case 'wanted':
      return failure('INTERNAL_ERROR', 'It could not be looked up now.')
    case 'unreachable':
      return failure(errorFor([...answers.values()]), found.sentence)
  }
}

const NOTHING_OF_OURS = { findController: async () => undefined }

/** What a web server or a name server denies is not there; all else may be there another time. */
function errorFor(answers: readonly OutboundAnswer[]): DidError {
  const [answer] = answers
  if (answer?.kind === 'document') return 'INVALID_DID_DOCUMENT'
  const isDenied = answer?.fault === 'http-status' || answer?.fault === 'name-not-found'
  const isForbidden = answer?.fault === 'url-not-allowed' || answer?.fault === 'address-not-allowed'
  return isDenied || isForbidden ? 'NOT_FOUND' : 'INTERNAL_ERROR'
}

function failure(error: DidError, detail: string): DidResolution {
  return { kind: 'unresolved', error, detail }
}
