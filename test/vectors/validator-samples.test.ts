/** The published sample badges: the good ones verify, each bad one fails for the reason in its name. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FetchedDocuments } from '../../src/application/ports/verifier.js'
import { NO_NETWORK } from '../../src/application/verification/fetched-documents.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import type { VerifyingParts } from '../../src/application/verification/verifying-parts.js'
import type { JsonObject } from '../../src/domain/json.js'
import { listProofs } from '../../src/domain/proof.js'
import { toDidDocument } from '../../src/domain/verification-method.js'
import type { CheckName, Outcome, Verdict } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { fixedControllers, NO_RECORDS } from '../support/fixed-records.js'
import { hasOfficialData, officialPath } from '../support/official-data.js'
import { served } from '../support/sample-lists.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')

type Row = { readonly outcome: Outcome; readonly problems: readonly string[] }

type Judged = {
  readonly verdict: Verdict
  readonly rule: string | undefined
  /** Rows that did not pass, with `code` or `code pointer` of each problem; skipped rows left out. */
  readonly rows: Readonly<Partial<Record<CheckName, Row>>>
  readonly skipped: readonly CheckName[]
}

const NEVER_CHECKED: readonly CheckName[] = ['status', 'recipient', 'endorsements', 'issuerTrust']

const shared = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })

