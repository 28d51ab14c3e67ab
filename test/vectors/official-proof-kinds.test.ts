/** Published samples of the kinds of proof that we verify and do not make. */
import { describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { createProofVerifier } from '../../src/adapters/proofs/proof-verifier.js'
import { checkProofs } from '../../src/application/verification/proof-check.js'
import type { JsonObject } from '../../src/domain/json.js'
import { supportedProofs } from '../../src/domain/proof.js'
import type { KeyType } from '../../src/domain/published-keys/published-key.js'
import { hasOfficialData, readOfficial } from '../support/official-data.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const verifier = createProofVerifier(createDocumentLoader(await loadPinnedContexts()))

const SAMPLES: readonly (readonly [string, KeyType])[] = [
  ['sd/derivedcredential.json', 'P-256'],
  ['simple-eddsa-2022.json', 'Ed25519'],
]

/** With the keys that stand in the fragments of the samples. */
async function judge(document: JsonObject, keyType: KeyType): Promise<readonly string[]> {
  const keys = supportedProofs(document).map((proof) => {
    const id = proof.verificationMethod ?? ''
    const [controller = '', publicKeyMultibase = ''] = id.split('#')
    return {
      kind: 'found',
      proof,
      method: { id, controller, keyType, publicKeyMultibase },
    } as const
  })
  const { outcome, problems } = await checkProofs(document, keys, verifier, NOW)
  return [outcome, ...problems.map(({ code }) => code)]
}

describe.skipIf(!hasOfficialData)('published proofs (skipped without ../shared/ob3)', () => {
  it.each(SAMPLES)('%s holds', async (name, keyType) => {
    const document = JSON.parse(readOfficial(`vectors/validator/${name}`)) as JsonObject
    const warnings = keyType === 'P-256' ? ['proof-selective'] : []
    expect(await judge(document, keyType)).toEqual(['passed', ...warnings])
  })

  it.each(SAMPLES)('%s does not hold with another subject', async (name, keyType) => {
    const document = JSON.parse(readOfficial(`vectors/validator/${name}`)) as JsonObject
    const subject = { ...(document['credentialSubject'] as JsonObject), id: 'did:example:other' }
    const changed = { ...document, credentialSubject: subject }
    expect(await judge(changed, keyType)).toEqual(['failed', 'signature-mismatch'])
  })
})
