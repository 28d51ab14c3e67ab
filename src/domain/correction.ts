/** A correction: a review like the one behind an issued badge, for the badge that takes its place. */
import type { Review } from './review.js'

/** The source of reviews that are corrections; nobody else may use it. */
export const CORRECTION_SOURCE = 'correction'

/** What can be corrected. What was decided, by whom and when stays, and so does `awardedDate`. */
export const CORRECTABLE = ['candidate', 'rubric', 'evidence', 'consent'] as const

/** Members as a person sent them: those of a review, not checked yet. */
export type ReviewChange = { readonly [Name in (typeof CORRECTABLE)[number]]?: unknown }

/**
 * The review that a correction of `code` stands for; it is checked as any other. Members of the candidate
 * that are not sent stay; the other members are replaced as a whole.
 */
export function correctReview(review: Review, code: string, change: ReviewChange): object {
  const { candidate } = change
  const isObject = typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate)
  return {
    ...review,
    ...change,
    ...(isObject ? { candidate: { ...review.candidate, ...candidate } } : {}),
    source: CORRECTION_SOURCE,
    id: code,
    attempt: 1,
  }
}
