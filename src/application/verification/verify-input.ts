/** From whatever a person brought to the credential in it, and to its report. */
import { describeInput, type InputForm } from '../../domain/input-form.js'
import type { ReadInput } from '../ports/inputs.js'
import type { OutboundAnswer } from '../ports/outbound.js'
import type { PassResult, VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { verifyGeneric } from './generic/verify-generic.js'
import { verifyGenericToken } from './generic/verify-generic-token.js'
import { verifyPresentation } from './generic/verify-presentation.js'
import { notReached, notReadable, type Unread } from './unread-inputs.js'
import { verifyCredential } from './verify-credential.js'
import { verifyToken } from './verify-token.js'
import type { VerifyingParts } from './verifying-parts.js'

/** A picture of a QR code of a page that links to a badge: no honest way is longer. */
const MAX_STEPS = 4

/**
 * @param input the bytes as they were brought, or how far an earlier pass read them
 * @returns a full report for any input; throws only for bugs
 */
export async function verifyInput(
  parts: VerifyingParts,
  input: Uint8Array | ReadInput,
  options: VerifyOptions,
): Promise<Omit<PassResult, 'wanted'>> {
  const { presentation, profile } = options
  if (presentation !== undefined && input instanceof Uint8Array)
    return { result: await verifyPresentation(parts, input, presentation, profile) }
  const start = input instanceof Uint8Array ? await read(parts, [], input) : input
  const isGated = (rule: string) =>
    GATED.has(rule) || (profile === 'generic' && !OF_TOKENS.has(rule))
  if (input instanceof Uint8Array && start.found.kind === 'refused' && isGated(start.found.rule))
    return { result: await refuseByGate(parts, input, start.found, options) }
  const { read: last, unread } = await follow(parts, start)
  const { forms, found } = last
  const now = parts.clock.now()
  switch (found.kind) {
    case 'json':
      return {
        result: withForms(forms, await verifyJson(parts, found.bytes, options)),
        read: last,
      }
    case 'token':
      return {
        result: withForms(forms, await verifyTokenBy(parts, found.token, options)),
        read: last,
      }
    case 'address':
      return { result: notReached(now, forms, unread ?? TOO_MANY_STEPS), read: last }
    default:
      return { result: notReadable(now, forms, found) }
  }
}

/** What the gate refuses too, by rules of its own: those are the names that clients know. */
const GATED: ReadonlySet<string> = new Set(['empty', 'too-large', 'json-list', 'not-recognised'])

/** About what is in an envelope; no other profile has more to say about that. */
const OF_TOKENS: ReadonlySet<string> = new Set(['malformed-jws', 'sd-jwt'])

/** What is nothing like JSON is not told what JSON it should be. */
async function refuseByGate(
  parts: VerifyingParts,
  bytes: Uint8Array,
  found: Extract<ReadInput['found'], { kind: 'refused' }>,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const gated = await verifyJson(parts, bytes, options)
  if (options.profile === 'generic') return gated
  const rule = gated.refusal?.rule
  if (found.rule !== 'not-recognised' || rule !== 'not-json') return gated
  return notReadable(parts.clock.now(), [], { ...found, rule })
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

function verifyTokenBy(
  parts: VerifyingParts,
  token: string,
  options: VerifyOptions,
): Promise<VerifyResult> {
  return options.profile === 'generic'
    ? verifyGenericToken(parts, token)
    : verifyToken(parts, token, options)
}

/** @param before what led to these bytes */
async function read(
  parts: VerifyingParts,
  before: readonly InputForm[],
  bytes: Uint8Array,
  from?: { readonly mediaType: string; readonly url: string },
): Promise<ReadInput> {
  const found = await parts.inputReader.read(bytes, from)
  return { forms: found.form === undefined ? before : [...before, found.form], found }
}

/** Reads on while the input only points elsewhere, as far as what stands there is at hand. */
async function follow(
  parts: VerifyingParts,
  start: ReadInput,
): Promise<{ readonly read: ReadInput; readonly unread?: Unread }> {
  let last = start
  while (last.found.kind === 'address' && last.forms.length < MAX_STEPS) {
    const { url } = last.found
    const answer = parts.fetched.find({ url, purpose: 'input' })
    if (answer?.kind !== 'document') return { read: last, unread: toUnread(url, answer) }
    last = await read(parts, last.forms, answer.bytes, answer)
  }
  return { read: last }
}

const TOO_MANY_STEPS: Unread = {
  kind: 'unread',
  code: 'input-too-many-steps',
  sentence: 'It leads from one address to the next without coming to a badge.',
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
