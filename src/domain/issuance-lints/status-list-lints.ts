/** Lints for the status list credential: a document of ours that is not a badge. */
import { VC2_CONTEXT } from '../achievement-credential.js'
import { canonicalJson, listMember, member, textMember } from '../json.js'
import { parseTimestamp } from '../timestamps.js'
import type { LintFacts, Rule } from './lint.js'

export type StatusListLintFacts = Pick<
  LintFacts,
  'issuerId' | 'verificationMethod' | 'canonical'
> & {
  readonly statusListUrl: string
}

type StatusListLint = Rule<StatusListLintFacts>

const shape: StatusListLint = {
  name: 'status-list-shape',
  citation: 'W3C Bitstring Status List 1.0 section 2.2',
  check(document, facts) {
    const subject = member(document, 'credentialSubject')
    const isList =
      canonicalJson(listMember(document, '@context')) === canonicalJson([VC2_CONTEXT]) &&
      canonicalJson(listMember(document, 'type')) ===
        canonicalJson(['VerifiableCredential', 'BitstringStatusListCredential']) &&
      textMember(document, 'id') === facts.statusListUrl &&
      textMember(subject, 'id') === `${facts.statusListUrl}#list` &&
      textMember(subject, 'type') === 'BitstringStatusList' &&
      textMember(subject, 'statusPurpose') === 'revocation' &&
      /^u[A-Za-z0-9_-]{20,}$/.test(textMember(subject, 'encodedList') ?? '') &&
      member(document, 'proof') === undefined
    return isList ? undefined : 'The status list is not the one that was asked for.'
  },
}

const issuer: StatusListLint = {
  name: 'status-list-issuer',
  citation: 'Credential profile: the list is signed by the badge’s issuer',
  check(document, facts) {
    const id = textMember(member(document, 'issuer'), 'id')
    const isOwn = id === facts.issuerId && facts.verificationMethod.startsWith(`${id}#`)
    return isOwn ? undefined : 'The status list names another issuer than its key.'
  },
}

const dates: StatusListLint = {
  name: 'status-list-dates',
  citation: 'VC Data Model 2.0 section 4.9',
  check(document) {
    const from = parseTimestamp(textMember(document, 'validFrom'))
    const until = parseTimestamp(textMember(document, 'validUntil'))
    return from !== undefined && until !== undefined && until > from
      ? undefined
      : 'The status list needs a beginning and a later end.'
  },
}

const safeMode: StatusListLint = {
  name: 'status-list-safe-mode',
  citation: 'Data Integrity 1.0 section 4.2, data loss',
  check(_document, facts) {
    return 'refusal' in facts.canonical ? facts.canonical.refusal : undefined
  },
}

export const STATUS_LIST_LINTS: readonly StatusListLint[] = [shape, issuer, dates, safeMode]
