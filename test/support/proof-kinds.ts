/** Badges signed by others' libraries, one for each kind of proof, with keys made for the run. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import {
  createDiscloseCryptosuite,
  createSignCryptosuite,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { createSignCryptosuite as createJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import jsigs from 'jsonld-signatures'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import type { JsonObject } from '../../src/domain/json.js'
import type { PublishedKey } from '../../src/domain/published-keys/published-key.js'
import { badgeDocument } from './badge-documents.js'

type Curve = 'Ed25519' | 'P-256' | 'P-384'
/** A key with its `did:key`, as the libraries sign with it. */
export type LibraryKey = {
  readonly did: string
  readonly signer: object
  /** As others see it. */
  readonly published?: PublishedKey
}

/** Badges by the name of the kind; the issuer is the `did:key` that signed. */
export const KINDS = [
  ['eddsa-rdfc-2022', 'Ed25519'],
  ['eddsa-jcs-2022', 'Ed25519'],
  ['ecdsa-rdfc-2019', 'P-256'],
  ['ecdsa-rdfc-2019', 'P-384'],
  ['ecdsa-sd-2023', 'P-256'],
] as const

export type LibraryKind = (typeof KINDS)[number][0]

const loader = loadPinnedContexts().then((contexts) => createDocumentLoader(contexts))
const purpose = () => new jsigs.purposes.AssertionProofPurpose()
const date = '2025-01-10T09:00:00Z'

export async function makeKey(curve: Curve): Promise<LibraryKey> {
  const key =
    curve === 'Ed25519' ? await Ed25519Multikey.generate() : await EcdsaMultikey.generate({ curve })
  const { publicKeyMultibase } = await key.export({ publicKey: true })
  const did = `did:key:${publicKeyMultibase}`
  key.controller = did
  key.id = `${did}#${publicKeyMultibase}`
  const published = { id: key.id, controller: did, keyType: curve, publicKeyMultibase }
  return { did, signer: key.signer(), published }
}

/** A badge of that key without status, not signed yet. */
export function badgeOf({ did }: LibraryKey): JsonObject {
  const { credentialStatus: _none, ...document } = badgeDocument({ issuer: did })
  return document
}

/** A smaller one: of ordered lists the library for selective disclosure can make no proof. */
export function plainBadgeOf({ did }: LibraryKey): JsonObject {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'https://badges.example.org/badges/01234567890123456789012345',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Sample micro-credential',
    issuer: { id: did, type: ['Profile'], name: 'An issuer' },
    validFrom: '2025-01-10T09:00:00Z',
    credentialSubject: {
      id: 'urn:uuid:6f2e33e5-7a29-4155-840a-59483ba1a2b3',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://badges.example.org/achievements/1',
        type: ['Achievement'],
        name: 'Sample micro-credential',
        description: 'Shows what a badge can hold.',
        criteria: { narrative: 'Show what you can do.' },
      },
    },
  }
}

/**
 * The document with one more proof of a kind.
 * @param mandatoryPointers what nobody can leave out of a document signed with `ecdsa-sd-2023`
 */
export async function signWith(
  kind: LibraryKind,
  { signer }: LibraryKey,
  document: JsonObject,
  mandatoryPointers: readonly string[] = ['/issuer', '/validFrom'],
): Promise<JsonObject> {
  const suites = {
    'eddsa-rdfc-2022': () => eddsaRdfc2022,
    'eddsa-jcs-2022': createJcs2022,
    'ecdsa-rdfc-2019': () => ecdsaRdfc2019,
    'ecdsa-sd-2023': () => createSignCryptosuite({ mandatoryPointers }),
  }
  const suite = new DataIntegrityProof({ signer, date, cryptosuite: suites[kind]() })
  const options = { suite, purpose: purpose(), documentLoader: await loader }
  const signed = await jsigs.sign(structuredClone(document), options)
  return JSON.parse(JSON.stringify(signed)) as JsonObject
}

/** What an earner shows of a badge with a base proof: all but what the pointers do not name. */
export async function disclose(
  signed: JsonObject,
  selectivePointers: readonly string[],
): Promise<JsonObject> {
  const cryptosuite = createDiscloseCryptosuite({ selectivePointers })
  const options = {
    suite: new DataIntegrityProof({ cryptosuite }),
    purpose: purpose(),
    documentLoader: await loader,
  }
  return JSON.parse(JSON.stringify(await jsigs.derive(signed, options))) as JsonObject
}

const SHOWN = ['/id', '/type', '/name', '/credentialSubject'] as const

/** A badge as its verifier gets it. */
export async function shownBadge(kind: LibraryKind, key: LibraryKey): Promise<JsonObject> {
  if (kind !== 'ecdsa-sd-2023') return signWith(kind, key, badgeOf(key))
  const signed = await signWith(kind, key, plainBadgeOf(key))

  return disclose(signed, SHOWN)
}
