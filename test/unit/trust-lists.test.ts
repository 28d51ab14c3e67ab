/** Lists of issuers: what is read, what is refused, and what is said of an issuer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readTrustLists } from '../../src/adapters/files/trust-list-files.js'
import { checkIssuerTrust } from '../../src/application/verification/issuer-trust-check.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import { hasForeignLetters, MAX_LISTED } from '../../src/domain/trust-list.js'
import { openVerifier } from '../../src/main/open-verifier.js'
import { fixedRecords, NO_RECORDS } from '../support/fixed-records.js'
import { openTestService, WORKER_URL } from '../support/service.js'
import { signedBadge } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'

const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-lists-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, content: unknown) => {
  const file = path.join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const OWN = {
  name: 'State library',
  url: 'https://library.example.org',
  issuers: [
    { id: 'did:web:one.example.org', name: 'One', delegates: ['did:key:z6MkDelegate'] },
    { id: 'https://two.example.org/issuer' },
  ],
}
/** In the form of the registries of the Digital Credentials Consortium. */
const REGISTRY = {
  meta: { created: '2021-03-05T22:01:01.000000Z', updated: '2026-03-05T22:01:01.000000Z' },
  registry: {
    'did:web:one.example.org': {
      name: 'Number One',
      location: 'Vista',
      url: 'https://one.example.org',
    },
    'did:key:z6MkSchool': { name: 'School', location: 'Vista', url: 'https://school.example.org' },
  },
}
const lists = readTrustLists([write('own.json', OWN), write('dcc-members.json', REGISTRY)])

const say = async (issuer: string, trustLists = lists, isProven = true, records = NO_RECORDS) => {
  const check = await checkIssuerTrust({ issuer }, { trustLists, records }, isProven)
  return [check.outcome, check.sentence]
}
const CARE =
  ' Take care: its address is written with letters of another alphabet, which can be made to look like a name that you know.'

describe('an issuer', () => {
  it.each([
    [
      'did:key:z6MkSchool',
      'did:key:z6MkSchool is vouched for by “dcc-members.json”; “dcc-members.json” calls it “School”.',
    ],
    [
      'https://two.example.org/issuer',
      'https://two.example.org/issuer is vouched for by “State library”.',
    ],
    [
      'did:web:one.example.org',
      'did:web:one.example.org is vouched for by “State library”, “dcc-members.json”; “State library” calls it “One”.',
    ],
    [
      'did:key:z6MkDelegate',
      'did:key:z6MkDelegate may act for did:web:one.example.org (“One”), for whom “State library” vouches.',
    ],
  ])('%s is on a list', async (id, sentence) => {
    expect(await say(id)).toEqual(['passed', sentence])
  })

  it.each([
    'did:web:one.example.org.evil.example',
    'did:web:ONE.example.org',
    'https://two.example.org/issuer/',
    '__proto__',
    '',
  ])('“%s” is on none', async (id) => {
    const sentence = `${id} is not on any of the lists that this service asks (“State library”, “dcc-members.json”).`
    expect(await say(id)).toEqual(['unknown', sentence])
  })

  it('with letters that can be made to look like others is marked, list or none', async () => {
    const id = 'did:web:xn--futureredy-26g.example.org'
    expect(await say(id)).toEqual([
      'unknown',
      `${id} is not on any of the lists that this service asks (“State library”, “dcc-members.json”).${CARE}`,
    ])
    expect(await say(id, [])).toEqual([
      'skipped',
      `Whether to trust this issuer is yours to judge; no list of issuers was asked.${CARE}`,
    ])
  })

  it('of our own is known without a list; one that nobody signed for is not looked up', async () => {
    const records = fixedRecords({ 'did:web:ours.example.org': { id: 'did:web:ours.example.org' } })
    expect(await say('did:web:ours.example.org', [], true, records)).toEqual([
      'passed',
      'did:web:ours.example.org is an issuer of this service itself.',
    ])
    expect((await say('did:web:one.example.org', lists, false))[0]).toBe('skipped')
  })

  it('is looked up on the lists when our own records are silent', async () => {
    const records = {
      ...NO_RECORDS,
      findController: async () => {
        throw new IssuerError('STORE_UNAVAILABLE', 'silent')
      },
    }
    expect((await say('did:key:z6MkSchool', lists, true, records))[0]).toBe('passed')
  })

  it('is judged by the lists in the worker too', async () => {
    const id = STRANGER.method.controller
    const file = write('worker.json', { name: 'Neighbours', issuers: [{ id, name: 'Stranger' }] })
    const opened = await openTestService({ env: { TRUST_LISTS: file }, withAchievement: false })
    const verifier = openVerifier(opened.service, { workerUrl: WORKER_URL, records: NO_RECORDS })
    try {
      const bytes = new TextEncoder().encode(JSON.stringify(await signedBadge('single')))
      const { report } = await verifier.verify(bytes)
      expect(report.checks.at(-1)).toEqual({
        name: 'issuerTrust',
        outcome: 'passed',
        sentence: `${id} is vouched for by “Neighbours”; “Neighbours” calls it “Stranger”.`,
        problems: [],
      })
    } finally {
      await verifier.close()
      await opened.close()
    }
  })
})

