/** What the use cases of the desk's door are made of. */
import type { Clock, Hasher, IdSource } from '../ports/environment.js'
import type { Database } from '../ports/stores.js'

export type StaffParts = {
  readonly baseUrl: string
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly hasher: Hasher
}
