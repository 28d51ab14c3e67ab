/** What somebody makes of badges who has nothing but what an issuer publishes, `@digitalbazaar/vc` and `jose`. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { compactVerify, createLocalJWKSet } from 'jose'
import { createDocumentLoader } from '../../dist/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../dist/adapters/documents/pinned-contexts.js'

const MULTIKEY = 'https://w3id.org/security/multikey/v1'

/**
 * @param did a DID document
 * @returns a function from a secured credential's text to '' or what is wrong; statuses are not looked at
 */
export async function createBadgeReader(did) {
  const published = new Map([
    [did.id, did],
    ...did.verificationMethod.map((method) => [method.id, { '@context': MULTIKEY, ...method }]),
  ])
  const documentLoader = createDocumentLoader(await loadPinnedContexts(), (url) =>
    published.get(url),
  )
  return async (text) => {
    const { verified, error } = await verifyCredential({
      credential: JSON.parse(text),
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader,
      checkStatus: async () => ({ verified: true }),
    })
    return verified ? '' : (error?.errors?.[0]?.message ?? String(error))
  }
}

/**
 * @param jwks a JWK Set
 * @returns a function from a VC-JWT and the id it must carry to '' or what is wrong
 */
export function createTokenReader(jwks) {
  const keys = createLocalJWKSet(jwks)
  return async (token, id) => {
    try {
      const { payload } = await compactVerify(token, keys, { algorithms: ['ES256'] })
      const { jti } = JSON.parse(new TextDecoder().decode(payload))
      return jti === id ? '' : `it is the token of ${jti}`
    } catch (error) {
      return error.message
    }
  }
}
