/**
 * The same documents before three verifiers of proofs that share no code for it: generated, changed at random,
 * and as they were signed. Where they disagree, a rule in explained.json says why.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { type Compared, compare } from '../support/differential.js'
import { badgeOf, makeKey, signWith } from '../support/proof-kinds.js'
import { createRandom, type Random, tamperAtRandom, termIris } from '../support/random-tampering.js'
import { type BaseName, signedBadge } from '../support/signed-badges.js'

/** 2,000 by hand; docs/conformance.md has the figures. */
const RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 100)
const TIMEOUT_MS = 60_000 + RUNS * 400

const SIGNED: readonly BaseName[] = [
  'good',
  'single',
  'v1',
  'v1-data-integrity',
  'endorsed',
  'self-issued',
  'self-endorsed',
  'issuer-as-text',
  'partner',
  'status-without-id',
  'foreign-key',
  'claimed-controller',
  'key-authentication',
  'key-revoked',
  'key-unlisted',
  'purpose-authentication',
]

type Rule = { readonly rule: string; readonly why: string; readonly when: string }

const RULES = JSON.parse(
  readFileSync(new URL('differential/explained.json', import.meta.url), 'utf8'),
) as readonly Rule[]

/** `ours`, `library` and `independent` as `+`, `-` or `?`, then why each says no. */
function line({ ours, library, independent, ...why }: Compared): string {
  const sign = (one: boolean | undefined) => (one === undefined ? '?' : one ? '+' : '-')
  const reasons = [
    ...why.reasons,
    `library: ${why.libraryError}`,
    `second: ${why.independentError}`,
  ]
  return `${[ours, library, independent].map(sign).join('')} ${reasons.join(' | ')}`
}

const agree = ({ ours, library, independent }: Compared) =>
  ours === library && (independent === undefined || independent === ours)

/** Badges by libraries of others, of the kinds that only they make. */
const MADE = await Promise.all(
  (
    [
      ['ecdsa-rdfc-2019', 'P-256'],
      ['ecdsa-rdfc-2019', 'P-384'],
      ['eddsa-jcs-2022', 'Ed25519'],
      ['eddsa-rdfc-2022', 'Ed25519'],
    ] as const
  ).map(async ([kind, curve]) => {
    const key = await makeKey(curve)
    return signWith(kind, key, badgeOf(key))
  }),
)

async function baseOf(seed: number): Promise<JsonObject> {
  const made = MADE[Math.floor(seed / 5) % MADE.length]
  if (seed % 5 === 0 && made !== undefined) return made
  return signedBadge(SIGNED[seed % SIGNED.length] ?? 'good')
}

/** One in four as it was signed, the others with one change or several. */
async function documentOf(seed: number, random: Random): Promise<string> {
  const badge = await baseOf(seed)
  if (seed % 4 === 0) return JSON.stringify(badge)
  return tamperAtRandom(badge, random, await termIris()).text
}

describe(`${RUNS} documents before three verifiers`, { timeout: TIMEOUT_MS }, () => {
  it('get the same verdict on their proofs, or one that is explained', async () => {
    const counts = { valid: 0, 'not valid': 0 }
    const explained: Record<string, number> = {}
    const unexplained: string[] = []
    for (let seed = 0; seed < RUNS; seed += 1) {
      const compared = await compare(await documentOf(seed, createRandom(seed)))
      if (agree(compared)) {
        counts[compared.ours ? 'valid' : 'not valid'] += 1
        continue
      }
      const rule = RULES.find(({ when }) => new RegExp(when, 's').test(line(compared)))
      if (rule === undefined) unexplained.push(`${seed} ${line(compared)}`)
      else explained[rule.rule] = (explained[rule.rule] ?? 0) + 1
    }
    console.log(JSON.stringify({ ...counts, explained }))
    expect(unexplained).toEqual([])
    expect(counts.valid).toBeGreaterThan(RUNS / 20)
    expect(counts['not valid']).toBeGreaterThan(RUNS / 4)
  })

  it('is explained in rules that say why', () => {
    for (const { rule, why } of RULES)
      expect([rule, why]).toEqual([rule, expect.stringMatching(/\.$/)])
  })
})
