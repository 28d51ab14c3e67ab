/** Contexts written into a generic credential: they name things, and hide nothing from who reads the JSON. */
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/application/verification/judge.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import { prove } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const parts = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })

const V2 = 'https://www.w3.org/ns/credentials/v2'
const STATUS = 'https://w3id.org/vc/status-list#'
const TERMS = {
  favourite: 'https://example.org/terms#favourite',
  StatusList2021Entry: `${STATUS}StatusList2021Entry`,
  statusPurpose: `${STATUS}statusPurpose`,
  statusListIndex: `${STATUS}statusListIndex`,
  statusListCredential: { '@id': `${STATUS}statusListCredential`, '@type': '@id' },
}
const SUBJECT = { id: 'did:example:123', favourite: 'a book' }
const ENTRY = {
  id: 'https://other.example/status/1#5',
  type: 'StatusList2021Entry',
  statusPurpose: 'revocation',
  statusListIndex: '5',
  statusListCredential: 'https://other.example/status/1',
}

const document: JsonObject = {
  '@context': [V2, TERMS],
  type: ['VerifiableCredential'],
  issuer: STRANGER.method.controller,
  credentialSubject: SUBJECT,
  credentialStatus: ENTRY,
}
const proof = await prove(document, 'eddsa-rdfc-2022', STRANGER)

/** Rules and codes against what was signed, after a change that leaves the signature as it is. */
async function codesOf(context: JsonObject, change: JsonObject = {}): Promise<readonly string[]> {
  const changed: JsonValue = {
    ...document,
    ...change,
    '@context': [V2, { ...TERMS, ...context }],
    proof,
  }
  const bytes = new TextEncoder().encode(JSON.stringify(changed))
  const { result } = await judge(parts, bytes, { profile: 'generic' }, new Map())
  return result.report.checks.flatMap(({ problems }) => problems.map(({ code }) => code))
}

describe('a context in a generic credential', () => {
  it('may name things', async () => {
    expect(await codesOf({ other: 'https://example.org/terms#other', key: '@id' })).toEqual([
      'status-wanted',
    ])
  })

  it('may not take a member away', async () => {
    const change = { credentialSubject: { ...SUBJECT, grade: 'A+' } }
    expect(await codesOf({ grade: null }, change)).toContain('not-transformable')
  })

  it('may gather and order things', async () => {
    const containers = ['@set', '@list', '@language', '@graph', '@id', '@type']
    const terms = containers.map((container) => [
      container.slice(1),
      { '@id': `https://example.org/terms#${container.slice(1)}`, '@container': container },
    ])
    expect(await codesOf(Object.fromEntries(terms))).not.toContain('context-inline')
  })

  it.each<[string, JsonObject, JsonObject]>([
    [
      'add a text that nobody signed',
      { grade: '@index' },
      { credentialSubject: { ...SUBJECT, grade: 'A+' } },
    ],
    [
      'add it by a longer spelling',
      { grade: { '@id': '@index' } },
      { credentialSubject: { ...SUBJECT, grade: 'A+' } },
    ],
    [
      'add names that nobody signed',
      { favourite: { '@id': TERMS.favourite, '@container': '@index' } },
      { credentialSubject: { ...SUBJECT, favourite: { 'Nobel prize': 'a book' } } },
    ],
    [
      'put another place in a list before the real one',
      { real: TERMS.statusListIndex, statusListIndex: '@index' },
      { credentialStatus: { ...ENTRY, real: '5', statusListIndex: '6' } },
    ],
    [
      'move something out of sight',
      { more: '@nest' },
      { credentialSubject: { id: SUBJECT.id, more: { favourite: 'a book' } } },
    ],
    [
      'describe something elsewhere',
      { more: '@included' },
      { credentialSubject: { id: SUBJECT.id, more: [SUBJECT] } },
    ],
    [
      'turn a statement around',
      { isFavouriteOf: { '@reverse': 'https://example.org/terms#x' } },
      {},
    ],
    [
      'do so in a context of a term',
      { inner: { '@id': `${STATUS}x`, '@context': { x: '@index' } } },
      {},
    ],
  ])('may not %s', async (_name, context, change) => {
    expect(await codesOf(context, change)).toEqual(['context-inline'])
  })
})
