/** Lints on who speaks about what: contexts, types, ids, issuer, status entry. */
import { issuedContexts } from '../achievement-credential.js'
import { badgeUrl } from '../badge-code.js'
import { canonicalJson, listMember, member, textMember } from '../json.js'
import type { Lint, LintFacts, Rule } from './lint.js'

export const contexts: Lint = {
  name: 'contexts',
  citation: 'Open Badges 3.0 appendix B, AchievementCredential: @context',
  check(document) {
    const found = listMember(document, '@context')
    const allowed = [issuedContexts(true), issuedContexts(false)]
    return allowed.some((list) => canonicalJson(list) === canonicalJson(found))
      ? undefined
      : '“@context” is not the list of the credential profile.'
  },
}

export const types: Lint = {
  name: 'types',
  citation: 'Open Badges 3.0 appendix B, AchievementCredential: type',
  check(document) {
    const expected = ['VerifiableCredential', 'OpenBadgeCredential']
    return canonicalJson(listMember(document, 'type')) === canonicalJson(expected)
      ? undefined
      : `“type” must be exactly ${expected.join(' and ')}.`
  },
}

export const idIsOurUrl: Lint = {
  name: 'id-is-our-url',
  citation: 'Credential profile: id',
  check(document, facts) {
    const expected = badgeUrl(facts.baseUrl, facts.code)
    return textMember(document, 'id') === expected ? undefined : `“id” must be ${expected}.`
  },
}

export const issuerMatchesKey: Rule<Pick<LintFacts, 'issuerId' | 'verificationMethod'>> = {
  name: 'issuer-matches-key',
  citation: 'Open Badges 3.0 section 8.4; Data Integrity 1.0 section 4.2, controller',
  check(document, facts) {
    const issuer = textMember(member(document, 'issuer'), 'id')
    if (issuer !== facts.issuerId) return '“issuer.id” is not the controller of the signing key.'
    return facts.verificationMethod.startsWith(`${issuer}#`)
      ? undefined
      : 'The signing key does not belong to the issuer.'
  },
}

export const statusEntry: Lint = {
  name: 'status-entry',
  citation: 'W3C Bitstring Status List 1.0 section 2.1',
  check(document, facts) {
    const entry = member(document, 'credentialStatus')
    const expected = {
      id: `${facts.statusListUrl}#${facts.listIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(facts.listIndex),
      statusListCredential: facts.statusListUrl,
    }
    return entry !== undefined && canonicalJson(entry) === canonicalJson(expected)
      ? undefined
      : '“credentialStatus” is not the entry that was reserved for this badge.'
  },
}
