import { describe, expect, it } from 'vitest'
import type { Achievement } from '../../src/domain/achievement.js'
import { type Fault, IssuerError } from '../../src/domain/issuer-error.js'
import type { Decision, Review, RubricResult } from '../../src/domain/review.js'
import { assertRubricFits } from '../../src/domain/rubric.js'
import { sampleAchievement } from '../support/sample-views.js'

const LEVELS = ['emerging', 'demonstrated', 'exemplary'].map((level) => ({ level, name: level }))
const achievement: Achievement = {
  ...sampleAchievement,
  rubric: [
    { criterion: 'reflection', name: 'Reflection', levels: LEVELS, requiredLevel: 'demonstrated' },
    { criterion: 'voice', name: 'Voice', levels: LEVELS },
  ],
}

function aReview(results: readonly RubricResult[] | undefined, decision: Decision = 'approved') {
  const review: Review = {
    source: 'test',
    id: '1',
    attempt: 1,
    achievement: achievement.slug,
    candidate: { name: 'Ana Example', email: 'ana@example.org' },
    decision,
    decidedAt: '2026-03-02T16:20:00Z',
    reviewers: [{ name: 'Ada Assessor', role: 'assessor' }],
    ...(results === undefined ? {} : { rubric: { version: '1', results } }),
    evidence: [],
    consent: { name: 'hidden', evidence: 'hidden', listed: false },
  }
  return review
}

function faultsOf(review: Review, of: Achievement = achievement): readonly Fault[] {
  try {
    assertRubricFits(review, of)
    return []
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    expect(error.code).toBe('RUBRIC_MISMATCH')
    expect(error.pointer).toBe(error.faults[0]?.pointer)
    expect(error.message).toBe(error.faults[0]?.detail)
    return error.faults
  }
}

const reflection = (level: string) => ({ criterion: 'reflection', level })
const voice = (level: string) => ({ criterion: 'voice', level })

describe('assertRubricFits', () => {
  it.each<[string, readonly RubricResult[] | undefined, Decision]>([
    ['the required level', [reflection('demonstrated')], 'approved'],
    ['a higher level', [reflection('exemplary'), voice('emerging')], 'approved'],
    [
      'a low level of a criterion without requirement',
      [reflection('demonstrated'), voice('emerging')],
      'approved',
    ],
    ['a missing level in a declined review', [reflection('emerging')], 'declined'],
    ['no rubric in a declined review', undefined, 'declined'],
    ['no rubric in a withdrawn review', undefined, 'withdrawn'],
  ])('accepts %s', (_name, results, decision) => {
    expect(faultsOf(aReview(results, decision))).toEqual([])
  })

  it('accepts an approval without results when the achievement requires none', () => {
    expect(faultsOf(aReview(undefined), { ...achievement, rubric: [] })).toEqual([])
  })

  it.each<[string, readonly RubricResult[] | undefined, Decision, readonly string[]]>([
    ['no rubric at all', undefined, 'approved', ['/rubric/results']],
    ['a required criterion left out', [voice('exemplary')], 'approved', ['/rubric/results']],
    ['too low a level', [reflection('emerging')], 'approved', ['/rubric/results']],
    [
      'an unknown criterion',
      [reflection('demonstrated'), { criterion: 'speed', level: 'fast' }],
      'approved',
      ['/rubric/results/1/criterion'],
    ],
    ['an unknown level', [reflection('great')], 'approved', ['/rubric/results/0/level']],
    ['an unknown level when declined', [voice('great')], 'declined', ['/rubric/results/0/level']],
    [
      'a criterion rated twice',
      [reflection('demonstrated'), reflection('exemplary')],
      'approved',
      ['/rubric/results/1/criterion'],
    ],
    [
      'several faults, all of them',
      [{ criterion: 'speed', level: 'fast' }, voice('great')],
      'approved',
      ['/rubric/results/0/criterion', '/rubric/results/1/level', '/rubric/results'],
    ],
  ])('refuses %s', (_name, results, decision, pointers) => {
    expect(faultsOf(aReview(results, decision)).map((fault) => fault.pointer)).toEqual(pointers)
  })

  it('judges a criterion by its first rating, so a second cannot lift it', () => {
    const faults = faultsOf(aReview([reflection('emerging'), reflection('exemplary')]))
    expect(faults.map((fault) => fault.pointer)).toEqual([
      '/rubric/results/1/criterion',
      '/rubric/results',
    ])
  })

  it('says what the achievement has', () => {
    const [criterion] = faultsOf(aReview([{ criterion: 'speed', level: 'fast' }], 'declined'))
    expect(criterion?.detail).toContain('reflection, voice')
    const [level] = faultsOf(aReview([voice('great')], 'declined'))
    expect(level?.detail).toContain('emerging, demonstrated, exemplary')
  })
})
