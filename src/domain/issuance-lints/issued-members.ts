/** The members of the credential profile, place by place: the strict allow-list behind one lint. */

const PROFILE = ['id', 'type', 'name', 'url', 'description', 'email']

/** Pointer patterns (`*` is an array index) → member names allowed there. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '': [
    '@context',
    'id',
    'type',
    'name',
    'description',
    'issuer',
    'validFrom',
    'validUntil',
    'awardedDate',
    'credentialSubject',
    'evidence',
    'credentialStatus',
    'credentialSchema',
  ],
  '/issuer': [...PROFILE, 'endorsement'],
  '/credentialSubject': ['id', 'type', 'identifier', 'achievement', 'result'],
  '/credentialSubject/identifier/*': ['type', 'hashed', 'identityHash', 'identityType', 'salt'],
  '/credentialSubject/result/*': ['type', 'resultDescription', 'achievedLevel'],
  '/credentialSubject/achievement': [
    'id',
    'type',
    'achievementType',
    'name',
    'description',
    'criteria',
    'image',
    'inLanguage',
    'version',
    'tag',
    'alignment',
    'resultDescription',
    'endorsement',
  ],
  '/credentialSubject/achievement/criteria': ['id', 'narrative'],
  '/credentialSubject/achievement/image': ['id', 'type', 'caption'],
  '/credentialSubject/achievement/alignment/*': [
    'type',
    'targetName',
    'targetUrl',
    'targetCode',
    'targetDescription',
    'targetFramework',
    'targetType',
  ],
  '/credentialSubject/achievement/resultDescription/*': [
    'id',
    'type',
    'name',
    'resultType',
    'requiredLevel',
    'rubricCriterionLevel',
  ],
  '/credentialSubject/achievement/resultDescription/*/rubricCriterionLevel/*': [
    'id',
    'type',
    'level',
    'name',
    'description',
    'points',
  ],
  '/evidence/*': ['id', 'type', 'name', 'genre', 'narrative', 'description'],
  '/credentialStatus': ['id', 'type', 'statusPurpose', 'statusListIndex', 'statusListCredential'],
  '/credentialSchema/*': ['id', 'type'],
}

/** The same for an endorsement; `proof` has its members once it is signed. */
const ENDORSEMENT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '': ['@context', 'id', 'type', 'name', 'issuer', 'validFrom', 'credentialSubject', 'proof'],
  '/issuer': PROFILE,
  '/credentialSubject': ['id', 'type', 'endorsementComment'],
  '/proof/*': [
    'type',
    'cryptosuite',
    'created',
    'verificationMethod',
    'proofPurpose',
    'proofValue',
  ],
}

/** Where badges embed endorsements. */
const EMBEDDED = /^(?:\/issuer|\/credentialSubject\/achievement)\/endorsement\/\*/

/** Member names that the profile allows in the object at a pointer; undefined when no object may stand there. */
export function memberNamesAt(pointer: string): readonly string[] | undefined {
  const place = withoutIndexes(pointer)
  const within = place.replace(EMBEDDED, '')
  return within === place ? MEMBERS[place] : ENDORSEMENT_MEMBERS[within]
}

/** The same for an endorsement that stands alone. */
export function endorsementMemberNamesAt(pointer: string): readonly string[] | undefined {
  return ENDORSEMENT_MEMBERS[withoutIndexes(pointer)]
}

function withoutIndexes(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')
}
