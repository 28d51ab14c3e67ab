/** The form of a presentation (VC Data Model 2.0 section 4.13), and which keys are for presenting. */
import { contextFaults } from '../../../domain/generic-structure.js'
import type { Fault } from '../../../domain/issuer-error.js'
import {
  hasType,
  isJsonObject,
  type JsonObject,
  listMember,
  member,
  textMember,
} from '../../../domain/json.js'
import type { ControllerDocuments } from '../../ports/verifier.js'

export function presentationFaults(document: JsonObject): readonly Fault[] {
  const faults = [...contextFaults(document)]
  if (!hasType(document, 'VerifiablePresentation'))
    faults.push({ pointer: '/type', detail: 'must name VerifiablePresentation' })
  const holder = member(document, 'holder')
  if (holder !== undefined && holderOf(document) === undefined)
    faults.push({ pointer: '/holder', detail: 'must be a URL or an object with a URL as its id' })
  if (!listMember(document, 'verifiableCredential').every(isJsonObject))
    faults.push({ pointer: '/verifiableCredential', detail: 'must hold credentials' })
  return faults
}

export function holderOf(document: JsonObject): string | undefined {
  const holder = member(document, 'holder')
  return typeof holder === 'string' ? holder : textMember(holder, 'id')
}

/** Keys for `authentication` instead of those for assertions; a `did:key` is good for both. */
export function forAuthentication(controllers: ControllerDocuments): ControllerDocuments {
  return {
    async find(controller) {
      const found = await controllers.find(controller)
      if (found.kind !== 'found' || controller.startsWith('did:key:')) return found
      const entries = listMember(found.document, 'authentication')
      const assertionMethod = entries.map((one) => textMember(one, 'id') ?? one)
      // A key may be described where it is listed, and nowhere else (DID Core 1.0 section 5.3.1).
      const described = listMember(found.document, 'verificationMethod')
      const verificationMethod = [...described, ...entries.filter(isJsonObject)]
      return { ...found, document: { ...found.document, verificationMethod, assertionMethod } }
    },
  }
}
