/** Who works at the desk; nobody is removed, so that the audit log can be read. */
import type { Kysely } from 'kysely'
import type { StaffStore } from '../../application/ports/staff-stores.js'
import type { Role, StaffMember } from '../../domain/staff.js'
import type { StaffRow, Tables } from './tables.js'

/**
 * The StaffStore on `db`, a connection or a transaction.
 * @param locksRows whether a member must be locked to stay as they are
 */
export function createStaffStore(db: Kysely<Tables>, locksRows: boolean): StaffStore {
  const staff = () => db.selectFrom('staff').selectAll()
  return {
    async insert({ staffId, email, role, district, invitedAt, endedAt }) {
      const result = await db
        .insertInto('staff')
        .values({
          staff_id: staffId,
          email,
          role,
          district: district ?? null,
          invited_at: invitedAt,
          ended_at: endedAt ?? null,
        })
        .onConflict((conflict) => conflict.column('email').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(staffId) {
      const row = await staff().where('staff_id', '=', staffId).executeTakeFirst()
      return row && toMember(row)
    },
    async findByEmail(email) {
      const row = await staff().where('email', '=', email).executeTakeFirst()
      return row && toMember(row)
    },
    async list() {
      return (await staff().orderBy('email').execute()).map(toMember)
    },
    async change(staffId, { role, district, endedAt }) {
      await db
        .updateTable('staff')
        .set({ role, district: district ?? null, ended_at: endedAt ?? null })
        .where('staff_id', '=', staffId)
        .execute()
    },
    async holdAdmins() {
      const rows = await staff()
        .where('role', '=', 'admin')
        .where('ended_at', 'is', null)
        .orderBy('email')
        .$if(locksRows, (query) => query.forUpdate())
        .execute()
      return rows.map(toMember)
    },
  }
}

function toMember(row: StaffRow): StaffMember {
  return {
    staffId: row.staff_id,
    email: row.email,
    role: row.role as Role,
    ...(row.district === null ? {} : { district: row.district }),
    invitedAt: row.invited_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  }
}
