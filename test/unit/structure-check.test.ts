/** The form of a badge: what the official validator’s probes find, and what they only warn of. */
import { describe, expect, it } from 'vitest'
import { createSchemaChecker } from '../../src/adapters/documents/schema-checker.js'
import { checkContexts } from '../../src/application/verification/context-check.js'
import { checkStructure } from '../../src/application/verification/structure-check.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import { badgeDocument } from '../support/badge-documents.js'
import { type Change, tamper } from '../support/tampering.js'

const schemas = createSchemaChecker()
const ISSUER = 'did:web:badges.example.org'
/** Its only proof is of no matter here, but a badge has one. */
const PROOF = [{ type: 'DataIntegrityProof', proofPurpose: 'assertionMethod' }]
const badge = { ...badgeDocument({ issuer: ISSUER }), proof: PROOF }

const changed = (at: string, value?: JsonValue): JsonObject => {
  const change = value === undefined ? ({ op: 'remove', at } as const) : { op: 'set', at, value }
  return JSON.parse(tamper(badge, [change as Change])) as JsonObject
}
const judge = (document: JsonObject) => {
  const { outcome, problems } = checkStructure(document, schemas)
  return { outcome, problems: problems.map(({ code, pointer }) => `${code} ${pointer}`) }
}
const judgeWith = (at: string, value: JsonValue | undefined) => judge(changed(at, value))

const SUBJECT = '/credentialSubject'
const ACHIEVEMENT = `${SUBJECT}/achievement`
const RESULT = `${SUBJECT}/result`
const NODE = { id: 'https://else.example.org' }

describe('a badge', () => {
  it('of the right form is told so in one sentence', () => {
    expect(checkStructure(badge, schemas)).toEqual({
      name: 'structure',
      outcome: 'passed',
      sentence: 'It has the form that the Open Badges 3.0 standard asks for.',
      problems: [],
    })
  })
})

describe('what is not valid for the official validator', () => {
  it.each<[string, string, JsonValue | undefined, string]>([
    ['without a type of badge', '/type', ['VerifiableCredential'], 'type /type'],
    ['a subject of another type', `${SUBJECT}/type`, ['Profile'], 'schema /credentialSubject/type'],
    ['a subject without id and identifier', SUBJECT, 'nobody', 'probe /credentialSubject'],
    ['an identifier of another type', `${SUBJECT}/identifier/0/type`, 'Identity', 'schema'],
    ['a result of another type', `${RESULT}/0/type`, ['Grade'], 'schema'],
    [
      'a description of results of another type',
      `${ACHIEVEMENT}/resultDescription/0/type`,
      ['Result'],
      'schema',
    ],
    ['a source of another type', `${SUBJECT}/source`, { ...NODE, type: ['Person'] }, 'schema'],
    ['no achievement', ACHIEVEMENT, undefined, 'schema /credentialSubject'],
    [
      'criteria that say nothing',
      `${ACHIEVEMENT}/criteria`,
      {},
      'probe /credentialSubject/achievement/criteria',
    ],
    ['evidence of another type', '/evidence/1/type', ['Proof'], '/evidence/1/type'],
    ['an issuer of another type', '/issuer/type', ['Person'], 'schema /issuer/type'],
    [
      'another identifier of the issuer of another type',
      '/issuer/otherIdentifier',
      [{ type: 'Entry', identifier: '1', identifierType: 'systemId' }],
      'schema /issuer/otherIdentifier/0/type',
    ],
    [
      'a parent of the issuer of another type',
      '/issuer/parentOrg',
      { ...NODE, type: ['Organization'] },
      'schema /issuer/parentOrg/type',
    ],
  ])('%s', (_name, at, value, expected) => {
    const { outcome, problems } = judgeWith(at, value)
    expect([outcome, problems.join()]).toEqual(['failed', expect.stringContaining(expected)])
  })
})

describe('what it only warns of', () => {
  it.each<[string, string, JsonValue | undefined, string]>([
    ['one proof without a list', '/proof', PROOF[0] ?? '', 'compacted-form /proof'],
    ['one type without a list', '/issuer/type', 'Profile', 'compacted-form /issuer/type'],
    [
      'a form of another, which is never fetched',
      '/credentialSchema/1',
      { id: 'https://else.example.org/schema.json', type: '1EdTechJsonSchemaValidator2019' },
      'schema-not-checked /credentialSchema/1',
    ],
    [
      'a result that the achievement does not describe',
      `${RESULT}/1/resultDescription`,
      'urn:uuid:another',
      'result-not-described /credentialSubject/result/1/resultDescription',
    ],
    [
      'a level that its description does not have',
      `${RESULT}/0/achievedLevel`,
      'urn:uuid:another',
      'result-not-described /credentialSubject/result/0/achievedLevel',
    ],
    [
      'a result without the status that its description asks for',
      `${ACHIEVEMENT}/resultDescription/1/resultType`,
      'Status',
      'result-not-described /credentialSubject/result/1/status',
    ],
    ['an issuer as text', '/issuer', ISSUER, 'issuer-as-text /issuer'],
    ['a name of two alphabets', '/issuer/name', 'Vi\u0455ta School', 'name-deceptive /issuer/name'],
    ['a name that turns round', '/name', 'Badge \u202egnp.', 'name-deceptive /name'],
    [
      'a name with what nobody sees',
      `${ACHIEVEMENT}/name`,
      'Cre\u200bators',
      `name-deceptive ${ACHIEVEMENT}/name`,
    ],
  ])('%s', (_name, at, value, expected) => {
    expect(judgeWith(at, value)).toEqual({ outcome: 'passed', problems: [expected] })
    const { sentence } = checkStructure(changed(at, value), schemas)
    expect(sentence.match(/\./g)?.length).toBeGreaterThan(2)
  })

  it.each([
    ['in Cyrillic beside Latin', 'Школа Vista'],
    ['in Greek', 'Σχολείο'],
    ['with accents', 'Œuvre naïve Ångström'],
    ['in Chinese and Latin', '微证书 Level 2'],
    ['with joiners', 'نامه\u200cها 👩\u200d🏫'],
    ['with numbers', 'COVID-19 β2'],
  ])('not of a name %s', (_name, value) => {
    expect(judgeWith('/name', value).problems).toEqual([])
  })

  it.each(['json', 'json-ld'])('not of the standard’s own schemas (%s)', (kind) => {
    const id = `https://purl.imsglobal.org/spec/ob/v3p0/schema/${kind}/ob_v3p0_anyachievementcredential_schema.json`
    const value = [{ id, type: '1EdTechJsonSchemaValidator2019' }]
    expect(judgeWith('/credentialSchema', value).problems).toEqual([])
  })

  it('not of kinds of schema that nobody has to know', () => {
    const value = [{ id: 'https://else.example.org/schema.json', type: 'JsonSchema' }]
    expect(judgeWith('/credentialSchema', value).problems).toEqual([])
  })

  it.each(['context', 'context-3.0.1', 'context-3.0.2'])('the vocabulary %s', (name) => {
    const url = `https://purl.imsglobal.org/spec/ob/v3p0/${name}.json`
    const { outcome, sentence, problems } = checkContexts(changed('/@context/1', url))
    expect([outcome, problems.map(({ code }) => code)]).toEqual(['passed', ['context-older']])
    expect(sentence).toContain(`(${name})`)
  })
})
