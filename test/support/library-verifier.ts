/** What a stranger with @digitalbazaar/vc makes of a credential and a published DID document. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { isJsonObject, type JsonObject, listMember, textMember } from '../../src/domain/json.js'

/** What a resolver answers: the DID document, or one method of it with its own context. */
export function documentOf(did: JsonObject, url: string): JsonObject | undefined {
  if (url === textMember(did, 'id')) return did
  const method = listMember(did, 'verificationMethod').find((one) => textMember(one, 'id') === url)
  if (!isJsonObject(method)) return undefined
  return { '@context': 'https://w3id.org/security/multikey/v1', ...method }
}

/** Whether the certified proof verifies; statuses are not looked at. */
export async function isVerifiedByLibrary(
  securedJson: string,
  did: JsonObject,
  nowMs: number,
): Promise<boolean> {
  const contexts = await loadPinnedContexts()
  const { verified } = await verifyCredential({
    credential: JSON.parse(securedJson) as object,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: createDocumentLoader(contexts, (url) => documentOf(did, url)),
    checkStatus: async () => ({ verified: true }),
    now: new Date(nowMs),
  })
  return verified
}
