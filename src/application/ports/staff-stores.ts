/** What the desk needs kept: who works there, links to sign in with, and who is signed in. */
import type { StaffMember, Standing } from '../../domain/staff.js'

export interface StaffStore {
  /** Inserts; false when the address is taken. */
  insert(member: StaffMember): Promise<boolean>
  find(staffId: string): Promise<StaffMember | undefined>
  findByEmail(email: string): Promise<StaffMember | undefined>
  /** By address. */
  list(): Promise<readonly StaffMember[]>
  /** Writes what they may do; `endedAt` absent means that they may sign in. */
  change(staffId: string, to: Standing & { readonly endedAt?: string }): Promise<void>
  /** Those who may sign in as admin; they stay as they are until the transaction ends. */
  holdAdmins(): Promise<readonly StaffMember[]>
}

export type SignInLink = {
  /** SHA-256 (hex) of the token in the link. */
  readonly tokenHash: string
  readonly staffId: string
  readonly expiresAt: string
  readonly usedAt?: string
}

export interface SignInLinkStore {
  insert(link: SignInLink): Promise<void>
  find(tokenHash: string): Promise<SignInLink | undefined>
  /** Marks it as used; false when it was before. */
  use(tokenHash: string, usedAt: string): Promise<boolean>
  removeOf(staffId: string): Promise<void>
  /** Forgets those that expired before. */
  removeExpired(before: string): Promise<void>
}

export type Session = {
  /** SHA-256 (hex) of the secret in the cookie. */
  readonly secretHash: string
  readonly staffId: string
  readonly openedAt: string
  /** Of the last request, to the minute. */
  readonly seenAt: string
}

export interface SessionStore {
  insert(session: Session): Promise<void>
  find(secretHash: string): Promise<Session | undefined>
  see(secretHash: string, seenAt: string): Promise<void>
  remove(secretHash: string): Promise<void>
  removeOf(staffId: string): Promise<void>
  /** Forgets those that were opened before. */
  removeOpened(before: string): Promise<void>
}
