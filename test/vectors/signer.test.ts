/** The published eddsa-rdfc-2022 vector, made again with our own signer, byte for byte. */
import { createHash, sign, verify } from 'node:crypto'
import { issue } from '@digitalbazaar/vc'
import { decode } from 'base58-universal'
import { describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { toPublicKey } from '../../src/adapters/proofs/public-key.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import { createMemoCanonize, createSuite } from '../../src/adapters/proofs/suites.js'
import { hasOfficialData, readOfficial } from '../support/official-data.js'
import { keyFromSeed } from '../support/service.js'

type Vector = {
  readonly publicKeyMultibase: string
  readonly secretKeyMultibase: string
  readonly unsignedCredential: Readonly<Record<string, unknown>>
  readonly proofOptions: Readonly<Record<string, string>>
  readonly documentHashHex: string
  readonly proofHashHex: string
  readonly signatureHex: string
  readonly proofValue: string
}

const read = (name: string) => readOfficial(`vectors/eddsa-rdfc-2022/${name}`)
const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** Ed25519 seed in a Multikey secret: two header bytes, 32 of seed, then the public half. */
function seedOf(secretKeyMultibase: string): Uint8Array {
  return decode(secretKeyMultibase.slice(1)).slice(2, 34)
}

describe.skipIf(!hasOfficialData)(
  'the eddsa-rdfc-2022 vector (skipped without ../shared/ob3)',
  async () => {
    const vector: Vector = JSON.parse(hasOfficialData ? read('vector.json') : '{}')
    const documentLoader = createDocumentLoader(await loadPinnedContexts())
    const privateKey = hasOfficialData ? keyFromSeed(seedOf(vector.secretKeyMultibase)) : undefined

    it('has the published public key', () => {
      expect(privateKey && toPublicKey(privateKey).publicKeyMultibase).toBe(
        vector.publicKeyMultibase,
      )
    })

    it('gives the published canonical document and its hash', async () => {
      const nquads = await canonizeToNQuads(vector.unsignedCredential, documentLoader)
      expect(nquads).toBe(read('document-canon.nq'))
      expect(sha256Hex(nquads)).toBe(vector.documentHashHex)
    })

    it('gives the published canonical proof options and their hash', async () => {
      const context = vector.unsignedCredential['@context']
      const options = { '@context': context, ...vector.proofOptions }
      const nquads = await canonizeToNQuads(options, documentLoader)
      expect(nquads).toBe(read('proof-canon.nq'))
      expect(sha256Hex(nquads)).toBe(vector.proofHashHex)
    })

    it('signs the two hashes, proof first, and writes the published proof', async () => {
      if (privateKey === undefined) throw new Error('no key')
      const signed: Uint8Array[] = []
      const id = vector.proofOptions['verificationMethod'] ?? ''
      const date = vector.proofOptions['created'] ?? ''
      const signer = {
        id,
        algorithm: 'Ed25519' as const,
        sign: async ({ data }: { data: Uint8Array }) => {
          signed.push(data)
          return sign(null, data, privateKey)
        },
      }
      const suite = createSuite('eddsa-rdfc-2022', createMemoCanonize(documentLoader), {
        signer,
        date,
      })
      const credential = structuredClone(vector.unsignedCredential)
      const secured = await issue({ credential, suite, documentLoader, now: new Date(date) })

      const hashes = `${vector.proofHashHex}${vector.documentHashHex}`
      expect(signed.map((data) => Buffer.from(data).toString('hex'))).toEqual([hashes])
      const signature = Buffer.from(decode(vector.proofValue.slice(1)))
      expect(signature.toString('hex')).toBe(vector.signatureHex)
      expect(verify(null, Buffer.from(hashes, 'hex'), privateKey, signature)).toBe(true)
      expect(secured).toEqual({
        ...vector.unsignedCredential,
        proof: { ...vector.proofOptions, proofValue: vector.proofValue },
      })
    })

    it('gives another signature when one letter of the document differs', async () => {
      const changed = { ...vector.unsignedCredential, name: 'Teamwork badge' }
      const nquads = await canonizeToNQuads(changed, documentLoader)
      expect(sha256Hex(nquads)).not.toBe(vector.documentHashHex)
    })
  },
)
