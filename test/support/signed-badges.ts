/** Badges for the hostile tests, good and bad, signed here with fixed keys; nothing real. */
import { createHash, sign } from 'node:crypto'
import { encode } from 'base58-universal'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import type { JsonObject } from '../../src/domain/json.js'
import { badgeDocument, badgeDocumentV1, endorsementDocument } from './badge-documents.js'
import {
  CLAIMANT,
  ISSUER,
  ISSUER_DID,
  MALFORMED_KEYS,
  PARTNER,
  PARTNER_KEYS,
  type Signer,
  STRANGER,
} from './signing-keys.js'
import { type Change, tamper } from './tampering.js'

const PAST = '2025-06-01T00:00:00Z'
const FUTURE = '2099-01-01T00:00:00Z'

export type ProofKind = 'eddsa-rdfc-2022' | 'eddsa-2022' | 'Ed25519Signature2020'

/** One proof over a document that carries none; `members` replace the usual ones before signing. */
export async function prove(
  document: JsonObject,
  kind: ProofKind,
  { key, method }: Signer,
  members: JsonObject = {},
): Promise<JsonObject> {
  const proof = {
    ...(kind === 'Ed25519Signature2020'
      ? { type: kind }
      : { type: 'DataIntegrityProof', cryptosuite: kind }),
    created: '2025-01-10T09:00:00Z',
    verificationMethod: method.id,
    proofPurpose: 'assertionMethod',
    ...members,
  }
  const context = document['@context'] ?? []
  const hashes = [await digest({ '@context': context, ...proof }), await digest(document)]
  return { ...proof, proofValue: `z${encode(sign(null, Buffer.concat(hashes), key))}` }
}

/** A document with its proofs. */
export async function secure(
  document: JsonObject,
  signers: readonly Signer[],
  members: JsonObject = {},
): Promise<JsonObject> {
  const proofs = signers.map((one) => prove(document, 'eddsa-rdfc-2022', one, members))
  return { ...document, proof: await Promise.all(proofs) }
}

const loader = loadPinnedContexts().then((contexts) => createDocumentLoader(contexts))

async function digest(document: object): Promise<Buffer> {
  const nquads = await canonizeToNQuads(document, await loader)
  return createHash('sha256').update(nquads).digest()
}

/** The badges that vectors start from; each is made when first asked for, with the same bytes. */
const BASES = {
  /** As the service issues them: its own DID, two proofs. */
  good: () => secureTwice(badgeDocument({ issuer: ISSUER_DID })),
  /** One proof, not in a list, by a key that is its own controller. */
  single: async () => {
    const document = badgeDocument({ issuer: STRANGER.method.controller })
    return { ...document, proof: await prove(document, 'eddsa-rdfc-2022', STRANGER) }
  },
  v1: () => secureV1({}),
  endorsed: async () => {
    const endorsement = await secure(endorsementDocument(STRANGER.method.controller), [STRANGER])
    return secure(badgeDocument({ issuer: ISSUER_DID, endorsement: [endorsement] }), [ISSUER])
  },
  /** Endorsed in words that the endorser has not signed, and signed by its own issuer all the same. */
  'falsely-endorsed': async () => {
    const signed = await secure(endorsementDocument(STRANGER.method.controller), [STRANGER])
    const credentialSubject = {
      ...(signed['credentialSubject'] as JsonObject),
      endorsementComment: 'Worth a degree.',
    }
    const endorsement = [{ ...signed, credentialSubject }]
    return secure(badgeDocument({ issuer: ISSUER_DID, endorsement }), [ISSUER])
  },
  'self-issued': () => {
    const issuer = STRANGER.method.controller
    return secure(badgeDocument({ issuer, subject: issuer }), [STRANGER])
  },
  /** With what its own issuer says about the badge itself. */
  'self-endorsed': () => secure(selfEndorsed({}), [ISSUER]),
  'status-without-id': async () => {
    const { credentialStatus, ...document } = badgeDocument({ issuer: ISSUER_DID })
    const { id: _left, ...status } = credentialStatus as JsonObject
    return secure({ ...document, credentialStatus: status }, [ISSUER])
  },
  'issuer-as-text': () => {
    const issuer = STRANGER.method.controller
    return secure({ ...badgeDocument({ issuer }), issuer }, [STRANGER])
  },
  'v1-data-integrity': async () => {
    const document = badgeDocumentV1(STRANGER.method.controller, {})
    const context = [document['@context'] ?? [], 'https://w3id.org/security/data-integrity/v1']
    return secure({ ...document, '@context': context.flat() }, [STRANGER])
  },
  'https-key': () => {
    const controller = 'https://issuer.example.org/profile'
    const method = { ...STRANGER.method, id: 'https://issuer.example.org/keys/1', controller }
    return secure(badgeDocument({ issuer: controller }), [{ ...STRANGER, method }])
  },
  'web-key': () => byWebKey('did:web:issuer.example.org'),
  'punycode-key': () => byWebKey('did:web:xn--80ak6aa92e.example'),
  partner: () => secure(badgeDocument({ issuer: PARTNER }), [PARTNER_KEYS.good]),
  'two-signers': () => secure(badgeDocument({ issuer: ISSUER_DID }), [ISSUER, STRANGER]),

  /** An expired badge hung below its own endorsement: the same RDF, and another root. */
  rerooted: async () => {
    const { proof, endorsement, ...badge } = await secure(selfEndorsed({ validUntil: PAST }), [
      ISSUER,
    ])
    const { '@context': context, type, ...members } = badge as JsonObject
    const [{ '@context': _own, credentialSubject, ...top }] = endorsement as [JsonObject]
    const { endorsementComment } = credentialSubject as JsonObject
    const subject = {
      ...members,
      type: [...(type as string[]), 'EndorsementSubject'],
      endorsementComment: endorsementComment ?? '',
    }
    return { '@context': context ?? [], ...top, credentialSubject: subject, proof: proof ?? [] }
  },

  expired: () => secureTwice(badgeDocument({ issuer: ISSUER_DID, validUntil: PAST })),
  'expired-v1': () => secureV1({ expirationDate: PAST }),
  'expired-v1-new-name': () => secureV1({ validUntil: PAST }),
  'not-yet': () => secure(badgeDocument({ issuer: ISSUER_DID, validFrom: FUTURE }), [ISSUER]),
  'not-yet-v1-new-name': () => secureV1({ validFrom: FUTURE }),

  'foreign-key': () => secure(badgeDocument({ issuer: ISSUER_DID }), [STRANGER]),
  'foreign-key-expired': () =>
    secure(badgeDocument({ issuer: ISSUER_DID, validUntil: PAST }), [STRANGER]),
  'claimed-controller': () => secure(badgeDocument({ issuer: ISSUER_DID }), [CLAIMANT]),
  'key-authentication': () => byPartner('authentication'),
  'key-revoked': () => byPartner('revoked'),
  'key-expired': () => byPartner('expired'),
  'key-unlisted': () => byPartner('unlisted'),
  'key-foreign': () => byPartner('foreign'),
  'key-late': () => byPartner('late'),
  'key-low-order': () => byLowOrderKey(),

  'purpose-authentication': () => withProof({ proofPurpose: 'authentication' }),
  'proof-expired': () => withProof({ expires: '2020-01-01T00:00:00Z' }),
  'proof-future': () => withProof({ created: FUTURE }),
  'proof-chain': () =>
    withProof({ previousProof: 'urn:uuid:00000000-0000-4000-8000-000000000000' }),
} as const satisfies Readonly<Record<string, () => Promise<JsonObject>>>

