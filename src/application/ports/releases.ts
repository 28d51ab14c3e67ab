/** Releases of many reviews at once: written down first, so that they go on after a crash. */

export type Release = {
  /** Ours, a UUID. */
  readonly releaseId: string
  /** Who asked for it, as in the audit log. */
  readonly actor: string
  readonly createdAt: string
}

/** One review of a release that is still to be done. */
export type WaitingItem = Pick<Release, 'releaseId' | 'actor'> & { readonly reviewRecordId: string }

export type FailedItem = { readonly reviewRecordId: string; readonly failure: string }

export type ReleaseCounts = {
  readonly waiting: number
  readonly released: number
  readonly failed: number
}

export interface ReleaseStore {
  /** Writes a release down with its reviews, each once. */
  insert(release: Release, reviewRecordIds: readonly string[]): Promise<void>
  find(releaseId: string): Promise<Release | undefined>
  /** Newest first. */
  list(limit: number): Promise<readonly Release[]>
  /** Of all releases; what was asked for first comes first. */
  listWaiting(limit: number): Promise<readonly WaitingItem[]>
  /** Says what became of a review; without `failure` it is released. */
  settle(item: WaitingItem, failure?: string): Promise<void>
  count(releaseId: string): Promise<ReleaseCounts>
  /** By record id. */
  listFailed(releaseId: string, limit: number): Promise<readonly FailedItem[]>
}
