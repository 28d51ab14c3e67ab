/** Lints on what is said: dates, subject, criteria, results. */
import { type JsonObject, listMember, member, textMember } from '../json.js'
import { parseTimestamp } from '../timestamps.js'
import type { Lint } from './lint.js'

export const datesOrdered: Lint = {
  name: 'dates-ordered',
  citation: 'VC Data Model 2.0 section 4.9; Open Badges 3.0 appendix B, validFrom',
  check(document) {
    const from = parseTimestamp(textMember(document, 'validFrom'))
    const awarded = parseTimestamp(textMember(document, 'awardedDate'))
    if (from === undefined || awarded === undefined) {
      return '“validFrom” and “awardedDate” must be date-times with timezone.'
    }
    if (awarded > from) return '“awardedDate” is later than “validFrom”.'
    if (member(document, 'validUntil') === undefined) return undefined
    const until = parseTimestamp(textMember(document, 'validUntil'))
    if (until === undefined) return '“validUntil” must be a date-time with timezone.'
    return until > from ? undefined : '“validUntil” is not later than “validFrom”.'
  },
}

export const subjectIdentified: Lint = {
  name: 'subject-identified',
  citation: 'Open Badges 3.0 section 9.1 step 1; class IdentityObject',
  check(document) {
    const subject = member(document, 'credentialSubject')
    const email = listMember(subject, 'identifier').find(
      (one) => textMember(one, 'identityType') === 'emailAddress',
    )
    if (textMember(subject, 'id') === undefined || email === undefined) {
      return 'The subject needs an id and an e-mail identifier.'
    }
    const isHashed =
      member(email, 'hashed') === true &&
      /^sha256\$[0-9a-f]{64}$/.test(textMember(email, 'identityHash') ?? '') &&
      (textMember(email, 'salt')?.length ?? 0) >= 22
    return isHashed ? undefined : 'The e-mail identifier must be a salted SHA-256 hash.'
  },
}

export const criteriaPresent: Lint = {
  name: 'criteria-present',
  citation: 'Open Badges 3.0 appendix B, Criteria',
  check(document) {
    const narrative = textMember(member(achievementOf(document), 'criteria'), 'narrative')
    return (narrative?.trim() ?? '') === '' ? 'The achievement has no criteria.' : undefined
  },
}

export const resultsRefer: Lint = {
  name: 'results-refer',
  citation: 'Open Badges 3.0 appendix B, Result: resultDescription, achievedLevel',
  check(document) {
    const known = new Map(
      listMember(achievementOf(document), 'resultDescription').map((row) => [
        textMember(row, 'id'),
        listMember(row, 'rubricCriterionLevel').map((level) => textMember(level, 'id')),
      ]),
    )
    for (const result of listMember(member(document, 'credentialSubject'), 'result')) {
      const levels = known.get(textMember(result, 'resultDescription'))
      if (levels === undefined)
        return 'A result names a criterion that this achievement does not have.'
      if (!levels.includes(textMember(result, 'achievedLevel'))) {
        return 'A result names a level that its criterion does not have.'
      }
    }
    return undefined
  },
}

function achievementOf(document: JsonObject) {
  return member(member(document, 'credentialSubject'), 'achievement')
}
