/** The public side of the signing keys and their history; a key is recorded once and never removed. */
import type { Kysely } from 'kysely'
import type { KeyStore } from '../../application/ports/stores.js'
import type { JsonObject } from '../../domain/json.js'
import type { SigningKey } from '../../domain/signing-key.js'
import type { SigningKeyRow, Tables } from './tables.js'

/**
 * The KeyStore on `db`. `insert` and `move` throw the database's own error when an issuer would have
 * two active keys of one algorithm.
 * @param locksRows whether a key must be locked to be held
 */
export function createKeyStore(db: Kysely<Tables>, locksRows: boolean): KeyStore {
  const keys = () => db.selectFrom('signing_keys').selectAll()
  const active = (issuer: string, algorithm: SigningKey['algorithm']) =>
    keys()
      .where('issuer', '=', issuer)
      .where('algorithm', '=', algorithm)
      .where('state', '=', 'active')
  return {
    async insert(key) {
      const result = await db
        .insertInto('signing_keys')
        .values(toRow(key))
        .onConflict((conflict) => conflict.column('key_id').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(keyId) {
      const row = await keys().where('key_id', '=', keyId).executeTakeFirst()
      return row && toKey(row)
    },
    async findByMethod(methodId) {
      const row = await keys().where('method_id', '=', methodId).executeTakeFirst()
      return row && toKey(row)
    },
    async findActive(issuer, algorithm) {
      const row = await active(issuer, algorithm).executeTakeFirst()
      return row && toKey(row)
    },
    async holdActive(issuer, algorithm) {
      if (locksRows) await active(issuer, algorithm).forShare().execute()
    },
    async takeActive(issuer, algorithm) {
      if (locksRows) await active(issuer, algorithm).forUpdate().execute()
    },
    async list(issuer) {
      const rows = await keys()
        .$if(issuer !== undefined, (query) => query.where('issuer', '=', issuer ?? ''))
        .orderBy('created')
        .orderBy('key_id')
        .execute()
      return rows.map(toKey)
    },
    async move(from, key) {
      const { state, activated, retired, compromised_since } = toRow(key)
      const result = await db
        .updateTable('signing_keys')
        .set({ state, activated, retired, compromised_since })
        .where('key_id', '=', key.keyId)
        .where('state', '=', from)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
  }
}

function toRow(key: SigningKey): SigningKeyRow {
  return {
    key_id: key.keyId,
    issuer: key.issuer,
    algorithm: key.algorithm,
    state: key.state,
    controller: key.controller,
    method_id: key.methodId,
    public_jwk: JSON.stringify(key.publicKeyJwk),
    public_multibase: key.publicKeyMultibase ?? null,
    created: key.created,
    activated: key.activated ?? null,
    retired: key.retired ?? null,
    compromised_since: key.compromisedSince ?? null,
  }
}

function toKey(row: SigningKeyRow): SigningKey {
  return {
    keyId: row.key_id,
    issuer: row.issuer,
    algorithm: row.algorithm as SigningKey['algorithm'],
    state: row.state as SigningKey['state'],
    controller: row.controller,
    methodId: row.method_id,
    publicKeyJwk: JSON.parse(row.public_jwk) as JsonObject,
    ...(row.public_multibase === null ? {} : { publicKeyMultibase: row.public_multibase }),
    created: row.created,
    ...(row.activated === null ? {} : { activated: row.activated }),
    ...(row.retired === null ? {} : { retired: row.retired }),
    ...(row.compromised_since === null ? {} : { compromisedSince: row.compromised_since }),
  }
}
