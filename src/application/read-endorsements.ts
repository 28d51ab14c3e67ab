/** Reads endorsements for the public: the signed bytes, what they say, and whether they hold as of now. */
import { parseBadgeCode } from '../domain/badge-code.js'
import { endorsementUrl } from '../domain/endorsement-credential.js'
import { IssuerError } from '../domain/issuer-error.js'
import { listMember, member, pointerTo, textMember } from '../domain/json.js'
import { MAX_EMBEDDED } from '../domain/raw-gate/gate-refusal.js'
import type { VerificationReport } from '../domain/verification-report.js'
import type { EndorsementView, ShownEndorsement } from './badge-view.js'
import type { EndorsementRecord } from './ports/stores.js'
import { type ReadingParts, reportOn } from './report-on.js'

/**
 * A stored endorsement; its signed text is served byte for byte.
 * @throws NOT_FOUND
 */
export async function findEndorsement(
  parts: Pick<ReadingParts, 'database'>,
  code: string,
): Promise<EndorsementRecord> {
  const endorsement = await parts.database.stores.endorsements.find(code)
  if (endorsement !== undefined) return endorsement
  throw new IssuerError('NOT_FOUND', 'There is no endorsement at this address.')
}

/** @throws NOT_FOUND */
export async function readEndorsement(parts: ReadingParts, code: string): Promise<EndorsementView> {
  const record = await findEndorsement(parts, code)
  const credential: unknown = JSON.parse(record.securedJson)
  const report = await reportOn(parts, record.securedJson)
  return {
    ...toShown(parts, credential, record.kind, judgementOf(report)),
    url: endorsementUrl(parts.baseUrl, code),
    name: textMember(credential, 'name') ?? '',
    subjectId: record.subjectId,
    issuerId: textMember(member(credential, 'issuer'), 'id') ?? '',
    report,
  }
}

/**
 * The last words of each issuer about one subject, at most 16, oldest first, each verified now. One after another: a
 * page takes one worker at a time.
 */
export async function readEndorsementsOf(
  parts: ReadingParts,
  subjectId: string,
): Promise<readonly ShownEndorsement[]> {
  const { endorsements } = parts.database.stores
  const shown: ShownEndorsement[] = []
  for (const { securedJson, kind } of await endorsements.listAbout(subjectId, MAX_EMBEDDED)) {
    const judgement = judgementOf(await reportOn(parts, securedJson))
    shown.push(toShown(parts, JSON.parse(securedJson), kind, judgement))
  }
  return shown
}

/** What a badge of ours carries of its achievement and of its issuer, as its report judged them. */
export function endorsementsIn(
  parts: ReadingParts,
  credential: unknown,
  report: VerificationReport,
): readonly ShownEndorsement[] {
  const places = [
    [
      member(member(credential, 'credentialSubject'), 'achievement'),
      '/credentialSubject/achievement',
    ],
    [member(credential, 'issuer'), '/issuer'],
  ] as const
  return places.flatMap(([holder, pointer]) =>
    listMember(holder, 'endorsement').map((endorsement, index) => {
      const at = pointerTo(pointerTo(pointer, 'endorsement'), index)
      const finding = report.endorsements?.find((one) => one.pointer === at)
      const kind = pointer === '/issuer' ? 'profile' : 'achievement'
      return toShown(parts, endorsement, kind, finding ?? NOT_LOOKED_AT)
    }),
  )
}

type Judgement = Pick<ShownEndorsement, 'outcome' | 'sentence'>

const NOT_LOOKED_AT: Judgement = { outcome: 'unknown', sentence: 'It was not looked at this time.' }

function judgementOf({ verdict, checks }: VerificationReport): Judgement {
  if (verdict === 'valid') return { outcome: 'passed', sentence: '' }
  const outcome = verdict === 'invalid' ? 'failed' : 'unknown'
  const sentence = checks.find((check) => check.outcome === outcome)?.sentence ?? ''
  return { outcome, sentence }
}

/** The words of one that does not hold are not repeated: they could be anybody's. */
function toShown(
  { baseUrl }: ReadingParts,
  credential: unknown,
  about: ShownEndorsement['about'],
  { outcome, sentence }: Judgement,
): ShownEndorsement {
  const comment = textMember(member(credential, 'credentialSubject'), 'endorsementComment')
  const url = textMember(credential, 'id')
  const isServed = url !== undefined && isOurs(url, endorsementUrl(baseUrl, ''))
  return {
    about,
    endorser: textMember(member(credential, 'issuer'), 'name') ?? '',
    signedAt: textMember(credential, 'validFrom') ?? '',
    ...(comment === undefined || outcome === 'failed' ? {} : { comment }),
    ...(isServed ? { url } : {}),
    outcome,
    sentence,
  }
}

function isOurs(url: string, start: string): boolean {
  return url.startsWith(start) && parseBadgeCode(url.slice(start.length)) !== undefined
}
