/** The one function that computes a verdict, over outcomes in every combination that matters. */
import { describe, expect, it } from 'vitest'
import {
  CHECK_NAMES,
  type Check,
  type CheckName,
  computeVerdict,
  NOTES,
  type Outcome,
  type Verdict,
} from '../../src/domain/verification-report.js'
import { createRandom } from '../support/random-tampering.js'

const OUTCOMES: readonly Outcome[] = ['passed', 'failed', 'unknown', 'skipped']
/** Written out here again, so that a check cannot fall out of the required ones unnoticed. */
const REQUIRED: readonly CheckName[] = [
  'readable',
  'structure',
  'contexts',
  'issuerKey',
  'proof',
  'keyState',
  'dates',
]

type Outcomes = Readonly<Record<CheckName, Outcome>>

function checksOf(outcomes: Outcomes): readonly Check[] {
  return CHECK_NAMES.map((name) => ({ name, outcome: outcomes[name], sentence: '', problems: [] }))
}

function all(outcome: Outcome): Outcomes {
  return Object.fromEntries(CHECK_NAMES.map((name) => [name, outcome])) as Outcomes
}

/** The rule in other words: what each single outcome does to the verdict at best. */
function bestVerdict(outcomes: Outcomes): Verdict {
  const best = CHECK_NAMES.filter((name) => !NOTES.includes(name)).map((name): Verdict => {
    if (outcomes[name] === 'failed') return 'invalid'
    if (outcomes[name] === 'unknown') return 'unknown'
    return outcomes[name] === 'skipped' && REQUIRED.includes(name) ? 'unknown' : 'valid'
  })
  return best.includes('invalid') ? 'invalid' : best.includes('unknown') ? 'unknown' : 'valid'
}

describe('the verdict', () => {
  it.each([
    ['passed', 'valid'],
    ['failed', 'invalid'],
    ['unknown', 'unknown'],
    ['skipped', 'unknown'],
  ] as const)('when every check is %s is %s', (outcome, verdict) => {
    expect(computeVerdict(checksOf(all(outcome)))).toBe(verdict)
  })

  it('is the worst of every pair of outcomes, the rest passed', () => {
    let pairs = 0
    for (const one of CHECK_NAMES) {
      for (const other of CHECK_NAMES) {
        for (const first of OUTCOMES) {
          for (const second of OUTCOMES) {
            const outcomes = { ...all('passed'), [one]: first, [other]: second }
            expect(computeVerdict(checksOf(outcomes))).toBe(bestVerdict(outcomes))
            pairs += 1
          }
        }
      }
    }
    expect(pairs).toBe(11 * 11 * 16)
  })

  it('is valid only if every required check passed and none failed, in 20,000 combinations', () => {
    const random = createRandom(30)
    const counts = { valid: 0, invalid: 0, unknown: 0 }
    for (let run = 0; run < 20_000; run += 1) {
      // Mostly passed, so that valid ones are among them.
      const draw = () => (random(10) > 0 ? 'passed' : (OUTCOMES[random(4)] ?? 'failed'))
      const outcomes = Object.fromEntries(CHECK_NAMES.map((name) => [name, draw()])) as Outcomes
      const verdict = computeVerdict(checksOf(outcomes))
      counts[verdict] += 1
      if (verdict === 'valid') {
        expect(REQUIRED.every((name) => outcomes[name] === 'passed')).toBe(true)
        expect(outcomes.status).not.toMatch(/failed|unknown/)
        expect(outcomes.recipient).not.toMatch(/failed|unknown/)
      }
      expect(verdict).toBe(bestVerdict(outcomes))
    }
    expect(Math.min(counts.valid, counts.invalid, counts.unknown)).toBeGreaterThan(1000)
  })

  it.each(REQUIRED)('without the check “%s” is never valid', (missing) => {
    const checks = checksOf(all('passed')).filter(({ name }) => name !== missing)
    expect(computeVerdict(checks)).toBe('unknown')
  })

  it('of no checks at all is unknown', () => {
    expect(computeVerdict([])).toBe('unknown')
  })

  it('counts a failure also beside a pass of the same name', () => {
    const [first] = checksOf(all('failed'))
    if (first === undefined) throw new Error('there are no checks')
    expect(computeVerdict([...checksOf(all('passed')), first])).toBe('invalid')
  })

  it.each(NOTES)('is not changed by the note “%s”', (note) => {
    for (const outcome of OUTCOMES) {
      expect(computeVerdict(checksOf({ ...all('passed'), [note]: outcome }))).toBe('valid')
    }
  })
})
