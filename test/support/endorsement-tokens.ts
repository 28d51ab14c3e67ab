/** Endorsements in compact form inside a badge that its own issuer signed; nothing real. */
import type { OwnStatus } from '../../src/application/ports/verifier.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import { toTokenPayload } from '../../src/domain/token-claims.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument, endorsementDocument } from './badge-documents.js'
import { fixedControllers, NO_RECORDS } from './fixed-records.js'
import { frozenClock } from './service.js'
import { secure } from './signed-badges.js'
import { ISSUER } from './signing-keys.js'
import { controllerOf, SIGNERS, type TokenAlg, type TokenSigner, tokenOf } from './tokens.js'

/** Whose keys a verifier has to look for. */
export const ENDORSER = 'did:web:endorser.example.org'
export const ENDORSEMENT_LIST = 'https://endorser.example.org/status'

/** By the issuer of the endorsement, unless another signer is named. */
export function endorsementToken(
  alg: TokenAlg,
  change: JsonObject = {},
  signer: TokenSigner = SIGNERS[alg],
): string {
  const payload = toTokenPayload({ ...endorsementDocument(ENDORSER), ...change })
  return tokenOf(signer, { typ: 'JWT', kid: `${ENDORSER}#${alg}` }, payload)
}

/** VC Data Model 2.0 section 4.13. */
export function envelopeOf(token: string, change: JsonObject = {}): JsonObject {
  return {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id: `data:application/vc+jwt,${token}`,
    type: 'EnvelopedVerifiableCredential',
    ...change,
  }
}

/** Members beside those of a badge, in a badge that did:key signed: nothing else decides about it. */
export function badgeWith(members: Readonly<Record<string, JsonValue>>): Promise<JsonObject> {
  const { credentialStatus: _status, ...document } = badgeDocument({ issuer: DID_KEY })
  return secure({ ...document, ...members }, [SELF])
}

const SELF_KEY = ISSUER.method.publicKeyMultibase ?? ''
const DID_KEY = `did:key:${SELF_KEY}`
const SELF = {
  key: ISSUER.key,
  method: { ...ISSUER.method, id: `${DID_KEY}#${SELF_KEY}`, controller: DID_KEY },
}

/** With the keys of the endorser at hand, unless told; with a status, it is an issuer of this service. */
export async function judgeBadge(
  badge: JsonObject,
  {
    documents = { [ENDORSER]: controllerOf(ENDORSER) },
    status,
    clock = frozenClock,
  }: {
    readonly documents?: Readonly<Record<string, JsonObject>>
    readonly status?: OwnStatus
    readonly clock?: { now(): number }
  } = {},
): Promise<VerificationReport> {
  const records =
    status === undefined
      ? NO_RECORDS
      : {
          ...NO_RECORDS,
          findController: async (id: string) => documents[id],
          findStatus: async () => status,
        }
  const parts = await composeVerifying({ clock, records })
  const controllers = fixedControllers((id) => documents[id])
  const bytes = new TextEncoder().encode(JSON.stringify(badge))
  return (await verifyCredential({ ...parts, controllers }, bytes)).report
}
