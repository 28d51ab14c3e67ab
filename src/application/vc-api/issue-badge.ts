/** Issues a badge that a client of the VC API asks for: its call is the approval, the path the usual one. */
import { achievementUrl, issuerOf } from '../../domain/achievement.js'
import { toAchievementNode } from '../../domain/achievement-credential.js'
import { type Fault, IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject, type JsonObject, member, textMember } from '../../domain/json.js'
import { toProfileNode } from '../../domain/profile.js'
import { gateCredential } from '../../domain/raw-gate/credential-gate.js'
import { GateRefusal } from '../../domain/raw-gate/gate-refusal.js'
import { readRequestedBadge } from '../../domain/requested-badge.js'
import type { ReviewKey } from '../../domain/review.js'
import { acceptReview } from '../accept-review.js'
import type { Actor } from '../actor.js'
import type { IssuingParts } from '../issuing-parts.js'
import type { ReviewParser } from '../ports/documents.js'
import type { BadgeRecord } from '../ports/stores.js'
import { findSigningIssuer } from '../signing-issuer.js'

/** What the body of an issue call holds. */
export type IssueRequest = { readonly credential: JsonObject; readonly options: JsonObject }

/**
 * The key of the approval is (token's name, credential's id): the same call gives the same badge.
 * @returns the badge, signed, checked and stored like any other
 * @throws REQUEST_INVALID with every fault, CREDENTIAL_REFUSED, CONTEXT_NOT_PINNED, ACHIEVEMENT_UNKNOWN,
 *   REVIEW_NOT_RELEASABLE where staff release; then nothing is recorded. And what accepting a review throws
 */
export async function issueRequestedBadge(
  parts: IssuingParts,
  parser: ReviewParser,
  actor: Actor,
  { credential, options }: IssueRequest,
): Promise<BadgeRecord> {
  assertForm(parts, credential)
  const key = await approvalKey(parts, actor, credential)
  const known = await parts.database.stores.reviews.find(key)
  const achievement = await findAchievement(parts, credential, known?.achievementVersion)
  if (known === undefined && achievement.release !== 'automatic') throw staffRelease()
  const { stores } = parts.database
  const { profile } = await findSigningIssuer(parts, stores, issuerOf(achievement))
  const approval = readRequestedBadge(credential, {
    achievement: plain(toAchievementNode(achievement, parts.baseUrl)),
    issuer: plain(toProfileNode(profile)),
    version: achievement.version,
  })
  if (!('candidate' in approval)) throw refused(approval)
  const consent = member(options, 'consent')
  const review = parser.parse({
    ...key,
    ...approval,
    achievement: achievement.slug,
    decision: 'approved',
    reviewers: [{ name: key.source, role: 'VC API client' }],
    ...(consent === undefined ? {} : { consent }),
  })
  const { badge } = await acceptReview(parts, review, actor)
  if (badge === undefined) throw staffRelease()
  return badge
}

/** The same gate and the same schema as for every badge, over what was sent. */
function assertForm({ pinnedContexts, schemaChecker }: IssuingParts, credential: JsonObject): void {
  if ('proof' in credential)
    throw refused([{ pointer: '/proof', detail: 'must be left out: it is made here' }])
  try {
    const bytes = new TextEncoder().encode(JSON.stringify(credential))
    gateCredential(bytes, { pinnedContexts, proofRequired: false })
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    const { rule, message, pointer } = error
    throw new IssuerError('CREDENTIAL_REFUSED', message, { rule, pointer: `/credential${pointer}` })
  }
  const faults = schemaChecker.check('achievement-credential', credential)
  if (faults.length > 0) throw refused(faults)
}

const SOURCE_CHARS = 100

/** Who asked, and for which credential; both in the signs that a review's key may have. */
async function approvalKey(
  { database, hasher }: IssuingParts,
  actor: Actor,
  credential: JsonObject,
): Promise<ReviewKey> {
  const token = await database.stores.tokens.find(actor.name.replace(/^token:/, ''))
  const source = (token?.name ?? '')
    .replaceAll(/[^A-Za-z0-9._~-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
  const id = textMember(credential, 'id') ?? ''
  const [, uuid] = /^urn:uuid:([0-9a-f-]{36})$/.exec(id) ?? []
  return {
    source: source === '' ? 'vc-api' : source.slice(0, SOURCE_CHARS),
    id: uuid ?? `sha256.${hasher.sha256Hex(id)}`,
    attempt: 1,
  }
}

const SLUG = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/

/** The version in force, or the one that was when the same call came before. */
async function findAchievement(
  { baseUrl, database }: IssuingParts,
  credential: JsonObject,
  knownVersion: number | undefined,
) {
  const id = textMember(member(member(credential, 'credentialSubject'), 'achievement'), 'id') ?? ''
  const start = `${baseUrl}/achievements/`
  const slug = id.startsWith(start) ? (id.slice(start.length).split('/')[0] ?? '') : ''
  const { catalogue } = database.stores
  const latest = SLUG.test(slug) ? await catalogue.findLatest(slug) : undefined
  const found =
    latest === undefined || knownVersion === undefined
      ? latest
      : await catalogue.findVersion(slug, knownVersion)
  if (found !== undefined && id === achievementUrl(baseUrl, slug, found.version)) return found
  const hint = found === undefined ? '' : `; the version in force is ${found.version}`
  throw new IssuerError(
    'ACHIEVEMENT_UNKNOWN',
    `The achievement must be one of ${start}…, in the version in force${hint}.`,
    { pointer: '/credential/credentialSubject/achievement/id' },
  )
}

function staffRelease(): IssuerError {
  const sentence =
    'Staff release the badges of this achievement; send a review to /api/v1/reviews instead.'
  return new IssuerError('REVIEW_NOT_RELEASABLE', sentence)
}

function refused(found: readonly Fault[]): IssuerError {
  const faults = found.map(({ pointer, detail }) => ({ pointer: `/credential${pointer}`, detail }))
  const [first] = faults
  const sentence = `${first?.pointer ?? '/credential'} ${first?.detail ?? 'is not as it must be'}.`
  return new IssuerError('REQUEST_INVALID', sentence, { pointer: first?.pointer ?? '', faults })
}

/** As it stands on the wire. */
function plain(node: object): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(node))
  return isJsonObject(value) ? value : {}
}
