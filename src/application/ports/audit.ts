/** The audit log. */

/** What happened, without personal data: ids, digests and codes only. */
export type AuditEntry = {
  readonly at: string
  /** Who: `token:…`, `staff:…`, `cli`, `system`. */
  readonly actor: string
  readonly action: string
  /** What it was done to, e.g. a badge code or a review key. */
  readonly subject: string
  readonly detail: Readonly<Record<string, string | number | boolean>>
}

/** With its place in the order of writing. */
export type NumberedEntry = AuditEntry & { readonly entry: number }

export type AuditQuery = {
  readonly subject?: string
  readonly actor?: string
  readonly before?: number
}

export interface AuditLog {
  append(entry: AuditEntry): Promise<void>
  /** Entries about one subject, oldest first. */
  listFor(subject: string): Promise<readonly AuditEntry[]>
  /**
   * Newest first.
   * @param query `before`: only those written before this one, by its number
   */
  list(query: AuditQuery, limit: number): Promise<readonly NumberedEntry[]>
}
