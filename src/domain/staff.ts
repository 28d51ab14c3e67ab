/** Who works at the desk, and what each role may do there. */
import { IssuerError } from './issuer-error.js'

export const ROLES = ['admin', 'issuer', 'viewer', 'district'] as const
export type Role = (typeof ROLES)[number]

/** What a page or a form of the desk takes. */
export type Permission =
  /** See reviews and badges; a district sees its own. */
  | 'desk:read'
  /** See what candidates handed in. */
  | 'evidence:read'
  /** Release a review, hold it or send it back. */
  | 'reviews:decide'
  /** Revoke, suspend, reinstate or correct a badge, and send its earner a link. */
  | 'badges:change'
  /** Forget an earner, for good. */
  | 'badges:erase'
  /** Read what everybody did. */
  | 'log:read'
  /** Invite people, change what they may do, end it. */
  | 'people:manage'

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [
    'desk:read',
    'evidence:read',
    'reviews:decide',
    'badges:change',
    'badges:erase',
    'log:read',
    'people:manage',
  ],
  issuer: ['desk:read', 'evidence:read', 'reviews:decide', 'badges:change'],
  viewer: ['desk:read', 'evidence:read'],
  district: ['desk:read'],
}

export type StaffMember = {
  /** Ours, a UUID. */
  readonly staffId: string
  /** In lower case, unique. */
  readonly email: string
  readonly role: Role
  /** Slug of the only district that a member of the role `district` sees. */
  readonly district?: string
  readonly invitedAt: string
  /** Since when they may not sign in any more. */
  readonly endedAt?: string
}

/** What somebody is to be allowed. */
export type Standing = Pick<StaffMember, 'role' | 'district'>

export function mayDo({ role }: Standing, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission)
}

/** Whether a member may see what belongs to a district; absent for what belongs to none. */
export function seesDistrict(member: Standing, district: string | undefined): boolean {
  return member.role !== 'district' || (district !== undefined && district === member.district)
}

const EMAIL = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,190}$/
const DISTRICT = /^[a-z0-9][a-z0-9-]{0,79}$/

/**
 * An address as it is compared and kept: trimmed, lower case.
 * @throws IssuerError REQUEST_INVALID
 */
export function toStaffEmail(text: string): string {
  const email = text.trim().toLowerCase()
  if (EMAIL.test(email)) return email
  throw new IssuerError('REQUEST_INVALID', `“${text}” is no e-mail address.`, {
    pointer: '/email',
  })
}

/**
 * A role with its district, which only the role `district` has.
 * @throws IssuerError REQUEST_INVALID
 */
export function toStanding(role: string, district: string | undefined): Standing {
  const known = ROLES.find((one) => one === role)
  if (known === undefined) {
    const sentence = `“${role}” is no role; choose one of ${ROLES.join(', ')}.`
    throw new IssuerError('REQUEST_INVALID', sentence, { pointer: '/role' })
  }
  if (known !== 'district') {
    if (district === undefined) return { role: known }
    const sentence = `The role ${known} sees every district; leave the district out.`
    throw new IssuerError('REQUEST_INVALID', sentence, { pointer: '/district' })
  }
  if (district !== undefined && DISTRICT.test(district)) return { role: known, district }
  throw new IssuerError(
    'REQUEST_INVALID',
    'The role district takes a district, as it stands in reviews, e.g. vista-unified.',
    { pointer: '/district' },
  )
}
