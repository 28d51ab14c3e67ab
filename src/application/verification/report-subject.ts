/** What a report says about the badge itself. */
import { VC1_CONTEXT } from '../../domain/achievement-credential.js'
import { isJsonObject, type JsonObject, listMember, member, textMember } from '../../domain/json.js'
import { listProofs } from '../../domain/proof.js'
import type { ReportSubject } from '../../domain/verification-report.js'
import { issuerIdOf } from './issuer-key-check.js'

/** @param securing how it is signed: “JSON” or “VC-JWT” */
export function formatOf(document: JsonObject, securing: string): string {
  const model = listMember(document, '@context')[0] === VC1_CONTEXT ? '1.1' : '2.0'
  return `Open Badges 3.0 credential (${securing}, VC Data Model ${model})`
}

/** What the report repeats of the badge: never who earned it. */
export function toSubject(document: JsonObject): ReportSubject {
  const issuer = member(document, 'issuer')
  const achievement = member(member(document, 'credentialSubject'), 'achievement')
  const optional = {
    name: textMember(document, 'name'),
    achievementName: textMember(achievement, 'name'),
    description: textMember(achievement, 'description') ?? textMember(document, 'description'),
    issuerName: isJsonObject(issuer) ? textMember(issuer, 'name') : undefined,
    validUntil: textMember(document, 'validUntil') ?? textMember(document, 'expirationDate'),
    awardedDate: textMember(document, 'awardedDate'),
  }
  return {
    id: textMember(document, 'id') ?? '',
    issuerId: issuerIdOf(document),
    validFrom: textMember(document, 'validFrom') ?? textMember(document, 'issuanceDate') ?? '',
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
      name?: string
    }),
    proofs: listProofs(document).map(
      ({ type, cryptosuite, verificationMethod, created, isSupported }) => ({
        type,
        ...(cryptosuite === undefined ? {} : { cryptosuite }),
        ...(verificationMethod === undefined ? {} : { verificationMethod }),
        ...(created === undefined ? {} : { created }),
        checked: isSupported,
      }),
    ),
  }
}
