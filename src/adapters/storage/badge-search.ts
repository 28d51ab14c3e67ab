/** Badges as staff look for them. */
import { type Kysely, sql } from 'kysely'
import type { BadgeQuery, BadgeSummary } from '../../application/ports/stores.js'
import type { StatusState } from '../../domain/badge-status.js'
import type { Tables } from './tables.js'

/** Newest first, by the second of issuing, then by code; an unknown `after` finds nothing. */
export async function searchBadges(
  db: Kysely<Tables>,
  query: BadgeQuery,
  limit: number,
): Promise<readonly BadgeSummary[]> {
  const { text, district, achievement, state, isClaimed, after } = query
  const rows = await db
    .selectFrom('badges')
    .innerJoin('status_entries', 'status_entries.code', 'badges.code')
    .select([
      'badges.code',
      'badges.earner_name',
      'badges.achievement_slug',
      'badges.district',
      'badges.issued_at',
      'badges.claimed_at',
      'status_entries.state',
    ])
    .$if(text !== undefined, (found) => found.where(nameOrCode(text ?? '')))
    .$if(district !== undefined, (found) => found.where('badges.district', '=', district ?? ''))
    .$if(achievement !== undefined, (found) =>
      found.where('badges.achievement_slug', '=', achievement ?? ''),
    )
    .$if(state !== undefined, (found) => found.where('status_entries.state', '=', state ?? ''))
    .$if(isClaimed !== undefined, (found) =>
      found.where('badges.claimed_at', isClaimed === true ? 'is not' : 'is', null),
    )
    .$if(after !== undefined, (found) =>
      found.where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('badges.issued_at', 'badges.code'),
          '<',
          selectFrom('badges as last')
            .select(['last.issued_at', 'last.code'])
            .where('last.code', '=', after ?? '')
            .$asTuple('issued_at', 'code'),
        ),
      ),
    )
    .orderBy('badges.issued_at', 'desc')
    .orderBy('badges.code', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    code: row.code,
    earnerName: row.earner_name,
    achievementSlug: row.achievement_slug,
    ...(row.district === null ? {} : { district: row.district }),
    issuedAt: row.issued_at,
    ...(row.claimed_at === null ? {} : { claimedAt: row.claimed_at }),
    state: row.state as StatusState,
  }))
}

/** What stands in a pattern for something else stands here for itself. */
function nameOrCode(text: string) {
  const quoted = text.toLowerCase().replace(/[\\%_]/g, (mark) => `\\${mark}`)
  const name = sql.ref('badges.earner_name')
  const code = sql.ref('badges.code')
  return sql<boolean>`(lower(${name}) like ${`%${quoted}%`} escape '\\' or ${code} like ${`${quoted}%`} escape '\\')`
}
