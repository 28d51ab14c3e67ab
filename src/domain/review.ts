/** A Review: the human decision, before issuing, on whether the criteria were met. Ours, no OB class. */
import type { Consent } from './visibility.js'

export type Decision = 'approved' | 'declined' | 'needs-revision' | 'withdrawn'

export type EvidenceItem = {
  /** What the reviewer looked at, e.g. `reflection`, `documentation`. */
  readonly kind: string
  readonly name: string
  readonly genre?: string
  /** Markdown. */
  readonly narrative?: string
  /** https only. */
  readonly url?: string
  /** Whether the content may stand in the credential at all; consent still decides who sees it. */
  readonly public: boolean
}

export type RubricResult = { readonly criterion: string; readonly level: string }

export type Candidate = {
  readonly name: string
  readonly email: string
  readonly district?: string
}

/** A checked review as it arrives by API, import or CLI; one schema for all. */
export type Review = {
  readonly source: string
  readonly id: string
  readonly attempt: number
  /** Slug of the achievement. */
  readonly achievement: string
  readonly candidate: Candidate
  readonly decision: Decision
  /** UTC, ISO 8601 with `Z`. */
  readonly decidedAt: string
  readonly reviewers: readonly { readonly name: string; readonly role: string }[]
  readonly rubric?: { readonly version: string; readonly results: readonly RubricResult[] }
  readonly evidence: readonly EvidenceItem[]
  readonly consent: Consent
}

/** The idempotency key of a review. */
export type ReviewKey = Pick<Review, 'source' | 'id' | 'attempt'>

/**
 * Where a recorded review stands. Only `approved` may be released; `released` is final. The desk holds an
 * approval that it wants to look into, and sends back one that it does not follow. Of one that is `erased`
 * only its key is left, so that it is not issued anew.
 */
export type ReviewState = Decision | 'held' | 'returned' | 'released' | 'erased'

/** `source/id/attempt`, for people and logs. */
export function formatReviewKey(key: ReviewKey): string {
  return `${key.source}/${key.id}/${key.attempt}`
}
