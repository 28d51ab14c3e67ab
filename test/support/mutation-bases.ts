/** What random changes start from: some fifty signed badges that are valid, and some that never are. */
import type { JsonObject } from '../../src/domain/json.js'
import { badgeDocument } from './badge-documents.js'
import { disclose, makeKey, plainBadgeOf, shownBadge, signWith } from './proof-kinds.js'
import { type BaseName, resign, signedBadge } from './signed-badges.js'
import type { Change } from './tampering.js'

const VALID_BASES = [
  ...['good', 'single', 'v1', 'endorsed', 'self-issued', 'self-endorsed', 'partner'],
  ...['two-signers', 'issuer-as-text', 'status-without-id', 'v1-data-integrity'],
] as readonly BaseName[]

export const NEVER_BASES = [
  ...['expired', 'expired-v1', 'expired-v1-new-name', 'not-yet', 'not-yet-v1-new-name'],
  ...['foreign-key', 'foreign-key-expired', 'claimed-controller', 'proof-expired', 'proof-future'],
  ...['key-revoked', 'key-expired', 'key-late', 'key-foreign', 'key-unlisted'],
  ...['key-authentication', 'purpose-authentication', 'proof-chain'],
] as readonly BaseName[]

const ACHIEVEMENT = '/credentialSubject/achievement'

/** Other badges of the stranger: each says one thing more, less or in another way. */
const VARIANTS: Readonly<Record<string, readonly Change[]>> = {
  'without a status': [{ op: 'remove', at: '/credentialStatus' }],
  'without an end': [{ op: 'remove', at: '/validUntil' }],
  'without dates of award': [{ op: 'remove', at: '/awardedDate' }],
  'without evidence': [{ op: 'remove', at: '/evidence' }],
  'of one evidence': [{ op: 'remove', at: '/evidence/1' }],
  'without results': [{ op: 'remove', at: '/credentialSubject/result' }],
  'of one result': [{ op: 'remove', at: '/credentialSubject/result/0' }],
  'of nobody by name': [{ op: 'remove', at: '/credentialSubject/identifier' }],
  'of one identifier': [{ op: 'remove', at: '/credentialSubject/identifier/1' }],
  'of nobody by id': [{ op: 'remove', at: '/credentialSubject/id' }],
  'without pictures': [
    { op: 'remove', at: '/image' },
    { op: 'remove', at: `${ACHIEVEMENT}/image` },
  ],
  'without a schema': [{ op: 'remove', at: '/credentialSchema' }],
  'without alignments': [{ op: 'remove', at: `${ACHIEVEMENT}/alignment` }],
  'of one alignment': [{ op: 'remove', at: `${ACHIEVEMENT}/alignment/1` }],
  'without tags': [{ op: 'remove', at: `${ACHIEVEMENT}/tag` }],
  'of an issuer without address': [{ op: 'remove', at: '/issuer/address' }],
  'of an issuer with an e-mail alone': [{ op: 'remove', at: '/issuer/url' }],
  'of other letters': [{ op: 'set', at: '/name', value: '微证书 🎓 «é»' }],
  'of letters from right to left': [{ op: 'set', at: '/description', value: 'شهادة صغيرة' }],
  'of a long text': [{ op: 'fill', at: '/description', text: 'What was learnt. ', count: 200 }],
  'of whole credits': [{ op: 'set', at: '/credentialSubject/creditsEarned', value: 3 }],
  'of no credits': [{ op: 'set', at: '/credentialSubject/creditsEarned', value: 0 }],
  'of another type': [{ op: 'set', at: `${ACHIEVEMENT}/achievementType`, value: 'Course' }],
  'of a term': [
    { op: 'set', at: '/credentialSubject/term', value: 'Autumn' },
    { op: 'set', at: '/credentialSubject/role', value: 'Author' },
  ],
  'with a licence number': [{ op: 'set', at: '/credentialSubject/licenseNumber', value: 'A-7' }],
  'of some days': [
    { op: 'set', at: '/credentialSubject/activityStartDate', value: '2024-09-01T00:00:00Z' },
    { op: 'set', at: '/credentialSubject/activityEndDate', value: '2024-12-01T00:00:00Z' },
  ],
  'with a narrative': [{ op: 'set', at: '/credentialSubject/narrative', value: 'She *did* it.' }],
}

/** Of the other kinds of proof; keys are made for the run. */
const KINDS: Readonly<Record<string, () => Promise<JsonObject>>> = {
  'eddsa-rdfc-2022': async () => shownBadge('eddsa-rdfc-2022', await makeKey('Ed25519')),
  'eddsa-jcs-2022': async () => shownBadge('eddsa-jcs-2022', await makeKey('Ed25519')),
  'ecdsa-rdfc-2019 P-256': async () => shownBadge('ecdsa-rdfc-2019', await makeKey('P-256')),
  'ecdsa-rdfc-2019 P-384': async () => shownBadge('ecdsa-rdfc-2019', await makeKey('P-384')),
  'ecdsa-sd-2023': async () => shownBadge('ecdsa-sd-2023', await makeKey('P-256')),
  'ecdsa-sd-2023 of all': async () => {
    const key = await makeKey('P-256')
    const signed = await signWith('ecdsa-sd-2023', key, plainBadgeOf(key))
    return disclose(signed, ['/id', '/type', '/name', '/credentialSubject/achievement'])
  },
  'eddsa-jcs-2022 small': async () => {
    const key = await makeKey('Ed25519')
    return signWith('eddsa-jcs-2022', key, plainBadgeOf(key))
  },
  'ecdsa-rdfc-2019 small': async () => {
    const key = await makeKey('P-256')
    return signWith('ecdsa-rdfc-2019', key, plainBadgeOf(key))
  },
  'eddsa-jcs-2022 of all': async () => {
    const key = await makeKey('Ed25519')
    return signWith('eddsa-jcs-2022', key, badgeDocument({ issuer: key.did }))
  },
  'ecdsa-rdfc-2019 of all': async () => {
    const key = await makeKey('P-384')
    return signWith('ecdsa-rdfc-2019', key, badgeDocument({ issuer: key.did }))
  },
}

export type MutationBase = { readonly name: string; readonly badge: JsonObject }

/** All badges that are valid as they are. */
export async function validBases(): Promise<readonly MutationBase[]> {
  const single = await signedBadge('single')
  const made: readonly (readonly [string, Promise<JsonObject>])[] = [
    ...VALID_BASES.map((name) => [name, signedBadge(name)] as const),
    ...Object.entries(VARIANTS).map(([name, changes]) => [name, resign(single, changes)] as const),
    ...Object.entries(KINDS).map(([name, make]) => [name, make()] as const),
  ]
  return Promise.all(made.map(async ([name, badge]) => ({ name, badge: await badge })))
}
