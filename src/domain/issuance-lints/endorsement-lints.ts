/** Lints for endorsements: a document of ours that is not a badge and stands inside badges. */
import { ENDORSEMENT_CONTEXTS, ENDORSEMENT_TYPES } from '../endorsement-credential.js'
import { canonicalJson, type JsonObject, listMember, member, textMember } from '../json.js'
import { parseTimestamp } from '../timestamps.js'
import {
  distinctSiblings,
  links,
  notYetSecured,
  onlyMembers,
  passesOurGate,
  safeMode,
  schema,
} from './form-lints.js'
import { issuerMatchesKey } from './identity-lints.js'
import { endorsementMemberNamesAt } from './issued-members.js'
import type { FormFacts, LintFacts, Rule } from './lint.js'

export type EndorsementLintFacts = FormFacts &
  Pick<LintFacts, 'issuerId' | 'verificationMethod'> & {
    readonly url: string
    readonly subjectId: string
    readonly comment: string
  }

const shape: Rule<EndorsementLintFacts> = {
  name: 'endorsement-shape',
  citation: 'Open Badges 3.0 appendix B, EndorsementCredential, EndorsementSubject',
  check(document, facts) {
    const isOurs =
      isExactly(document, '@context', ENDORSEMENT_CONTEXTS) &&
      isExactly(document, 'type', ENDORSEMENT_TYPES) &&
      textMember(document, 'id') === facts.url &&
      (textMember(document, 'name') ?? '') !== '' &&
      parseTimestamp(textMember(document, 'validFrom')) !== undefined
    return isOurs ? undefined : 'The endorsement is not in the form of the credential profile.'
  },
}

const subject: Rule<EndorsementLintFacts> = {
  name: 'endorsement-subject',
  citation: 'Open Badges 3.0 appendix B, EndorsementSubject: id, endorsementComment',
  check(document, facts) {
    const found = member(document, 'credentialSubject')
    const isAsAsked =
      textMember(found, 'id') === facts.subjectId &&
      canonicalJson(listMember(found, 'type')) === canonicalJson(['EndorsementSubject']) &&
      textMember(found, 'endorsementComment') === facts.comment
    return isAsAsked ? undefined : 'The endorsement is not about what was asked for.'
  },
}

function isExactly(document: JsonObject, name: string, expected: readonly string[]): boolean {
  return canonicalJson(listMember(document, name)) === canonicalJson(expected)
}

export const ENDORSEMENT_LINTS: readonly Rule<EndorsementLintFacts>[] = [
  notYetSecured,
  shape,
  subject,
  issuerMatchesKey,
  onlyMembers('endorsement-members', endorsementMemberNamesAt),
  links,
  distinctSiblings,
  passesOurGate,
  schema,
  safeMode,
]
