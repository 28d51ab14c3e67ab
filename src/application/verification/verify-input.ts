/** From whatever a person brought to the credential in it, and to its report. */
import { describeInput, type InputForm } from '../../domain/input-form.js'
import type { FoundInput } from '../ports/inputs.js'
import type { OutboundAnswer } from '../ports/outbound.js'
import type { VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { verifyGeneric } from './generic/verify-generic.js'
import { verifyPresentation } from './generic/verify-presentation.js'
import { notReached, notReadable, type Unread } from './unread-inputs.js'
import { verifyCredential } from './verify-credential.js'
import { verifyToken } from './verify-token.js'
import type { VerifyingParts } from './verifying-parts.js'

/** A picture of a QR code of a page that links to a badge: no honest way is longer. */
const MAX_STEPS = 4

/** @returns a full report for any bytes; throws only for bugs */
export async function verifyInput(
  parts: VerifyingParts,
  bytes: Uint8Array,
  options: VerifyOptions,
): Promise<VerifyResult> {
  if (options.presentation !== undefined)
    return verifyPresentation(parts, bytes, options.presentation, options.profile)
  const { forms, found } = await follow(parts, bytes)
  // The gate says best what is wrong with JSON, and with what is no known form at all.
  if (found.kind === 'refused' && ['', 'json'].includes(forms.join()))
    return verifyJson(parts, bytes, options)
  switch (found.kind) {
    case 'json':
      return withForms(forms, await verifyJson(parts, found.bytes, options))
    case 'token':
      return withForms(forms, await verifyToken(parts, found.token, options))
    case 'unread':
      return notReached(parts.clock.now(), forms, found)
    default:
      return notReadable(parts.clock.now(), forms, found)
  }
}

function verifyJson(
  parts: VerifyingParts,
  bytes: Uint8Array,
  options: VerifyOptions,
): Promise<VerifyResult> {
  return options.profile === 'generic'
    ? verifyGeneric(parts, bytes)
    : verifyCredential(parts, bytes, options)
}

type Followed = {
  /** What was recognised, outermost first. */
  readonly forms: readonly InputForm[]
  readonly found: Exclude<FoundInput, { kind: 'address' }> | Unread
}

/** Reads the input and, while it only points elsewhere, what stands there. */
async function follow(parts: VerifyingParts, bytes: Uint8Array): Promise<Followed> {
  const forms: InputForm[] = []
  let found = await parts.inputReader.read(bytes)
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (found.form !== undefined) forms.push(found.form)
    if (found.kind !== 'address') return { forms, found }
    const answer = parts.fetched.find({ url: found.url, purpose: 'input' })
    if (answer?.kind !== 'document') return { forms, found: toUnread(found.url, answer) }
    const { mediaType, url } = answer
    found = await parts.inputReader.read(answer.bytes, { mediaType, url })
  }
  const sentence = 'It leads from one address to the next without coming to a badge.'
  return { forms, found: { kind: 'unread', code: 'input-too-many-steps', sentence } }
}

function toUnread(url: string, answer: Exclude<OutboundAnswer, { kind: 'document' }> | undefined) {
  const code = answer === undefined ? 'input-wanted' : 'input-unreachable'
  const host = /^https?:\/\/([^/?#]{1,100})/.exec(url)?.[1] ?? 'that address'
  const why = answer === undefined ? '' : ` ${answer.sentence}`
  return { kind: 'unread', code, sentence: `No badge came from ${host}.${why}` } as const
}

/** Which form was recognised is the first line of every report. */
function withForms(forms: readonly InputForm[], { report, refusal }: VerifyResult): VerifyResult {
  const format =
    forms.join() === 'json' ? report.format : `${describeInput(forms)}: ${report.format}`
  return {
    report: { ...report, format, input: forms },
    ...(refusal === undefined ? {} : { refusal }),
  }
}
