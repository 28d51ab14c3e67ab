/** Links with which an earner opens what is hers. */

export type ClaimLink = {
  /** SHA-256 (hex) of the token in the link. */
  readonly tokenHash: string
  /** Of the badge. */
  readonly code: string
  readonly expiresAt: string
  readonly usedAt?: string
}

export interface ClaimLinkStore {
  insert(link: ClaimLink): Promise<void>
  find(tokenHash: string): Promise<ClaimLink | undefined>
  /** Marks it as used; false when it was before. */
  use(tokenHash: string, usedAt: string): Promise<boolean>
  /** Forgets all of a badge. */
  removeOf(code: string): Promise<void>
  /** Forgets those that expired before. */
  removeExpired(before: string): Promise<void>
}
