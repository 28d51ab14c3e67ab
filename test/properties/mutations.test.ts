/** Changed badges: whatever is done to one, it verifies only while it still says the same. */
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import type { JsonObject } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { SAMPLE_RECORDS } from '../support/fixed-records.js'
import { compactedForm, writtenForm } from '../support/meaning.js'
import { type MutationBase, NEVER_BASES, validBases } from '../support/mutation-bases.js'
import { createRandom, tamperAtRandom, termIris } from '../support/random-tampering.js'
import { SAMPLE_LISTS } from '../support/sample-lists.js'
import { type BaseName, signedBadge } from '../support/signed-badges.js'
import { type Change, tamper } from '../support/tampering.js'

const RUNS = Number(process.env['MUTATION_RUNS'] ?? 250)
/** A change takes some 20 ms; on a busy machine several times that. */
const TIMEOUT_MS = 60_000 + RUNS * 200
const parts = composeVerifying({
  clock: { now: Date.now },
  records: SAMPLE_RECORDS,
})

async function judge(text: string) {
  return verifyCredential(
    { ...(await parts), fetched: SAMPLE_LISTS },
    new TextEncoder().encode(text),
  )
}

/** Every member of a document, by pointer; leaves are those that hold no others. */
function membersOf(value: unknown, pointer = ''): readonly { at: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return [{ at, value: inner }, ...membersOf(inner, at)]
  })
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object'
}

function otherLeaf(value: unknown): string | number | boolean {
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : `${value}x`
}

/** Names only: items of lists have no name to change. */
function isNamed(at: string): boolean {
  return !/\/\d+$/.test(at)
}

const RE_SPELLINGS: Readonly<
  Record<string, (at: string, iris: ReadonlyMap<string, string>) => readonly Change[]>
> = {
  'renamed to its IRI': (at, iris) => {
    const name = at.slice(at.lastIndexOf('/') + 1)
    return [{ op: 'rename', at, to: iris.get(name) ?? `https://example.org/${name}` }]
  },
  'moved under @nest': (at) => [{ op: 'nest', at, under: '@nest' }],
  'given an @index beside it': (at) => [
    { op: 'set', at: `${at.slice(0, at.lastIndexOf('/'))}/@index`, value: 'x' },
  ],
}

const forms = new Map<JsonObject, Promise<string>>()

/** Whether a changed badge means the same as the original and says it in the same way. */
async function isSame(changed: JsonObject, original: JsonObject): Promise<boolean> {
  const form = forms.get(original) ?? compactedForm(original)
  forms.set(original, form)
  return (
    writtenForm(changed) === writtenForm(original) &&
    (await compactedForm(changed)) === (await form)
  )
}

const WHOLE: readonly BaseName[] = ['single', 'v1', 'endorsed']

describe('one change', () => {
  it.each([...WHOLE, 'good'] as const)('leaves “%s” valid when there is none', async (base) => {
    const badge = await signedBadge(base)
    expect((await judge(JSON.stringify(badge))).report.verdict).toBe('valid')
  })

  it.each(WHOLE)('of any leaf of “%s” is never valid', async (base) => {
    const badge = await signedBadge(base)
    const leaves = membersOf(badge).filter(({ value }) => isLeaf(value))
    const passed: string[] = []
    for (const { at, value } of leaves) {
      const text = tamper(badge, [{ op: 'set', at, value: otherLeaf(value) }])
      if ((await judge(text)).report.verdict === 'valid') passed.push(at)
    }
    expect(leaves.length).toBeGreaterThan(40)
    expect(passed).toEqual([])
  })

  it('of a proof of two to an unknown kind is named in the report', async () => {
    const badge = await signedBadge('good')
    const text = tamper(badge, [{ op: 'set', at: '/proof/0/cryptosuite', value: 'other-2099' }])
    const { report } = await judge(text)
    expect(report.badge?.proofs.map((proof) => proof.checked)).toEqual([false, true])
    const proofCheck = report.checks.find((check) => check.name === 'proof')
    expect(proofCheck?.sentence).toContain('Not checked')
  })

  describe.each(Object.entries(RE_SPELLINGS))('that leaves every member %s', (_name, respell) => {
    it.each(WHOLE)('is never valid: “%s”', async (base) => {
      const badge = await signedBadge(base)
      const iris = await termIris()
      const members = membersOf(badge).filter(({ at }) => isNamed(at))
      const passed: string[] = []
      for (const { at } of members) {
        const { report } = await judge(tamper(badge, respell(at, iris)))
        if (report.verdict === 'valid') passed.push(at)
      }
      expect(members.length).toBeGreaterThan(40)
      expect(passed).toEqual([])
    })
  })
})