describe('a file', () => {
  const many = Array.from({ length: MAX_LISTED + 1 }, (_, place) => ({ id: `did:key:z${place}` }))
  it.each([
    ['none.json', undefined, 'cannot be read as text'],
    ['latin.json', Buffer.from('{"name":"Zo\xeb"}', 'latin1'), 'cannot be read as text'],
    ['text.json', 'issuers', 'is not JSON'],
    ['list.json', [], 'is not a JSON object'],
    ['empty.json', {}, 'has neither a list “issuers” nor an object “registry”'],
    ['nameless.json', { issuers: [] }, 'has no “name” of one line that says who vouches'],
    [
      'turned.json',
      { name: 'A\u202eB', issuers: [] },
      'has no “name” of one line that says who vouches',
    ],
    ['number.json', { name: 'A', issuers: [7] }, 'number 1, whose id'],
    [
      'http.json',
      { name: 'A', issuers: [{ id: 'did:key:z1' }, { id: 'http://a.example' }] },
      'number 2, whose id',
    ],
    [
      'look-alike.json',
      { name: 'A', issuers: [{ id: 'did:web:ex\u0430mple.org' }] },
      'number 1, whose id',
    ],
    [
      'delegate.json',
      { name: 'A', issuers: [{ id: 'did:key:z1', delegates: ['x'] }] },
      'number 1, whose id',
    ],
    [
      'delegates.json',
      {
        name: 'A',
        issuers: [{ id: 'did:key:z1', delegates: many.slice(0, 17).map(({ id }) => id) }],
      },
      'number 1, whose id',
    ],
    [
      'twice.json',
      { name: 'A', issuers: [{ id: 'did:key:z1' }, { id: 'did:key:z1' }] },
      'names an issuer twice',
    ],
    ['many.json', { name: 'A', issuers: many }, `has more than ${MAX_LISTED} issuers`],
    ['registry.json', '{"registry": {"__proto__": {"name": "x"}}}', 'number 1, whose id'],
  ])('%s stops the start with one sentence', (name, content, clause) => {
    const file = path.join(folder, name)
    if (content instanceof Buffer) writeFileSync(file, content)
    else if (content !== undefined) write(name, content)
    let error: unknown
    try {
      readTrustLists([file])
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(IssuerError)
    const { code, message } = error as IssuerError
    expect([code, message.startsWith(`the list ${file} in TRUST_LISTS `)]).toEqual([
      'SETTING_INVALID',
      true,
    ])
    expect(message).toContain(clause)
    expect(message).not.toContain('\n')
  })

  it('may be one of at most 16', () => {
    expect(() => readTrustLists(Array(17).fill('x'))).toThrow(
      'TRUST_LISTS names more than 16 files.',
    )
  })
})

describe('letters of another alphabet', () => {
  it.each([
    ['did:web:xn--80ak6aa92e.com', true],
    ['did:web:a.xn--80ak6aa92e.com:district', true],
    ['did:web:XN--80AK6AA92E.com', true],
    ['https://xn--80ak6aa92e.com/issuer', true],
    ['did:web:\u0430pple.com', true],
    ['did:web:%D0%B0pple.com', true],
    ['did:web:apple.com%3A8443', false],
    ['did:web:apple.com:xn--80ak6aa92e', false],
    ['https://apple.com/xn--80ak6aa92e', false],
    ['did:key:z6Mkxn--', false],
  ])('%s: %s', (id, expected) => {
    expect(hasForeignLetters(id)).toBe(expected)
  })
})
