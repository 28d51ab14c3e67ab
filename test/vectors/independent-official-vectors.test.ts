/** The independent verifier against 1EdTech's own vectors. */
import { describe, expect, it } from 'vitest'
import {
  loadPinnedContexts,
  readContextManifest,
} from '../../src/adapters/documents/pinned-contexts.js'
import { parseCredential } from '../../src/adapters/independent/credential-text.js'
import { createIndependentVerifier } from '../../src/adapters/independent/independent-verifier.js'
import { createQuadReader } from '../../src/adapters/independent/json-ld-quads.js'
import { canonicalise } from '../../src/adapters/independent/rdfc.js'
import { hasOfficialData, readOfficial } from '../support/official-data.js'

const OB_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

const read = (path: string): string => readOfficial(`vectors/${path}`)
const contexts = await loadPinnedContexts()
const verifier = createIndependentVerifier(contexts)

describe.skipIf(!hasOfficialData)(
  `the signing vector of Open Badges 3.0 (skipped without ../shared/ob3)`,
  () => {
    const vector = () => JSON.parse(read('eddsa-rdfc-2022/vector.json'))
    const canonical = async (document: object) =>
      canonicalise(
        await createQuadReader(contexts)(parseCredential(JSON.stringify(document), contexts)),
      )

    it('canonicalises the document byte for byte', async () => {
      expect(await canonical(vector().unsignedCredential)).toBe(
        read('eddsa-rdfc-2022/document-canon.nq'),
      )
    })

    it('canonicalises the proof options byte for byte', async () => {
      const { unsignedCredential, proofOptions } = vector()
      const options = { '@context': unsignedCredential['@context'], ...proofOptions }
      expect(await canonical(options)).toBe(read('eddsa-rdfc-2022/proof-canon.nq'))
    })

    it('verifies the published signature', async () => {
      const { unsignedCredential, proofOptions, proofValue, documentHashHex } = vector()
      const proof = [{ ...proofOptions, proofValue }]
      const verdict = await verifier.verify(JSON.stringify({ ...unsignedCredential, proof }))
      expect(verdict).toEqual({
        verified: true,
        reasons: [],
        canonicalDocumentHash: documentHashHex,
      })
    })
  },
)

/** Expired and not yet valid badges have good proofs; what is refused says why. */
const SAMPLES: readonly (readonly [string, string | undefined])[] = [
  ['complete.json', undefined],
  ['endorsement-valid.json', undefined],
  ['simple.json', undefined],
  ['simple_v1.json', undefined],
  ['simple-context-version.json', undefined],
  ['simple-err-expired.json', undefined],
  ['simple-err-issued.json', undefined],
  ['bit-string-list/testlist', undefined],
  ['bit-string-list/credential-status-revoked.json', undefined],
  ['bit-string-list/credential-status-revoked-blank-nodes.json', undefined],
  ['simple-did-key-method.json', 'not a fragment of the issuer'],
  ['simple-eddsa-2022.json', 'neither eddsa-rdfc-2022 nor Ed25519Signature2020'],
  ['simple-err-context.json', 'VerifiableCredential'],
  ['simple-err-credential-subject-result-type.json', 'InvalidResult'],
  ['simple-err-issuer-type.json', 'InvalidProfile'],
  ['simple-err-proof-method-unknown-scheme.json', 'not a fragment of the issuer'],
  ['simple-err-proof-value.json', 'The signature does not belong'],
  ['simple-err-type.json', 'OtherCredential'],
  ['simple-multiple-proofs.json', 'neither eddsa-rdfc-2022 nor Ed25519Signature2020'],
  ['simple-noproof.json', 'has no proof'],
  ['sd/derivedcredential.json', 'neither eddsa-rdfc-2022 nor Ed25519Signature2020'],
]

describe.skipIf(!hasOfficialData)(`the validator's samples (skipped without ../shared/ob3)`, () => {
  it.each(SAMPLES)('%s', async (path, reason) => {
    const verdict = await verifier.verify(read(`validator/${path}`))
    expect(verdict.verified).toBe(reason === undefined)
    expect(verdict.reasons).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)])
  })

  it('have the same canonical form with and without the terms added to 3.0.3', async () => {
    const { contexts: entries } = await readContextManifest()
    const bare = entries.map(({ additions: _, publishedSha256: __, ...entry }) => entry)
    const without = createIndependentVerifier(await loadPinnedContexts({ contexts: bare }))
    const texts = SAMPLES.map(([path]) => read(`validator/${path}`))
    const affected = texts.filter((text) => text.includes(OB_3_0_3))
    expect(affected.length).toBeGreaterThan(12)
    for (const text of affected) {
      expect(await without.verify(text)).toEqual(await verifier.verify(text))
    }
  })
})
