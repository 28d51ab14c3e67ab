/**
 * A newer version of the badge, when it names a place for one (OB 3.0 section 9.1 step 3). It is asked for
 * once, after the signature was found sound, and never again for the newer version; one that does not hold
 * changes nothing.
 */
import { hasType, type JsonObject, listMember, textMember } from '../../domain/json.js'
import type { RefreshFinding } from '../../domain/verification-report.js'
import type { OutboundAnswer } from '../ports/outbound.js'
import { problem } from './check-results.js'
import { issuerIdOf } from './issuer-key-check.js'
import { isProvenBy, type Signed } from './judge-proofs.js'
import { checkKeyState } from './key-state-check.js'
import { inWords, lifeOf } from './life-checks.js'
import { CLOCK_SKEW_MS } from './proof-check.js'
import { readSigned } from './read-signed.js'
import { checkStructure } from './structure-check.js'
import type { VerifyingParts } from './verifying-parts.js'

export type Refreshed = {
  /** The one to judge. */
  readonly document: JsonObject
  readonly signed: Signed
  /** Absent when nothing was asked for. */
  readonly refresh?: RefreshFinding
}

const AT = '/refreshService'

export async function refreshOnce(
  parts: VerifyingParts,
  document: JsonObject,
  signed: Signed,
): Promise<Refreshed> {
  const received = { document, signed }
  const url = serviceOf(document)
  if (url === undefined || !isProvenBy(signed)) return received
  const answer = parts.fetched.find({ url, purpose: 'refresh' })
  if (answer?.kind !== 'document') return { ...received, refresh: notReached(answer) }
  const newer = await readNewer(parts, document, answer)
  return 'document' in newer ? newer : { ...received, refresh: newer }
}

/** Services of other types need an agreement with whoever runs them. */
function serviceOf(document: JsonObject): string | undefined {
  const services = listMember(document, 'refreshService')
  return textMember(
    services.find((one) => hasType(one, '1EdTechCredentialRefresh')),
    'id',
  )
}

/** Steps 1 and 2 of the standard over what came; first, whether it is a version of this badge at all. */
async function readNewer(
  parts: VerifyingParts,
  older: JsonObject,
  answer: Extract<OutboundAnswer, { kind: 'document' }>,
): Promise<Refreshed | RefreshFinding> {
  const read = readSigned(parts, answer)
  if ('refusal' in read) return kept('refresh-refused', `${REFUSED} ${read.refusal.detail}`)
  const { document } = read
  if (!isSameBadge(document, older)) return kept('refresh-other-badge', OTHER)
  const [from, before] = [startOf(document), startOf(older)]
  if (from === before) return { outcome: 'none', sentence: NONE, problems: [] }
  if (from < before) return kept('refresh-older', OLDER)
  if (from - CLOCK_SKEW_MS > parts.clock.now())
    return kept('refresh-early', `The newer version begins on ${inWords(from)}.`)
  const signed = await read.judge()
  if (!(await isSound(parts, document, signed))) return kept('refresh-unsound', UNSOUND)
  const sentence = `There is a newer version of it, of ${inWords(from)}. That version was judged, not the one that you brought.`
  return { document, signed, refresh: { outcome: 'newer', sentence, problems: [] } }
}

/** OB 3.0 section 10: the same issuer and the same id. */
function isSameBadge(one: JsonObject, other: JsonObject): boolean {
  const id = textMember(one, 'id')
  const isSameId = id !== undefined && id === textMember(other, 'id')
  return isSameId && issuerIdOf(one) === issuerIdOf(other)
}

/** The version with the later start supersedes the other. */
function startOf(document: JsonObject): number {
  return lifeOf(document).from?.ms ?? 0
}

async function isSound(
  parts: VerifyingParts,
  document: JsonObject,
  signed: Signed,
): Promise<boolean> {
  if (!isProvenBy(signed)) return false
  if (checkStructure(document, parts.schemaChecker).outcome !== 'passed') return false
  const keyState = await checkKeyState(document, signed.keys, parts, true)
  return keyState.outcome === 'passed'
}

function notReached(answer: Exclude<OutboundAnswer, { kind: 'document' }> | undefined) {
  return answer === undefined
    ? kept('refresh-wanted', UNREACHED)
    : kept('refresh-unreachable', `${UNREACHED} ${answer.sentence}`)
}

const UNREACHED = 'Whether there is a newer version of it could not be looked up.'
const REFUSED = 'What came in place of a newer version cannot be read safely:'
const OTHER = 'What came in place of a newer version is another badge.'
const OLDER = 'What came in place of a newer version is an older one.'
const UNSOUND = 'What came in place of a newer version is not soundly signed, or no badge.'
const NONE = 'There is no newer version of it.'

/** The badge as it was brought is judged; nothing counts against it. */
function kept(code: string, sentence: string): RefreshFinding {
  return { outcome: 'kept', sentence, problems: [problem(code, AT)] }
}
