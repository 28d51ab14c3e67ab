/** Who issues: an Open Badges Profile (OB 3.0 appendix B, class Profile) before it is put on the wire. */
export type IssuerProfile = {
  /** The issuer's DID: `did:web:…` of BASE_URL on https, else `did:key:…`. */
  readonly id: string
  readonly name: string
  /** The issuer's own web site, https. */
  readonly url?: string
  readonly description?: string
  readonly email?: string
}

/** A Profile as it stands in a credential. */
export type ProfileNode = {
  readonly id: string
  readonly type: readonly ['Profile']
  readonly name: string
  readonly url?: string
  readonly description?: string
  readonly email?: string
}

/** The Profile node for `issuer`: always an object with its type (OB 3.0; the official validator requires it). */
export function toProfileNode(profile: IssuerProfile): ProfileNode {
  const { id, ...rest } = profile
  return { id, type: ['Profile'], ...rest }
}
