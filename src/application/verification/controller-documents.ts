/** Where issuers' keys are looked up: in our own records, in the identifier itself, or where it leads. */
import { IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject } from '../../domain/json.js'
import { didWebUrl } from '../../domain/published-keys/did-web.js'
import { resolveDidJwk, resolveDidKey } from '../../domain/published-keys/self-describing-dids.js'
import type {
  ControllerDocuments,
  ControllerLookup,
  FetchedDocuments,
  OwnRecords,
} from '../ports/verifier.js'
import { findKeyDocument } from './key-document.js'

/**
 * Our own come first: they know what became of a key, which a `did:key` cannot say of itself.
 * @param fetched what came from others for this verification
 */
export function createControllerDocuments(
  records: Pick<OwnRecords, 'findController'>,
  fetched: FetchedDocuments,
): ControllerDocuments {
  return {
    async find(controller) {
      return (await findOwn(records, controller)) ?? resolve(fetched, controller)
    },
  }
}

/** One of ours that cannot be asked for now is not at hand. */
async function findOwn(
  records: Pick<OwnRecords, 'findController'>,
  id: string,
): Promise<ControllerLookup | undefined> {
  try {
    const document = await records.findController(id)
    return isJsonObject(document) ? { kind: 'found', document } : undefined
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code !== 'STORE_UNAVAILABLE') throw error
    return { kind: 'unreachable', code: 'key-not-at-hand', sentence: error.message }
  }
}

/** The methods that are known here; any other DID may be somebody's good one. */
function resolve(fetched: FetchedDocuments, controller: string): ControllerLookup {
  if (/^https?:\/\//.test(controller)) return findKeyDocument(fetched, controller)
  const [scheme, method] = controller.split(':')
  if (scheme !== 'did') return notLookedUp(controller)
  switch (method) {
    case 'key':
    case 'jwk':
      return resolveItself(controller)
    case 'web': {
      const url = didWebUrl(controller)
      return url === undefined
        ? { kind: 'refused', code: 'did-malformed', sentence: 'Its did:web is not well-formed.' }
        : findKeyDocument(fetched, url)
    }
    default:
      return notLookedUp(controller)
  }
}

function resolveItself(did: string): ControllerLookup {
  const document = resolveDidKey(did) ?? resolveDidJwk(did)
  if (document !== undefined) return { kind: 'found', document }
  const sentence = 'The key named by the proof is not an Ed25519, P-256, P-384 or RSA key.'
  return { kind: 'refused', code: 'method-key-form', sentence }
}

/** Of a kind that is not looked up here. */
function notLookedUp(id: string): ControllerLookup {
  const kind = /^(did:[a-z0-9]{1,40}):/.exec(id)?.[1] ?? 'this kind'
  const sentence = `Identifiers of ${kind} are not looked up here.`
  return { kind: 'unreachable', code: 'key-not-at-hand', sentence }
}
