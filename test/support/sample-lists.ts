/** Lists of statuses as other issuers serve them, signed here with fixed keys; nothing real. */
import { gzipSync } from 'node:zlib'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import type { FetchedDocuments } from '../../src/application/ports/verifier.js'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import type { DocumentSource } from '../../src/application/verify-with-documents.js'
import type { JsonObject } from '../../src/domain/json.js'
import { MIN_ENTRIES, toBitstring } from '../../src/domain/status-list.js'
import { secure } from './signed-badges.js'
import { type Signer, STRANGER } from './signing-keys.js'

/** The list that the sample badges of issuers elsewhere name. */
export const LIST_URL = 'https://lists.example.org/status/1'

export type ListChoices = {
  readonly signers?: readonly Signer[]
  readonly members?: JsonObject
  readonly subject?: JsonObject
  /** Places that are set. */
  readonly set?: readonly number[]
  readonly lengthBits?: number
}

/** The bits as Bitstring Status List 1.0 packs them. */
export function encodeBits(bits: Uint8Array): string {
  return `u${gzipSync(bits).toString('base64url')}`
}

export function listDocument({ members, subject, set, lengthBits }: ListChoices = {}): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST_URL,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: STRANGER.method.controller,
    validFrom: '2025-01-10T09:00:00Z',
    credentialSubject: {
      id: `${LIST_URL}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      ttl: 300_000,
      encodedList: encodeBits(toBitstring(lengthBits ?? MIN_ENTRIES, set ?? [])),
      ...subject,
    },
    ...members,
  }
}

export function signedList(choices: ListChoices = {}): Promise<JsonObject> {
  return secure(listDocument(choices), choices.signers ?? [STRANGER])
}

/** The answer with which a server would send it. */
export function served(
  document: JsonObject | Uint8Array | string,
  mediaType = 'application/vc',
  url = LIST_URL,
): OutboundAnswer {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  const bytes = document instanceof Uint8Array ? document : new TextEncoder().encode(text)
  return { kind: 'document', url, mediaType, bytes }
}

const sample = served(await signedList())

/** Only the list of the sample badges is at hand; on it none is withdrawn. */
export const SAMPLE_LISTS: FetchedDocuments = {
  isWaiting: () => false,
  find: ({ url }) => (url === LIST_URL ? sample : NO_NETWORK),
}

export const sampleSource: DocumentSource = async (wanted) =>
  SAMPLE_LISTS.find(wanted) ?? NO_NETWORK
