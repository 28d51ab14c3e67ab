/** Endorsements; the signed text comes back as it was signed. */
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { EndorsementRecord, EndorsementStore } from '../../application/ports/stores.js'
import type { EndorsedKind } from '../../domain/endorsement-credential.js'
import type { EndorsementRow, Tables } from './tables.js'

/** The EndorsementStore on `db`; old and new by order of writing. */
export function createEndorsementStore(db: Kysely<Tables>): EndorsementStore {
  const all = () => db.selectFrom('endorsements').selectAll()
  return {
    async insert(endorsement) {
      const result = await db
        .insertInto('endorsements')
        .values(toRow(endorsement))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(code) {
      const row = await all().where('code', '=', code).executeTakeFirst()
      return row && toRecord(row)
    },
    async findSame(issuer, subjectId, commentDigest) {
      const row = await all()
        .where('issuer', '=', issuer)
        .where('subject_id', '=', subjectId)
        .where('comment_digest', '=', commentDigest)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async listAbout(subjectId, limit) {
      const rows = await all()
        .where('entry', 'in', ({ selectFrom, fn }) =>
          selectFrom('endorsements')
            .select(fn.max('entry').as('last'))
            .where('subject_id', '=', subjectId)
            .groupBy('issuer'),
        )
        .orderBy('entry')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    async list(limit) {
      const rows = await all().orderBy('entry').limit(limit).execute()
      return rows.map(toRecord)
    },
  }
}

function toRow(endorsement: EndorsementRecord): Insertable<EndorsementRow> {
  return {
    code: endorsement.code,
    issuer: endorsement.issuer,
    kind: endorsement.kind,
    subject_id: endorsement.subjectId,
    comment_digest: endorsement.commentDigest,
    secured_json: endorsement.securedJson,
    created_at: endorsement.createdAt,
  }
}

function toRecord(row: Selectable<EndorsementRow>): EndorsementRecord {
  return {
    code: row.code,
    issuer: row.issuer,
    kind: row.kind as EndorsedKind,
    subjectId: row.subject_id,
    commentDigest: row.comment_digest,
    securedJson: row.secured_json,
    createdAt: row.created_at,
  }
}
