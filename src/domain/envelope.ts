/** Objects that only carry something signed in a token (VC Data Model 2.0 sections 4.13 and 4.14). */
import { hasType, isJsonObject, type JsonObject, type JsonValue, listMember } from './json.js'

export const ENVELOPED_CREDENTIAL = 'EnvelopedVerifiableCredential'

export const ENVELOPED_PRESENTATION = 'EnvelopedVerifiablePresentation'

/** The longer ones are from drafts. */
const CREDENTIAL_TOKEN = /^data:application\/vc\+(?:ld\+json\+)?jwt[;,]/
const PRESENTATION_TOKEN = /^data:application\/vp\+(?:ld\+json\+)?jwt[;,]/
const MEMBERS = ['@context', 'id', 'type']

export function isEnvelope(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && hasType(value, ENVELOPED_CREDENTIAL)
}

/** Whether an envelope says nothing of its own, which no signature of what is in it would cover. */
export function isOnlyEnvelope(value: JsonObject): boolean {
  const isAlone = listMember(value, 'type').length === 1
  return isAlone && Object.keys(value).every((name) => MEMBERS.includes(name))
}

/**
 * The compact JWS in the `id` of an envelope, not looked at yet.
 * @returns undefined for an id that holds something else
 */
export function tokenInEnvelope(id: string): string | undefined {
  return CREDENTIAL_TOKEN.test(id) ? id.slice(id.indexOf(',') + 1) : undefined
}

/** The same for a presentation. */
export function presentationInEnvelope(id: string): string | undefined {
  return PRESENTATION_TOKEN.test(id) ? id.slice(id.indexOf(',') + 1) : undefined
}
