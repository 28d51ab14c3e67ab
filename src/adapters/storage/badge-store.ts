/** Issued badges; the signed text comes back as it was signed. */
import type { Kysely } from 'kysely'
import type { BadgeRecord, BadgeStore } from '../../application/ports/stores.js'
import type { Claim, Consent } from '../../domain/visibility.js'
import { searchBadges } from './badge-search.js'
import type { BadgeRow, Tables } from './tables.js'

/**
 * The BadgeStore on `db`. Codes are listed by the second of issuing, then by code; an unknown `after`
 * lists nothing.
 */
export function createBadgeStore(db: Kysely<Tables>): BadgeStore {
  return {
    async insert(badge) {
      const result = await db
        .insertInto('badges')
        .values(toRow(badge))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(code) {
      const row = await db
        .selectFrom('badges')
        .selectAll()
        .where('code', '=', code)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async findByReview(reviewRecordId) {
      const row = await db
        .selectFrom('badges')
        .selectAll()
        .where('review_record_id', '=', reviewRecordId)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async hide(code) {
      await db
        .updateTable('badges')
        .set({
          consent_name: 'hidden',
          consent_evidence: 'hidden',
          consent_listed: 0,
          claim: null,
        })
        .where('code', '=', code)
        .execute()
    },
    async claim(code, claim, at) {
      await db
        .updateTable('badges')
        .set(({ fn, ref, val }) => ({
          claim: JSON.stringify(claim),
          claimed_at: fn.coalesce(ref('claimed_at'), val(at)),
        }))
        .where('code', '=', code)
        .execute()
    },
    search: (query, limit) => searchBadges(db, query, limit),
    async listCodes(limit, after) {
      const rows = await db
        .selectFrom('badges')
        .select('code')
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, selectFrom }) =>
            eb(
              refTuple('issued_at', 'code'),
              '>',
              selectFrom('badges as last')
                .select(['last.issued_at', 'last.code'])
                .where('last.code', '=', after ?? '')
                .$asTuple('issued_at', 'code'),
            ),
          ),
        )
        .orderBy('issued_at')
        .orderBy('code')
        .limit(limit)
        .execute()
      return rows.map((row) => row.code)
    },
  }
}

function toRow(badge: BadgeRecord): BadgeRow {
  return {
    code: badge.code,
    review_record_id: badge.reviewRecordId,
    issuer: badge.issuer,
    achievement_slug: badge.achievementSlug,
    achievement_version: badge.achievementVersion,
    earner_name: badge.earnerName,
    district: badge.district ?? null,
    consent_name: badge.consent.name,
    consent_evidence: badge.consent.evidence,
    consent_listed: badge.consent.listed ? 1 : 0,
    claim: badge.claim === undefined ? null : JSON.stringify(badge.claim),
    claimed_at: badge.claimedAt ?? null,
    secured_json: badge.securedJson,
    token: badge.token ?? null,
    digest: badge.digest,
    issued_at: badge.issuedAt,
  }
}

function toRecord(row: BadgeRow): BadgeRecord {
  return {
    code: row.code,
    reviewRecordId: row.review_record_id,
    issuer: row.issuer,
    achievementSlug: row.achievement_slug,
    achievementVersion: row.achievement_version,
    earnerName: row.earner_name,
    ...(row.district === null ? {} : { district: row.district }),
    consent: {
      name: row.consent_name as Consent['name'],
      evidence: row.consent_evidence as Consent['evidence'],
      listed: row.consent_listed === 1,
    },
    ...(row.claim === null ? {} : { claim: JSON.parse(row.claim) as Claim }),
    ...(row.claimed_at === null ? {} : { claimedAt: row.claimed_at }),
    securedJson: row.secured_json,
    ...(row.token === null ? {} : { token: row.token }),
    digest: row.digest,
    issuedAt: row.issued_at,
  }
}
