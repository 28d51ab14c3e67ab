/** One issuer endorses what another awards, issued or is: signed once, stored, served as it is. */
import { toBadgeCode } from '../domain/badge-code.js'
import { buildEndorsement, endorsementUrl } from '../domain/endorsement-credential.js'
import { IssuerError } from '../domain/issuer-error.js'
import type { JsonObject } from '../domain/json.js'
import { lintEndorsement } from '../domain/linted-credential.js'
import { toTimestamp } from '../domain/timestamps.js'
import { type Actor, assertSpeaksFor } from './actor.js'
import { type EndorsedThing, type EndorsementRequest, findEndorsed } from './endorsed-thing.js'
import type { IssuingParts } from './issuing-parts.js'
import type { EndorsementRecord, Stores } from './ports/stores.js'
import { findSigningIssuer, type SigningIssuer } from './signing-issuer.js'
import { verifyOwnOutput } from './verify-own-output.js'

export type AddedEndorsement = {
  readonly endorsement: EndorsementRecord
  /** False when the same issuer had said the same of the same thing before. */
  readonly isNew: boolean
}

/**
 * Signs and stores an endorsement (OB 3.0 class EndorsementCredential). The same words of the same issuer
 * about the same thing give the first one again. An issuer does not endorse itself or its own: the
 * standard means what others say.
 * @throws FORBIDDEN, ISSUER_UNKNOWN, ACHIEVEMENT_UNKNOWN, REQUEST_INVALID, KEY_UNAVAILABLE, LINT_FAILED,
 *   ISSUING_FAILED; then nothing has changed
 */
export async function addEndorsement(
  parts: IssuingParts,
  actor: Actor,
  request: EndorsementRequest,
): Promise<AddedEndorsement> {
  assertSpeaksFor(actor, request.issuer)
  const { stores } = parts.database
  const issuer = await findSigningIssuer(parts, stores, request.issuer)
  const thing = await findEndorsed(parts, stores, request.subject)
  assertByAnother(issuer, thing)
  const commentDigest = parts.hasher.sha256Hex(request.comment)
  const same = await stores.endorsements.findSame(issuer.slug, thing.id, commentDigest)
  if (same !== undefined) return { endorsement: same, isNew: false }
  const signed = await signEndorsement(parts, issuer, thing, request.comment)
  const endorsement = {
    ...signed,
    issuer: issuer.slug,
    kind: request.subject.kind,
    subjectId: thing.id,
    commentDigest,
  }
  return parts.database.transaction((inside) => store(parts, inside, actor, endorsement))
}

function assertByAnother(issuer: SigningIssuer, thing: EndorsedThing): void {
  if (issuer.slug !== thing.owner) return
  const sentence = `“${issuer.slug}” cannot endorse what is its own; an endorsement is what another issuer says.`
  throw new IssuerError('REQUEST_INVALID', sentence, { pointer: '/issuer' })
}

async function signEndorsement(
  parts: IssuingParts,
  { profile, key }: SigningIssuer,
  thing: EndorsedThing,
  comment: string,
): Promise<Pick<EndorsementRecord, 'code' | 'securedJson' | 'createdAt'>> {
  const code = toBadgeCode(parts.ids.randomBytes(16))
  const url = endorsementUrl(parts.baseUrl, code)
  const createdAt = toTimestamp(parts.clock.now())
  const about = { subjectId: thing.id, subjectName: thing.name, comment }
  const document = buildEndorsement({ url, issuer: profile, validFrom: createdAt, ...about })
  const text = JSON.stringify(document)
  const parsed = JSON.parse(text) as JsonObject
  const linted = lintEndorsement(text, {
    baseUrl: parts.baseUrl,
    url,
    issuerId: profile.id,
    verificationMethod: key.methodId,
    subjectId: thing.id,
    comment,
    pinnedContexts: parts.pinnedContexts,
    schemaFaults: parts.schemaChecker.check('endorsement-credential', parsed),
    canonical: await parts.canonicalizer.canonicalize(parsed),
  })
  const securedJson = await parts.proofSuite.secure(linted, createdAt)
  await verifyOwnOutput(parts, 'endorsement-credential', securedJson)
  return { code, securedJson, createdAt }
}

/** Of two that say the same at once, the first is stored and both get it. */
async function store(
  parts: IssuingParts,
  stores: Stores,
  actor: Actor,
  endorsement: EndorsementRecord,
): Promise<AddedEndorsement> {
  const { code, issuer, kind, subjectId, commentDigest, securedJson, createdAt } = endorsement
  if (!(await stores.endorsements.insert(endorsement))) {
    const same = await stores.endorsements.findSame(issuer, subjectId, commentDigest)
    if (same !== undefined) return { endorsement: same, isNew: false }
    throw new IssuerError('STORE_UNAVAILABLE', 'The endorsement could not be stored; try again.')
  }
  await stores.audit.append({
    at: createdAt,
    actor: actor.name,
    action: 'endorsement.added',
    subject: `endorsement:${code}`,
    detail: { issuer, kind, of: subjectId, digest: parts.hasher.sha256Hex(securedJson) },
  })
  return { endorsement, isNew: true }
}
