/** What is left of a badge whose earner wanted to be forgotten: nothing of a person. */

export type Erasure = {
  readonly code: string
  /** SHA-256 (hex) of what it said, as `issuedContent` gives it: whoever still has it can show that it was issued. */
  readonly contentDigest: string
  readonly issuedAt: string
  readonly erasedAt: string
}

export interface ErasureStore {
  insert(erasure: Erasure): Promise<void>
  find(code: string): Promise<Erasure | undefined>
  /**
   * Deletes all that the tables hold of a badge and of its review, except the review's own row: badge, intents,
   * claim links, mail, stops, corrections from and to it, endorsements of it, and the reason of its last status.
   * @param badge `url` is its `id`
   */
  removeTraces(badge: {
    readonly code: string
    readonly reviewRecordId: string
    readonly url: string
  }): Promise<void>
}
