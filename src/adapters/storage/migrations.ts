/**
 * The schema's history, oldest first. Append only: a migration that was ever released is never
 * changed, renamed, moved or removed. Text and integer columns only; JSON is text, booleans are 0/1,
 * times are ISO 8601 text.
 */
import { type Kysely, sql } from 'kysely'
import type { SequenceColumn } from './engine.js'
import type { Tables } from './tables.js'

export interface Migration {
  readonly id: string
  up(db: Kysely<Tables>, sequence: SequenceColumn): Promise<void>
}

export const MIGRATIONS: readonly Migration[] = [
  { id: '0001-reviews-and-catalogue', up: createReviewsAndCatalogue },
  { id: '0002-issuing', up: createIssuing },
  { id: '0003-tokens-and-audit', up: createTokensAndAudit },
  { id: '0004-identity', up: createIdentity },
  { id: '0005-issuers-and-keys', up: createIssuersAndKeys },
  { id: '0006-badge-tokens', up: addBadgeTokens },
  { id: '0007-status', up: addStatus },
  { id: '0008-art-types', up: addArtTypes },
  { id: '0009-endorsements', up: createEndorsements },
  { id: '0010-corrections', up: createCorrections },
  { id: '0011-known-keys', up: createKnownKeys },
  { id: '0012-staff', up: createStaff },
  { id: '0013-inbox', up: createInbox },
  { id: '0014-mails', up: createMails },
  { id: '0015-claims', up: createClaims },
  { id: '0016-erasures', up: createErasures },
  { id: '0017-releases', up: createReleases },
]

