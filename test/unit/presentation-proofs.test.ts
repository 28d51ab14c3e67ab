/** Keys of holders as their documents list them, and signatures that can neither be believed nor blamed. */
import { expect, it } from 'vitest'
import type { ProofOutcome } from '../../src/application/ports/proofs.js'
import { verifyPresentation } from '../../src/application/verification/generic/verify-presentation.js'
import type { JsonObject } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { fixedControllers, NO_RECORDS } from '../support/fixed-records.js'
import { frozenClock } from '../support/service.js'
import { prove } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'

const HOLDER = 'did:web:holder.example.org'
const ID = `${HOLDER}#${STRANGER.method.publicKeyMultibase}`
const SIGNER = { key: STRANGER.key, method: { ...STRANGER.method, id: ID, controller: HOLDER } }
const ENTRY: JsonObject = { type: 'Multikey', ...SIGNER.method }
const ASKED = { challenge: 'c-1', domain: 'relying.example.org' }

/** Outcomes of the rows on key and proof, and their codes. */
async function judge(published: JsonObject, outcome?: ProofOutcome) {
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: HOLDER,
  }
  const proof = await prove(document, 'eddsa-rdfc-2022', SIGNER, {
    proofPurpose: 'authentication',
    ...ASKED,
  })
  const parts = await composeVerifying({ clock: frozenClock, records: NO_RECORDS })
  const controllers = fixedControllers((id) =>
    id === HOLDER ? { id: HOLDER, ...published } : undefined,
  )
  const verifier = { verify: async () => outcome as ProofOutcome }
  const generic = { ...parts.generic, ...(outcome && { proofVerifier: verifier }) }
  const bytes = new TextEncoder().encode(JSON.stringify({ ...document, proof }))
  const { report } = await verifyPresentation(
    { ...parts, controllers, generic },
    bytes,
    ASKED,
    'generic',
  )
  const row = (name: string) => report.checks.find((check) => check.name === name)
  const codes = report.checks.flatMap(({ problems }) => problems.map(({ code }) => code))
  return [report.verdict, row('issuerKey')?.outcome, row('proof')?.outcome, ...codes]
}

it.each<[string, JsonObject, readonly string[]]>([
  ['listed for it', { verificationMethod: [ENTRY], authentication: [ID] }, []],
  ['described only there', { authentication: [ENTRY] }, []],
  [
    'listed for assertions alone',
    { verificationMethod: [ENTRY], assertionMethod: [ID] },
    ['method-not-for-assertion'],
  ],
  ['described for assertions alone', { assertionMethod: [ENTRY] }, ['method-not-listed']],
])('a key that is %s', async (_name, published, codes) => {
  const isGood = codes.length === 0
  const [verdict, key, proof, ...found] = await judge(published)
  expect([verdict, key]).toEqual(isGood ? ['valid', 'passed'] : ['invalid', 'failed'])
  expect(proof === 'passed').toBe(isGood)
  expect(found).toEqual(isGood ? [] : [...codes, 'proof-not-checked'])
})

it.each<[ProofOutcome, readonly string[]]>([
  [{ kind: 'mismatch' }, ['invalid', 'failed', 'signature-mismatch']],
  [{ kind: 'wrong-key-type' }, ['invalid', 'failed', 'proof-key-type']],
  [{ kind: 'untransformable', detail: 'x' }, ['invalid', 'failed', 'not-transformable']],
  [{ kind: 'too-costly' }, ['unknown', 'unknown', 'too-costly']],
  [{ kind: 'base-proof' }, ['unknown', 'unknown', 'proof-base']],
  [{ kind: 'chain-unsupported' }, ['unknown', 'unknown', 'proof-chain']],
])('a signature that is $kind', async (outcome, [verdict, proof, code]) => {
  const published = { verificationMethod: [ENTRY], authentication: [ID] }
  expect(await judge(published, outcome)).toEqual([verdict, 'passed', proof, code])
})
