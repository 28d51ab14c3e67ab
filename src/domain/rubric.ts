/** Whether a review's rubric results speak about the rubric of its achievement. */
import type { Achievement } from './achievement.js'
import { type Fault, IssuerError } from './issuer-error.js'
import type { Review, RubricResult } from './review.js'

/**
 * Each result names a criterion and a level of this achievement, each criterion once; an approval
 * reaches every required level.
 * @throws IssuerError RUBRIC_MISMATCH with every fault
 */
export function assertRubricFits(review: Review, achievement: Achievement): void {
  const results = review.rubric?.results ?? []
  const faults = results.flatMap((result, index) =>
    resultFaults(result, index, results, achievement),
  )
  if (review.decision === 'approved') faults.push(...missingFaults(results, achievement))
  if (faults.length === 0) return
  throw new IssuerError('RUBRIC_MISMATCH', faults[0]?.detail ?? '', {
    pointer: faults[0]?.pointer ?? '',
    faults,
  })
}

function resultFaults(
  result: RubricResult,
  index: number,
  results: readonly RubricResult[],
  achievement: Achievement,
): Fault[] {
  const pointer = `/rubric/results/${index}`
  const row = achievement.rubric.find((one) => one.criterion === result.criterion)
  if (row === undefined) {
    const known = achievement.rubric.map((one) => one.criterion).join(', ') || 'none'
    const detail = `“${result.criterion}” is no criterion of this achievement (it has: ${known}).`
    return [{ pointer: `${pointer}/criterion`, detail }]
  }
  if (results.findIndex((one) => one.criterion === result.criterion) !== index) {
    return [{ pointer: `${pointer}/criterion`, detail: `“${result.criterion}” is rated twice.` }]
  }
  if (row.levels.some((one) => one.level === result.level)) return []
  const known = row.levels.map((one) => one.level).join(', ')
  const detail = `“${result.level}” is no level of “${row.criterion}” (it has: ${known}).`
  return [{ pointer: `${pointer}/level`, detail }]
}

function missingFaults(results: readonly RubricResult[], achievement: Achievement): Fault[] {
  return achievement.rubric.flatMap((row) => {
    if (row.requiredLevel === undefined) return []
    const needed = row.levels.findIndex((one) => one.level === row.requiredLevel)
    const given = results.find((one) => one.criterion === row.criterion)
    const reached = row.levels.findIndex((one) => one.level === given?.level)
    if (given !== undefined && (reached >= needed || reached === -1)) return []
    const detail = `An approval needs at least “${row.requiredLevel}” for “${row.criterion}”.`
    return [{ pointer: '/rubric/results', detail }]
  })
}