async function createReviewsAndCatalogue({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('achievements')
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('art', 'text', (c) => c.notNull())
    .addColumn('imported_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('achievements_pk', ['slug', 'version'])
    .execute()
  await schema
    .createTable('reviews')
    .addColumn('record_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('attempt', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('achievement_version', 'integer', (c) => c.notNull())
    .addColumn('review', 'text', (c) => c.notNull())
    .addColumn('content_digest', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('reviews_key', ['source', 'id', 'attempt'])
    .execute()
}

async function createIssuing(db: Kysely<Tables>): Promise<void> {
  await createStatusTables(db)
  await db.schema
    .createTable('intents')
    .addColumn('code', 'text', (c) => c.primaryKey().notNull())
    .addColumn('review_record_id', 'text', (c) => c.notNull().references('reviews.record_id'))
    .addColumn('list_id', 'text', (c) => c.notNull())
    .addColumn('list_index', 'integer', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('evidence_nonces', 'text', (c) => c.notNull())
    .addColumn('proof_created', 'text', (c) => c.notNull())
    .addColumn('verification_method', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addUniqueConstraint('intents_entry', ['list_id', 'list_index'])
    .addForeignKeyConstraint('intents_reserved', ['list_id', 'list_index'], 'status_entries', [
      'list_id',
      'list_index',
    ])
    .execute()
  await createIndex(db, 'intents', ['state', 'created_at', 'code'])
  await db.schema
    .createIndex('intents_one_not_failed')
    .unique()
    .on('intents')
    .column('review_record_id')
    .where(sql.ref('state'), '!=', 'failed')
    .execute()
  await createBadges(db)
}

async function createStatusTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('status_lists')
    .addColumn('list_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('length_bits', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('status_lists_in_turn', ['issuer', 'ordinal'])
    .execute()
  await db.schema
    .createTable('status_entries')
    .addColumn('list_id', 'text', (c) => c.notNull().references('status_lists.list_id'))
    .addColumn('list_index', 'integer', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addPrimaryKeyConstraint('status_entries_pk', ['list_id', 'list_index'])
    .execute()
}

async function createBadges(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('badges')
    .addColumn('code', 'text', (c) => c.primaryKey().notNull().references('intents.code'))
    .addColumn('review_record_id', 'text', (c) =>
      c.notNull().unique().references('reviews.record_id'),
    )
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('achievement_slug', 'text', (c) => c.notNull())
    .addColumn('achievement_version', 'integer', (c) => c.notNull())
    .addColumn('earner_name', 'text', (c) => c.notNull())
    .addColumn('district', 'text')
    .addColumn('consent_name', 'text', (c) => c.notNull())
    .addColumn('consent_evidence', 'text', (c) => c.notNull())
    .addColumn('consent_listed', 'integer', (c) => c.notNull())
    .addColumn('secured_json', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('issued_at', 'text', (c) => c.notNull())
    .addForeignKeyConstraint(
      'badges_achievement',
      ['achievement_slug', 'achievement_version'],
      'achievements',
      ['slug', 'version'],
    )
    .execute()
  await createIndex(db, 'badges', ['issued_at', 'code'])
}

async function createTokensAndAudit(db: Kysely<Tables>, sequence: SequenceColumn): Promise<void> {
  await db.schema
    .createTable('tokens')
    .addColumn('token_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('audit_entries')
    .addColumn('entry', 'integer', sequence)
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute()
  await createIndex(db, 'audit_entries', ['subject', 'entry'])
}

async function createIdentity({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('identity')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}

async function createIssuersAndKeys({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('issuers')
    .addColumn('slug', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('description', 'text')
    .addColumn('email', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await schema
    .createTable('signing_keys')
    .addColumn('key_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('algorithm', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('controller', 'text', (c) => c.notNull())
    .addColumn('method_id', 'text', (c) => c.notNull().unique())
    .addColumn('public_jwk', 'text', (c) => c.notNull())
    .addColumn('public_multibase', 'text')
    .addColumn('created', 'text', (c) => c.notNull())
    .addColumn('activated', 'text')
    .addColumn('retired', 'text')
    .addColumn('compromised_since', 'text')
    .execute()
  await schema
    .createIndex('signing_keys_one_active')
    .unique()
    .on('signing_keys')
    .columns(['issuer', 'algorithm'])
    .where(sql.ref('state'), '=', 'active')
    .execute()
  await schema
    .alterTable('tokens')
    .addColumn('issuer', 'text', (c) => c.notNull().defaultTo('default'))
    .execute()
}

async function addBadgeTokens({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('badges').addColumn('token', 'text').execute()
}

/** Every entry that is there is of a badge in good standing; what has changed says why and when. */
async function addStatus(db: Kysely<Tables>): Promise<void> {
  const entries = () => db.schema.alterTable('status_entries')
  await entries()
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('valid'))
    .execute()
  await entries().addColumn('reason', 'text').execute()
  await entries().addColumn('reason_public', 'integer').execute()
  await entries().addColumn('changed_at', 'text').execute()
  await entries().addColumn('replaced_by', 'text').execute()
  await createIndex(db, 'status_entries', ['list_id', 'state'])
}

async function addArtTypes({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .alterTable('achievements')
    .addColumn('art_type', 'text', (c) => c.notNull().defaultTo('image/svg+xml'))
    .execute()
}

async function createEndorsements(db: Kysely<Tables>, sequence: SequenceColumn): Promise<void> {
  await db.schema
    .createTable('endorsements')
    .addColumn('entry', 'integer', sequence)
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('comment_digest', 'text', (c) => c.notNull())
    .addColumn('secured_json', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('endorsements_said_once', ['issuer', 'subject_id', 'comment_digest'])
    .execute()
  await createIndex(db, 'endorsements', ['subject_id', 'issuer', 'entry'])
}

async function createCorrections({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('corrections')
    .addColumn('review_record_id', 'text', (c) =>
      c.primaryKey().notNull().references('reviews.record_id'),
    )
    .addColumn('code', 'text', (c) => c.notNull().unique().references('badges.code'))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('reason_public', 'integer', (c) => c.notNull())
    .execute()
}

async function createKnownKeys({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('known_keys')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('known_keys_pk', ['issuer', 'public_key'])
    .execute()
}

async function createStaff(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('staff')
    .addColumn('staff_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('district', 'text')
    .addColumn('invited_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema
    .createTable('sign_in_links')
    .addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.staff_id'))
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .execute()
  await createIndex(db, 'sign_in_links', ['staff_id'])
  await createIndex(db, 'sign_in_links', ['expires_at'])
  await db.schema
    .createTable('sessions')
    .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.staff_id'))
    .addColumn('opened_at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .execute()
  await createIndex(db, 'sessions', ['staff_id'])
  await createIndex(db, 'sessions', ['opened_at'])
}

/** What the desk looks for in reviews becomes columns; what was recorded before is read once. */
async function createInbox(db: Kysely<Tables>): Promise<void> {
  const reviews = () => db.schema.alterTable('reviews')
  await reviews()
    .addColumn('achievement', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await reviews().addColumn('district', 'text').execute()
  const recorded = await db.selectFrom('reviews').select(['record_id', 'review']).execute()
  for (const { record_id, review } of recorded) {
    const { achievement, candidate } = JSON.parse(review)
    await db
      .updateTable('reviews')
      .set({ achievement, district: candidate.district ?? null })
      .where('record_id', '=', record_id)
      .execute()
  }
  await createIndex(db, 'reviews', ['state', 'received_at', 'record_id'])
  await db.schema
    .createTable('review_stops')
    .addColumn('review_record_id', 'text', (c) =>
      c.primaryKey().notNull().references('reviews.record_id'),
    )
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute()
}

async function createMails(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('mails')
    .addColumn('mail_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('failure', 'text')
    .execute()
  await createIndex(db, 'mails', ['state', 'next_at'])
  await createIndex(db, 'mails', ['about'])
}

async function createClaims(db: Kysely<Tables>): Promise<void> {
  const badges = () => db.schema.alterTable('badges')
  await badges().addColumn('claim', 'text').execute()
  await badges().addColumn('claimed_at', 'text').execute()
  await db.schema
    .createTable('claim_links')
    .addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('code', 'text', (c) => c.notNull().references('badges.code'))
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .execute()
  await createIndex(db, 'claim_links', ['code'])
  await createIndex(db, 'claim_links', ['expires_at'])
}

async function createErasures({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('erasures')
    .addColumn('code', 'text', (c) => c.primaryKey().notNull())
    .addColumn('content_digest', 'text', (c) => c.notNull())
    .addColumn('issued_at', 'text', (c) => c.notNull())
    .addColumn('erased_at', 'text', (c) => c.notNull())
    .execute()
}

async function createReleases(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('releases')
    .addColumn('release_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('release_items')
    .addColumn('release_id', 'text', (c) => c.notNull().references('releases.release_id'))
    .addColumn('review_record_id', 'text', (c) => c.notNull().references('reviews.record_id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('failure', 'text')
    .addPrimaryKeyConstraint('release_items_pk', ['release_id', 'review_record_id'])
    .execute()
  await createIndex(db, 'release_items', ['state', 'release_id', 'review_record_id'])
}

async function createIndex(db: Kysely<Tables>, table: string, columns: string[]): Promise<void> {
  const name = `${table}_by_${columns.join('_')}`
  await db.schema.createIndex(name).on(table).columns(columns).execute()
}
