/** Who may issue here: the programme itself and, beside it, its districts. */

/** The programme that runs the service; its profile stands in the settings. */
export const DEFAULT_ISSUER = 'default'

/** An issuer as recorded. Its DID depends on its keys, so it is not part of this. */
export type Issuer = {
  /** Its name in addresses and on the command line. */
  readonly slug: string
  readonly name: string
  /** Its web site, https. */
  readonly url?: string
  readonly description?: string
  readonly email?: string
}

const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/

/** Small letters, digits and hyphens; at most 80. */
export function isIssuerSlug(text: string): boolean {
  return SLUG.test(text)
}

/** Where an issuer's page and its DID document lie; '' is the origin itself. */
export function issuerPath(slug: string): string {
  return slug === DEFAULT_ISSUER ? '' : `/issuers/${slug}`
}
