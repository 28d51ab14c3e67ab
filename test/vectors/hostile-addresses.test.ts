/**
 * Every hostile address in every place of a badge from which one may be looked up: what was brought, the key's
 * address, a did:web and the status list. Nothing is connected to, and each refusal is named.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedClient } from '../../src/adapters/outbound/guarded-client.js'
import { createOwnDocuments } from '../../src/application/own-documents.js'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import type { JudgePass } from '../../src/application/ports/verifier.js'
import { createPassDocuments } from '../../src/application/verification/fetched-documents.js'
import { judge } from '../../src/application/verification/judge.js'
import { checkStatus } from '../../src/application/verification/status-check.js'
import { createDocumentVerifier } from '../../src/application/verify-with-documents.js'
import type { JsonObject } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument } from '../support/badge-documents.js'
import { type Canary, openCanary } from '../support/canary-listener.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import { type HostileUrl, hostileHosts, hostileUrls } from '../support/hostile-targets.js'
import { STRANGER } from '../support/signing-keys.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const parts = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })
const pass: JudgePass = (input, options, answers) => judge(parts, input, options, answers)

let canary: Canary
beforeAll(async () => {
  canary = await openCanary()
})
afterAll(() => canary.close())

/** A way out whose name server says what the attacker wants, and what it answered. */
function openWayOut({ resolvesTo }: Pick<HostileUrl, 'resolvesTo'>) {
  const answers: OutboundAnswer[] = []
  const client = createGuardedClient({
    ownOrigin: 'https://badges.example.org',
    ports: [canary.port],
    isDevelopment: false,
    clock: { now: () => 0 },
    lookUp: async () => resolvesTo,
  })
  const source = createOwnDocuments(undefined, client)
  return {
    answers,
    source: async (wanted: Parameters<typeof source>[0]) => {
      const answer = await source(wanted)
      answers.push(answer)
      return answer
    },
  }
}

type Outcome = { readonly verdict: string; readonly text: string }

async function verify(text: string, target: Pick<HostileUrl, 'resolvesTo'>) {
  const { source, answers } = openWayOut(target)
  const verifier = createDocumentVerifier(pass, source, () => performance.now())
  const { report } = await verifier.verify(new TextEncoder().encode(text))
  return { answers, verdict: report.verdict, text: JSON.stringify(report) }
}

/** What is wrong with an outcome; nothing when the refusal stands in it. */
function faultsOf(
  { why, url }: Pick<HostileUrl, 'why' | 'url'>,
  { verdict, text, answers }: Outcome & { readonly answers: readonly OutboundAnswer[] },
): readonly string[] {
  const named = answers.every((one) => one.kind === 'fault' && text.includes(one.sentence))
  const isSaid = /"code":"[\w-]+"/.test(text)
  return verdict === 'valid' || !named || !isSaid ? [`${why}: ${url} was ${verdict}`] : []
}

const proof = (verificationMethod: string) => ({
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2025-01-10T09:00:00Z',
  proofPurpose: 'assertionMethod',
  verificationMethod,
  proofValue: `z${'2'.repeat(86)}`,
})

const signedAs = (issuer: string, method: string) =>
  JSON.stringify({ ...badgeDocument({ issuer }), proof: proof(method) })

describe('hostile addresses lead nowhere', () => {
  it('as what was brought', async () => {
    const wrong: string[] = []
    const targets = hostileUrls(canary.port)
    for (const target of targets) wrong.push(...faultsOf(target, await verify(target.url, target)))
    expect(targets.length).toBeGreaterThan(500)
    expect(wrong).toEqual([])
    expect(canary.connections()).toBe(0)
  })

  it('as the address of a key, and of its controller', async () => {
    const wrong: string[] = []
    let asked = 0
    for (const target of hostileUrls(canary.port)) {
      const outcome = await verify(signedAs(target.url, `${target.url}#key`), target)
      asked += Number(outcome.answers.length > 0)
      wrong.push(...faultsOf(target, outcome))
    }
    expect(asked).toBeGreaterThan(500)
    expect(wrong).toEqual([])
    expect(canary.connections()).toBe(0)
  })

  it('as a did:web', async () => {
    const wrong: string[] = []
    let asked = 0
    for (const { host, ...target } of hostileHosts()) {
      const url = `did:web:${host.replaceAll(':', '%3A')}%3A${canary.port}`
      const outcome = await verify(signedAs(url, `${url}#key`), target)
      asked += Number(outcome.answers.length > 0)
      wrong.push(...faultsOf({ ...target, url }, outcome))
    }
    expect(asked).toBeGreaterThan(300)
    expect(wrong).toEqual([])
    expect(canary.connections()).toBe(0)
  })

  it('as a list of statuses', async () => {
    const wrong: string[] = []
    let asked = 0
    for (const target of hostileUrls(canary.port)) {
      const outcome = await statusOf(target)
      asked += Number(outcome.answers.length > 0)
      wrong.push(...faultsOf(target, outcome))
    }
    expect(asked).toBeGreaterThan(500)
    expect(wrong).toEqual([])
    expect(canary.connections()).toBe(0)
  })
})

/** Of a badge that is soundly signed; for no other is a list looked up. */
async function statusOf(target: HostileUrl) {
  const { source, answers } = openWayOut(target)
  const credentialStatus = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '43',
    statusListCredential: target.url,
  }
  const badge: JsonObject = {
    ...badgeDocument({ issuer: STRANGER.method.controller }),
    credentialStatus,
  }
  const known = new Map<string, OutboundAnswer>()
  const look = async () => {
    const fetched = createPassDocuments(known)
    const check = await checkStatus(badge, { ...parts, fetched }, true)
    return { check, wanted: fetched.wanted() }
  }
  for (const wanted of (await look()).wanted) known.set(wanted.url, await source(wanted))
  const { check } = await look()
  const verdict = check.outcome === 'passed' ? 'valid' : check.outcome
  return { answers, verdict, text: JSON.stringify(check) }
}
