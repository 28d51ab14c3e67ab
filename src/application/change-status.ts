/** Changes the status of issued badges: one by one, each change whole or not at all. */
import {
  CHANGE_MADE,
  changeStatus,
  type StatusChange,
  type StatusReason,
  type StatusState,
} from '../domain/badge-status.js'
import { IssuerError } from '../domain/issuer-error.js'
import { toTimestamp } from '../domain/timestamps.js'
import { type Actor, assertSpeaksFor } from './actor.js'
import type { Clock, Hasher } from './ports/environment.js'
import type { Database, StatusEntry, Stores } from './ports/stores.js'

export type StatusParts = {
  readonly database: Database
  readonly clock: Clock
  readonly hasher: Hasher
}

export type StatusRequest = {
  /** In canonical form, as `parseBadgeCode` gives it. */
  readonly code: string
  readonly change: StatusChange
  readonly reason: StatusReason
}

export type ChangedStatus = {
  readonly code: string
  readonly state: StatusState
  readonly reason: StatusReason
  readonly changedAt: string
}

/**
 * Changes one badge's status in one transaction: read, check, compare and set, audit entry. From
 * its commit on, the verifier and the published list say so.
 * @throws NOT_FOUND, FORBIDDEN, STATUS_CONFLICT; then nothing has changed
 */
export async function changeBadgeStatus(
  parts: StatusParts,
  actor: Actor,
  request: StatusRequest,
): Promise<ChangedStatus> {
  return parts.database.transaction((stores) => changeOne(parts, stores, actor, request))
}

/** Every refusal comes before the first write, so a refused change leaves its transaction clean. */
async function changeOne(
  parts: StatusParts,
  stores: Stores,
  actor: Actor,
  { code, change, reason }: StatusRequest,
): Promise<ChangedStatus> {
  const entry = await getIssuedEntry(stores, code)
  await assertMayChange(stores, actor, entry)
  const move = changeStatus(entry.state, change)
  if ('refusal' in move) throw new IssuerError('STATUS_CONFLICT', move.refusal)
  const changedAt = toTimestamp(parts.clock.now())
  if (!(await stores.statusLists.moveEntry(code, entry.state, move.to, { reason, changedAt })))
    throw new IssuerError('STATUS_CONFLICT', 'Somebody else has just changed this badge.')
  await stores.audit.append({
    at: changedAt,
    actor: actor.name,
    action: `badge.${CHANGE_MADE[change]}`,
    subject: code,
    detail: { from: entry.state, ...describeReason(parts, reason) },
  })
  return { code, state: move.to, reason, changedAt }
}

/**
 * The one place that decides whose badges an actor may change.
 * @throws FORBIDDEN for a badge of an issuer that is not the actor's
 */
export async function assertMayChange(
  stores: Stores,
  actor: Actor,
  entry: StatusEntry,
): Promise<void> {
  if (actor.issuer === undefined) return
  const keys = await stores.keys.list()
  const owner = keys.find((key) => key.controller === entry.issuer)?.issuer
  assertSpeaksFor(actor, owner ?? entry.issuer)
}

/**
 * A badge whose issuing is not finished has an index, but nobody holds it yet.
 * @throws NOT_FOUND
 */
export async function getIssuedEntry(stores: Stores, code: string): Promise<StatusEntry> {
  const entry = await stores.statusLists.findEntry(code)
  const issued = (await stores.badges.find(code)) ?? (await stores.erasures.find(code))
  if (entry !== undefined && issued !== undefined) return entry
  throw new IssuerError('NOT_FOUND', `There is no badge with the code ${code}.`)
}

/** The reason may speak of a person, so the log has its length and digest only. */
function describeReason(parts: StatusParts, { text, isPublic }: StatusReason) {
  return {
    reasonDigest: parts.hasher.sha256Hex(text),
    reasonLength: text.length,
    reasonPublic: isPublic,
  }
}

/** What became of one request of several. */
export type StatusOutcome =
  | { readonly kind: 'changed'; readonly changed: ChangedStatus }
  | { readonly kind: 'refused'; readonly error: IssuerError }

/** A commit waits for the disk, so many changes share one; each still is refused by itself. */
const PER_COMMIT = 100

/**
 * Changes many badges, in order: a refused one does not stop the others and undoes nothing. An outcome
 * is handed out once it is committed. A row that could not be read comes as its error and is passed on.
 * @throws what is no refusal of a single row, e.g. STORE_UNAVAILABLE; what was handed out stays changed
 */
export async function* changeManyStatuses(
  parts: StatusParts,
  actor: Actor,
  rows: readonly (StatusRequest | IssuerError)[],
): AsyncGenerator<StatusOutcome> {
  for (let first = 0; first < rows.length; first += PER_COMMIT) {
    const group = rows.slice(first, first + PER_COMMIT)
    yield* await parts.database.transaction(async (stores) => {
      const outcomes: StatusOutcome[] = []
      for (const row of group) outcomes.push(await changeRow(parts, stores, actor, row))
      return outcomes
    })
  }
}

const REFUSALS: readonly string[] = ['NOT_FOUND', 'FORBIDDEN', 'STATUS_CONFLICT']

async function changeRow(
  parts: StatusParts,
  stores: Stores,
  actor: Actor,
  row: StatusRequest | IssuerError,
): Promise<StatusOutcome> {
  if (row instanceof IssuerError) return { kind: 'refused', error: row }
  try {
    return { kind: 'changed', changed: await changeOne(parts, stores, actor, row) }
  } catch (error) {
    if (error instanceof IssuerError && REFUSALS.includes(error.code))
      return { kind: 'refused', error }
    throw error
  }
}
