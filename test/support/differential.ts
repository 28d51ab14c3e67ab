/** One document before three verifiers of proofs: ours, @digitalbazaar/vc, and the second implementation here. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { createVerifyCryptosuite as createJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential as verifyByLibrary } from '@digitalbazaar/vc'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { createIndependentVerifier } from '../../src/adapters/independent/independent-verifier.js'
import { judgeProofs } from '../../src/application/verification/judge-proofs.js'
import { passGate } from '../../src/application/verification/pass-gate.js'
import { isJsonObject, type JsonObject, listMember } from '../../src/domain/json.js'
import { resolveDidKey } from '../../src/domain/published-keys/self-describing-dids.js'
import type { Check } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { fixedRecords } from './fixed-records.js'
import { documentOf } from './library-verifier.js'
import { CONTROLLER_DOCUMENTS } from './signing-keys.js'

/** Within the dates of every document that is compared, unless a change moved them. */
const NOW = Date.parse('2026-03-20T12:00:00Z')

/** Whether each of the three says that every proof holds, by a key of the issuer. */
export type Compared = {
  readonly ours: boolean
  readonly library: boolean
  /** Undefined where the second implementation does not know the kind of the proofs. */
  readonly independent: boolean | undefined
  /** Why ours says no: the rule of the gate, or the codes of the rows. */
  readonly reasons: readonly string[]
  /** What the library says, when it says no. */
  readonly libraryError: string
  /** What the second implementation says, when it says no. */
  readonly independentError: string
}

const contexts = await loadPinnedContexts()
const parts = await composeVerifying({
  clock: { now: () => NOW },
  records: fixedRecords(CONTROLLER_DOCUMENTS),
})
const independentVerifier = createIndependentVerifier(contexts)

export async function compare(text: string): Promise<Compared> {
  const ours = await judgeHere(text)
  const library = await judgeByLibrary(text)
  const independent = await judgeIndependently(text)
  return {
    ours: ours.length === 0,
    library: library === '',
    independent: independent === undefined ? undefined : independent === '',
    reasons: ours,
    libraryError: library,
    independentError: independent ?? '',
  }
}

/** Why not; nothing when every proof holds. */
async function judgeHere(text: string): Promise<readonly string[]> {
  const gated = passGate(new TextEncoder().encode(text), parts.pinnedContexts)
  if ('refusal' in gated) return [`gate: ${gated.refusal.rule}`]
  const { issuerKey, proof } = await judgeProofs(parts, gated.document)
  return [...codesOf(issuerKey), ...codesOf(proof)]
}

function codesOf({ outcome, problems }: Check): readonly string[] {
  return outcome === 'passed' ? [] : problems.map(({ code }) => code)
}

/** The library asks to be told when a document names the first version of the Data Integrity context. */
function suitesFor(document: JsonObject): readonly object[] {
  const first = 'https://w3id.org/security/data-integrity/v1'
  const legacyContext = listMember(document, '@context').includes(first)
  return [
    new DataIntegrityProof({ cryptosuite: eddsaRdfc2022, legacyContext }),
    new DataIntegrityProof({ cryptosuite: ecdsaRdfc2019, legacyContext }),
    new DataIntegrityProof({ cryptosuite: createJcs2022(), legacyContext }),
    new Ed25519Signature2020(),
  ]
}

/** All proofs one by one: the library calls a set verified when one of its proofs is. */
async function judgeByLibrary(text: string): Promise<string> {
  const read = parse(text)
  const proofs = listMember(read, 'proof')
  if (!isJsonObject(read) || proofs.length === 0) return 'no proof'
  for (const proof of proofs) {
    const { verified, error } = await verifyByLibrary({
      credential: structuredClone({ ...read, proof }),
      suite: suitesFor(read),
      documentLoader: createDocumentLoader(contexts, findKey),
      checkStatus: async () => ({ verified: true }),
      now: new Date(NOW),
    })
    if (!verified) return describe(error)
  }
  return ''
}

/** What issuers publish, for whoever asks by address. */
function findKey(url: string): JsonObject | undefined {
  const [controller = ''] = url.split('#')
  const document = CONTROLLER_DOCUMENTS[controller] ?? resolveDidKey(controller)
  return document && documentOf(document, url)
}

function describe(error: unknown): string {
  const { errors = [] } = error as { errors?: readonly unknown[] }
  const all = [error, ...errors].map((one) => (one instanceof Error ? one.message : String(one)))
  return all.join(' ') || 'no reason'
}

const KNOWN = ['eddsa-rdfc-2022', undefined]

async function judgeIndependently(text: string): Promise<string | undefined> {
  const proofs = listMember(parse(text), 'proof').filter(isJsonObject)
  if (proofs.some(({ cryptosuite }) => !KNOWN.includes(cryptosuite as string | undefined)))
    return undefined
  const { verified, reasons } = await independentVerifier.verify(text)
  return verified ? '' : reasons.join(' ') || 'no reason'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