export type BaseName = keyof typeof BASES

function selfEndorsed(change: { readonly validUntil?: string }): JsonObject {
  const { id = '' } = badgeDocument({ issuer: ISSUER_DID })
  const about = endorsementDocument(ISSUER_DID)
  const credentialSubject = { ...(about['credentialSubject'] as JsonObject), id }
  const { issuer, ...document } = badgeDocument({ issuer: ISSUER_DID, ...change })
  const endorsement = [
    { ...about, issuer: { id: ISSUER_DID, type: ['Profile'] }, credentialSubject },
  ]
  return { ...document, issuer: issuer ?? '', endorsement }
}

const made = new Map<BaseName, Promise<JsonObject>>()

/** The signed badge of a name; throws for a name that is none. */
export function signedBadge(name: BaseName): Promise<JsonObject> {
  if (!Object.hasOwn(BASES, name)) throw new TypeError(`there is no base ${name}`)
  const badge = made.get(name) ?? BASES[name]()
  made.set(name, badge)
  return badge
}

/** The badge with changes that the stranger signs again, under the method that its proof names. */
export async function resign(badge: JsonObject, changes: readonly Change[]): Promise<JsonObject> {
  const { proof, ...document } = badge
  const [{ verificationMethod }] = [proof ?? {}].flat() as [JsonObject]
  const signer = { ...STRANGER, method: { ...STRANGER.method, id: String(verificationMethod) } }
  const changed = JSON.parse(tamper(document, changes)) as JsonObject
  return { ...changed, proof: [await prove(changed, 'eddsa-rdfc-2022', signer)] }
}

/** Without a status, by the stranger's key that the DID publishes. */
function byWebKey(controller: string): Promise<JsonObject> {
  const id = `${controller}#${STRANGER.method.publicKeyMultibase}`
  const { credentialStatus: _none, ...document } = badgeDocument({ issuer: controller })
  return secure(document, [{ ...STRANGER, method: { ...STRANGER.method, id, controller } }])
}

async function secureTwice(document: JsonObject): Promise<JsonObject> {
  const proofs = [
    prove(document, 'eddsa-rdfc-2022', ISSUER),
    prove(document, 'Ed25519Signature2020', ISSUER),
  ]
  return { ...document, proof: await Promise.all(proofs) }
}

async function secureV1(members: JsonObject): Promise<JsonObject> {
  const document = badgeDocumentV1(STRANGER.method.controller, members)
  return { ...document, proof: [await prove(document, 'Ed25519Signature2020', STRANGER)] }
}

function withProof(members: JsonObject): Promise<JsonObject> {
  return secure(badgeDocument({ issuer: ISSUER_DID }), [ISSUER], members)
}

function byPartner(name: keyof typeof PARTNER_KEYS): Promise<JsonObject> {
  return secure(badgeDocument({ issuer: PARTNER }), [PARTNER_KEYS[name]])
}

/** The base point and 1: for the neutral point as key, this signs every text there is. */
const SIGNS_EVERYTHING = Buffer.concat([
  Buffer.from(`58${'66'.repeat(31)}`, 'hex'),
  Buffer.from([1, ...Array<number>(31).fill(0)]),
])

async function byLowOrderKey(): Promise<JsonObject> {
  const publicKeyMultibase = MALFORMED_KEYS['low-order']
  const controller = `did:key:${publicKeyMultibase}`
  const method = { id: `${controller}#${publicKeyMultibase}`, controller, publicKeyMultibase }
  const document = badgeDocument({ issuer: controller })
  const proof = await prove(document, 'eddsa-rdfc-2022', { key: STRANGER.key, method })
  return { ...document, proof: { ...proof, proofValue: `z${encode(SIGNS_EVERYTHING)}` } }
}
