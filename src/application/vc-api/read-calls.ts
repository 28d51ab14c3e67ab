/** Reads what clients of the VC API send, before anything is judged. */
import {
  ENVELOPED_CREDENTIAL,
  ENVELOPED_PRESENTATION,
  isEnvelope,
  isOnlyEnvelope,
  tokenInEnvelope,
} from '../../domain/envelope.js'
import { type Fault, IssuerError } from '../../domain/issuer-error.js'
import {
  hasType,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../../domain/json.js'

/**
 * `{credential, options?}` (VC API, issue credential).
 * @throws REQUEST_INVALID
 */
export function readIssueCall(body: JsonValue): {
  readonly credential: JsonObject
  readonly options: JsonObject
} {
  const credential = member(body, 'credential')
  if (!isJsonObject(credential)) throw invalid('/credential', 'must be the credential to sign')
  return { credential, options: readOptions(body) }
}

/**
 * `{verifiableCredential, options?}` (VC API, verify credential).
 * @throws REQUEST_INVALID
 */
export function readVerifyCall(body: JsonValue): {
  readonly credential: JsonObject
  readonly options: JsonObject
} {
  const credential = member(body, 'verifiableCredential')
  if (!isCredential(credential)) throw invalid('/verifiableCredential', NO_CREDENTIAL)
  return { credential, options: readOptions(body) }
}

/**
 * `{verifiablePresentation, options?}` (VC API, verify presentation).
 * @throws REQUEST_INVALID
 */
export function readPresentationCall(body: JsonValue): {
  readonly presentation: JsonObject
  readonly options: JsonObject
} {
  const presentation = member(body, 'verifiablePresentation')
  if (!isPresentation(presentation)) throw invalid('/verifiablePresentation', NO_PRESENTATION)
  return { presentation, options: readOptions(body) }
}

const NO_PRESENTATION = `must be an object of type VerifiablePresentation or ${ENVELOPED_PRESENTATION}`

function isPresentation(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false
  if (hasType(value, ENVELOPED_PRESENTATION)) return isOnlyEnvelope(value)
  return hasType(value, 'VerifiablePresentation')
}

const NO_CREDENTIAL = `must be an object of type VerifiableCredential or ${ENVELOPED_CREDENTIAL}`

/**
 * Whether it says that it is a credential, or one in an envelope, which says nothing else. An object that is also a
 * presentation would be judged by what it holds.
 */
export function isCredential(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false
  if (isEnvelope(value)) return isOnlyEnvelope(value)
  return hasType(value, 'VerifiableCredential') && !hasType(value, 'VerifiablePresentation')
}

function readOptions(body: JsonValue): JsonObject {
  const options = member(body, 'options') ?? {}
  if (!isJsonObject(options)) throw invalid('/options', 'must be an object')
  return options
}

/**
 * Whether the caller asks for the status of a credential that has one. Every check is made in any case;
 * asked for, a status that was not looked at is a refusal.
 */
export function asksForStatus(credential: JsonObject, options: JsonObject): boolean {
  if (!listMember(options, 'checks').includes('credentialStatus')) return false
  return 'credentialStatus' in (readEnvelope(credential) ?? credential)
}

/** The claims in an envelope, unproven; undefined for what is none. */
function readEnvelope(credential: JsonObject): JsonObject | undefined {
  if (!isEnvelope(credential)) return undefined
  const [, payload = ''] = (tokenInEnvelope(textMember(credential, 'id') ?? '') ?? '').split('.', 2)
  try {
    const text = new TextDecoder().decode(Uint8Array.from(atob(toBase64(payload)), codeOf))
    const claims: unknown = JSON.parse(text)
    if (!isJsonObject(claims)) return {}
    const inside = member(claims, 'vc')
    return isJsonObject(inside) ? inside : claims
  } catch {
    return {}
  }
}

function toBase64(base64url: string): string {
  return base64url.replaceAll('-', '+').replaceAll('_', '/')
}

function codeOf(sign: string): number {
  return sign.charCodeAt(0)
}

function invalid(pointer: string, detail: string): IssuerError {
  const faults: readonly Fault[] = [{ pointer, detail }]
  return new IssuerError('REQUEST_INVALID', `${pointer} ${detail}.`, { pointer, faults })
}
