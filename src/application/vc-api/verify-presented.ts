/** Verifies a presentation for a client of the VC API: who presents, and each credential in it by itself. */

import { ENVELOPED_PRESENTATION, presentationInEnvelope } from '../../domain/envelope.js'
import { isOfOpenBadges } from '../../domain/generic-structure.js'
import { IssuerError } from '../../domain/issuer-error.js'
import {
  hasType,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../../domain/json.js'
import type { CredentialVerifier, PresentationOptions, VerifyOptions } from '../ports/verifier.js'
import { openPresentationToken } from '../verification/read-token.js'
import { asksForStatus, isCredential } from './read-calls.js'
import { toVerificationAnswer, type VerificationAnswer } from './verification-answer.js'

export type PresentationAnswer = Pick<
  VerificationAnswer,
  'verified' | 'checks' | 'problemDetails'
> & {
  readonly presentationResult: VerificationAnswer
  readonly credentialResults: readonly VerificationAnswer[]
}

const MAX_CREDENTIALS = 16
const TOTAL_MS = 30_000

/**
 * Badges are judged by all rules of badges; everything else is, where the generic profile is on, by its own. What
 * an envelope holds is known to the verifier only, which keeps to the same.
 */
export function optionsFor(credential: JsonObject, isGeneric: boolean): VerifyOptions {
  return isGeneric && !isOfOpenBadges(credential) ? { profile: 'generic' } : {}
}

export type PresentationPolicy = {
  /** Whether credentials that are no badges are judged. */
  readonly isGeneric: boolean
  /** Told how many credentials there are, before any is judged; throws to refuse them. */
  readonly countChecks: (credentials: number) => Promise<void>
  /** After so long, no further credential is begun; half a minute unless told. */
  readonly totalMs?: number
}

/**
 * @throws REQUEST_INVALID; VERIFIER_TIMEOUT when the credentials together took too long; whatever
 *   `countChecks` and the verifier throw
 */
export async function verifyPresented(
  verifier: CredentialVerifier,
  presentation: JsonObject,
  options: JsonObject,
  { isGeneric, countChecks, totalMs = TOTAL_MS }: PresentationPolicy,
): Promise<PresentationAnswer> {
  const { bytes, document } = open(presentation)
  const credentials = readCredentials(document)
  const asked = readAsked(options)
  await countChecks(credentials.length)
  const deadline = AbortSignal.timeout(totalMs)
  const holder = await verifier.verify(bytes, {
    presentation: asked,
    profile: isGeneric ? 'generic' : 'badge',
  })
  const presentationResult = toVerificationAnswer(holder, false)
  const credentialResults: VerificationAnswer[] = []
  for (const credential of credentials) {
    if (deadline.aborted) throw tookTooLong(credentialResults.length, credentials.length)
    const result = await verifier.verify(toBytes(credential), optionsFor(credential, isGeneric))
    credentialResults.push(toVerificationAnswer(result, asksForStatus(credential, options)))
  }
  const all = [presentationResult, ...credentialResults]
  return {
    verified: all.every(({ verified }) => verified),
    checks: presentationResult.checks,
    problemDetails: all.flatMap(({ problemDetails }) => problemDetails),
    presentationResult,
    credentialResults,
  }
}

/** A token is opened for what is presented in it; whether it is sound is for the verifier to say. */
function open(presentation: JsonObject): {
  readonly bytes: Uint8Array
  readonly document: JsonObject
} {
  if (!hasType(presentation, ENVELOPED_PRESENTATION))
    return { bytes: toBytes(presentation), document: presentation }
  const text = presentationInEnvelope(textMember(presentation, 'id') ?? '') ?? ''
  const token = openPresentationToken(text)
  const bytes = new TextEncoder().encode(text)
  return { bytes, document: 'refusal' in token ? {} : token.payload.credential }
}

function readCredentials(presentation: JsonObject): readonly JsonObject[] {
  const held = listMember(presentation, 'verifiableCredential')
  if (held.length > MAX_CREDENTIALS)
    throw invalid('/verifiablePresentation', `must hold at most ${MAX_CREDENTIALS} credentials`)
  const credentials = held.filter(isCredential)
  if (credentials.length === held.length) return credentials
  throw invalid('/verifiablePresentation/verifiableCredential', 'must hold credentials as objects')
}

/** Without `proof` among the checks, and with nothing that a proof would be made for, none is needed. */
function readAsked(options: JsonObject): PresentationOptions {
  const challenge = readText(options, 'challenge')
  const domain = readText(options, 'domain')
  const checks = member(options, 'checks')
  const wantsProof = checks === undefined || listMember(options, 'checks').includes('proof')
  return {
    ...(challenge === undefined ? {} : { challenge }),
    ...(domain === undefined ? {} : { domain }),
    unsigned: !wantsProof && challenge === undefined && domain === undefined,
  }
}

function readText(options: JsonObject, name: string): string | undefined {
  if (member(options, name) === undefined) return undefined
  const text = textMember(options, name)
  if (text === undefined) throw invalid(`/options/${name}`, 'must be text')
  return text
}

function toBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function tookTooLong(judged: number, count: number): IssuerError {
  const sentence = `Checking these credentials took too long together: ${judged} of ${count} were checked. Present fewer at once.`
  return new IssuerError('VERIFIER_TIMEOUT', sentence)
}

function invalid(pointer: string, detail: string): IssuerError {
  return new IssuerError('REQUEST_INVALID', `${pointer} ${detail}.`, {
    pointer,
    faults: [{ pointer, detail }],
  })
}
