/** Where issuers' keys are looked up: first in our own records, then in the identifier itself. */
import { IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject } from '../../domain/json.js'
import { resolveDidKey } from '../../domain/verification-method.js'
import type {
  ControllerDocuments,
  ControllerLookup,
  FetchedDocuments,
  OwnRecords,
} from '../ports/verifier.js'

/**
 * Our own come first: they know what became of a key, which a `did:key` cannot say of itself.
 * @param fetched what came from others for this verification
 */
export function createControllerDocuments(
  records: OwnRecords,
  _fetched: FetchedDocuments,
): ControllerDocuments {
  return {
    async find(controller) {
      const own = await findOwn(records, controller)
      return own ?? resolve(controller)
    },
  }
}

/** One of ours that cannot be asked for now is not at hand. */
async function findOwn(records: OwnRecords, id: string): Promise<ControllerLookup | undefined> {
  try {
    const document = await records.findController(id)
    return isJsonObject(document) ? { kind: 'found', document } : undefined
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code !== 'STORE_UNAVAILABLE') throw error
    return { kind: 'unreachable', code: 'key-not-at-hand', sentence: error.message }
  }
}

function resolve(controller: string): ControllerLookup {
  const document = resolveDidKey(controller)
  if (document !== undefined) return { kind: 'found', document }
  if (controller.startsWith('did:key:')) {
    const sentence = 'The key named by the proof is not an Ed25519 key.'
    return { kind: 'refused', code: 'method-key-form', sentence }
  }
  const sentence = `The published keys of ${controller.slice(0, 200)} are not at hand here.`
  return { kind: 'unreachable', code: 'key-not-at-hand', sentence }
}
