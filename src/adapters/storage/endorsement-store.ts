/** Endorsements; the signed text comes back as it was signed. */
import type { Kysely } from 'kysely'
import type { EndorsementRecord, EndorsementStore } from '../../application/ports/stores.js'
import type { EndorsedKind } from '../../domain/endorsement-credential.js'
import type { EndorsementRow, Tables } from './tables.js'

/** The EndorsementStore on `db`. Of two of the same second the one with the smaller code is the older. */
export function createEndorsementStore(db: Kysely<Tables>): EndorsementStore {
  const oldestFirst = () =>
    db.selectFrom('endorsements').selectAll().orderBy('created_at').orderBy('code')
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
      const row = await db
        .selectFrom('endorsements')
        .selectAll()
        .where('code', '=', code)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async findSame(issuer, subjectId, commentDigest) {
      const row = await db
        .selectFrom('endorsements')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('subject_id', '=', subjectId)
        .where('comment_digest', '=', commentDigest)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async listAbout(subjectId, limit) {
      const rows = await oldestFirst().where('subject_id', '=', subjectId).limit(limit).execute()
      return rows.map(toRecord)
    },
    async list(limit) {
      const rows = await oldestFirst().limit(limit).execute()
      return rows.map(toRecord)
    },
  }
}

function toRow(endorsement: EndorsementRecord): EndorsementRow {
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

function toRecord(row: EndorsementRow): EndorsementRecord {
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