/** The https issuers of the samples publish nothing any more; their keys stand in the fragments. */
function partsFor(document: JsonObject): VerifyingParts {
  const methods = listProofs(document).map((proof) => proof.verificationMethod ?? '')
  const published = new Map(
    methods
      .filter((id) => /^https:.*#z(6Mk|Dn)/.test(id))
      .map((id) => {
        const [controller = '', publicKeyMultibase = ''] = id.split('#')
        return [controller, toDidDocument(controller, [{ id, controller, publicKeyMultibase }])]
      }),
  )
  return { ...shared, fetched: FETCHED, controllers: fixedControllers((id) => published.get(id)) }
}

async function judge(name: string): Promise<Judged> {
  const bytes = readFileSync(officialPath(`vectors/validator/${name}`))
  const parts = partsFor(JSON.parse(bytes.toString('utf8')) as JsonObject)
  const { report, refusal } = await verifyCredential(parts, bytes)
  const open = report.checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown')
  return {
    verdict: report.verdict,
    rule: refusal?.rule,
    rows: Object.fromEntries(
      open.map((check) => [
        check.name,
        {
          outcome: check.outcome,
          problems: check.problems.map(({ code, pointer }) =>
            pointer === undefined ? code : `${code} ${pointer}`,
          ),
        },
      ]),
    ),
    skipped: report.checks.filter((check) => check.outcome === 'skipped').map(({ name }) => name),
  }
}

const failed = (...problems: string[]): Row => ({ outcome: 'failed', problems })
const unknown = (...problems: string[]): Row => ({ outcome: 'unknown', problems })

const GOOD = [
  'simple.json',
  'complete.json',
  'simple_v1.json',
  'simple-context-version.json',
  'simple-multiple-proofs.json',
  'endorsement-valid.json',
  'simple-eddsa-2022.json',
  'sd/derivedcredential.json',
]

/** Revoked by a list that stands elsewhere than where it says it does: it counts against them all the same. */
const REVOKED = [
  'bit-string-list/credential-status-revoked.json',
  'bit-string-list/credential-status-revoked-blank-nodes.json',
]

/** What stands at the addresses that the samples name. */
const FETCHED: FetchedDocuments = {
  isWaiting: () => false,
  find({ url }) {
    if (/\/bit-string-list\/testlist$/.test(url))
      return served(readFileSync(officialPath('vectors/validator/bit-string-list/testlist')))
    return url === 'https://1edtech.edu/credentials/3732/revocations'
      ? served({ id: url, revokedCredential: [] }, 'application/json')
      : NO_NETWORK
  },
}

const OF_CREATOR = '/credentialSubject/achievement/creator'

/** Its endorsements expired long ago, and their proofs are of a kind that is not checked here. */
const NOTES_ON: Readonly<Record<string, Judged['rows']>> = {
  'complete.json': {
    endorsements: failed(
      ...[
        '/endorsement/0',
        '/credentialSubject/achievement/endorsement/0',
        `${OF_CREATOR}/endorsement/0`,
        `${OF_CREATOR}/endorsement/1`,
        '/issuer/endorsement/0',
      ].flatMap((place) => [
        `proof-unsupported ${place}/proof`,
        `proof-not-checked ${place}/proof`,
        `expired ${place}/validUntil`,
      ]),
    ),
  },
}

/** Judged in full, with every row that does not pass. */
const BAD: Readonly<Record<string, Judged['rows']>> = {
  'simple-err-expired.json': { dates: failed('expired /validUntil') },
  'simple-err-proof-value.json': { proof: failed('signature-mismatch /proof/0') },
  'simple-err-proof-method-unknown-scheme.json': {
    issuerKey: failed('method-not-listed /proof/0'),
    proof: unknown('proof-not-checked /proof'),
  },
  // Not yet valid; it also lacks what its name does not mention.
  'simple-err-issued.json': {
    structure: failed('schema /credentialSubject', 'probe /credentialSubject/achievement/criteria'),
    dates: failed('not-yet-valid /validFrom'),
  },
  // Our rule: its signature holds, but by a did:key that its issuer, a urn:uuid, cannot own.
  'simple-did-key-method.json': { issuerKey: failed('issuer-key-mismatch /proof/0') },
  // A type that no context defines is a fault of structure, and safe mode refuses to canonicalise it.
  'simple-err-type.json': {
    structure: failed('type /type'),
    proof: failed('not-transformable'),
  },
  'simple-err-issuer-type.json': {
    structure: failed('schema /issuer/type', 'probe /issuer/type'),
    proof: failed('not-transformable'),
  },
  'simple-err-credential-subject-result-type.json': {
    structure: failed('schema /credentialSubject/result/1/type'),
    proof: failed('not-transformable'),
  },
}

/** Refused before anything is computed: the rule and where it was broken. */
const REFUSED: Readonly<Record<string, readonly [rule: string, row: CheckName, problem: string]>> =
  {
    'simple-err-context.json': ['context-not-allowed', 'contexts', 'context-not-allowed /@context'],
    'simple-noproof.json': ['proof-missing', 'readable', 'proof-missing /proof'],
    // A status list is no badge, and its address is not one to send badges to.
    'bit-string-list/testlist': [
      'context-not-allowed',
      'contexts',
      'context-not-allowed /@context',
    ],
  }

describe.skipIf(!hasOfficialData)('published samples (skipped without ../shared/ob3)', () => {
  it.each(GOOD)('%s is valid', async (name) => {
    const { verdict, rows, skipped } = await judge(name)
    const notes = NOTES_ON[name] ?? {}
    expect({ verdict, rows }).toEqual({ verdict: 'valid', rows: notes })
    const looked = name === 'complete.json' ? ['status'] : []
    const done = [...looked, ...Object.keys(notes)]
    expect(skipped).toEqual(NEVER_CHECKED.filter((row) => !done.includes(row)))
  })

  it.each(REVOKED)('%s is revoked', async (name) => {
    const { verdict, rows } = await judge(name)
    const codes = ['revoked', 'status-index-number', 'status-list-id']
    const at = (code: string) =>
      `${code} /credentialStatus${code === 'status-index-number' ? '/statusListIndex' : ''}`
    expect({ verdict, rows }).toEqual({
      verdict: 'invalid',
      rows: { status: failed(...codes.map(at)) },
    })
  })

  it.each(Object.entries(BAD))('%s is invalid for its reason', async (name, rows) => {
    const judged = await judge(name)
    expect(judged.rows).toEqual(rows)
    expect(judged.verdict).toBe('invalid')
    expect(judged.rule).toBeUndefined()
  })

  it.each(Object.entries(REFUSED))('%s is refused', async (name, [rule, row, problem]) => {
    const judged = await judge(name)
    expect(judged.rule).toBe(rule)
    expect(judged.rows).toEqual({ [row]: failed(problem) })
    expect(judged.verdict).toBe('invalid')
    expect(judged.skipped).toContain('proof')
  })
})