describe('the oracle', () => {
  const original = signedBadge('good')
  const changed = async (...changes: readonly Change[]) =>
    JSON.parse(tamper(await original, changes)) as JsonObject

  it('sees no change in another order', async () => {
    const other = await changed(
      { op: 'reverse', at: '/credentialSubject/achievement/alignment' },
      { op: 'move', from: '/name', to: '/name' },
    )
    expect(await compactedForm(other)).toBe(await compactedForm(await original))
    expect(writtenForm(other)).toBe(writtenForm(await original))
  })

  it('sees a change of what is said', async () => {
    const other = await changed({ op: 'set', at: '/name', value: 'Doctor' })
    expect(await compactedForm(other)).not.toBe(await compactedForm(await original))
  })

  it('sees a part that a processor would drop', async () => {
    const other = await changed({ op: 'set', at: '/issuer/grade', value: 'A' })
    expect(await compactedForm(other)).toBe(await compactedForm(await original))
    expect(writtenForm(other)).not.toBe(writtenForm(await original))
  })

  it('sees the same said in another way', async () => {
    const to = 'https://www.w3.org/2018/credentials#validUntil'
    const type = 'http://www.w3.org/2001/XMLSchema#dateTime'
    const value = { '@type': type, '@value': '2098-01-01T00:00:00Z' }
    const other = await changed(
      { op: 'set', at: '/validUntil', value },
      { op: 'rename', at: '/validUntil', to },
    )
    expect(await compactedForm(other)).toBe(await compactedForm(await original))
    expect(writtenForm(other)).not.toBe(writtenForm(await original))
  })
})

describe(`${RUNS} random changes`, { timeout: TIMEOUT_MS }, () => {
  let iris: ReadonlyMap<string, string>
  let bases: readonly MutationBase[]
  beforeAll(async () => {
    ;[iris, bases] = await Promise.all([termIris(), validBases()])
  })

  it('start from about fifty badges, each valid as it is', async () => {
    const verdicts = await Promise.all(
      bases.map(async ({ name, badge }) => {
        const { report, refusal } = await judge(JSON.stringify(badge))
        return report.verdict === 'valid' ? '' : `${name}: ${refusal?.rule ?? report.verdict}`
      }),
    )
    expect(verdicts.filter((verdict) => verdict !== '')).toEqual([])
    expect(bases.length).toBeGreaterThanOrEqual(45)
  })

  it('are valid only where the badge says the same in the same way', async () => {
    const wrong: object[] = []
    let validCount = 0
    for (let seed = 0; seed < RUNS; seed += 1) {
      const { name, badge } = bases[seed % bases.length] as MutationBase
      const { text, moves } = tamperAtRandom(badge, createRandom(seed), iris)
      if ((await judge(text)).report.verdict !== 'valid') continue
      validCount += 1
      const read = JSON.parse(text) as JsonObject
      if (!(await isSame(read, badge))) wrong.push({ seed, name, moves })
    }
    expect(wrong).toEqual([])
    expect(validCount).toBeGreaterThan(RUNS / 100)
  })

  it('never make an expired or a foreign badge valid', async () => {
    const wrong: object[] = []
    for (let seed = 0; seed < RUNS / 3; seed += 1) {
      const base = NEVER_BASES[seed % NEVER_BASES.length] ?? 'expired'
      const { text, moves } = tamperAtRandom(await signedBadge(base), createRandom(seed), iris)
      if ((await judge(text)).report.verdict === 'valid') wrong.push({ seed, base, moves })
    }
    expect(wrong).toEqual([])
  })
})
