/** The programme's own profile, from the settings. */
import type { Settings } from '../config/settings.js'
import { DEFAULT_ISSUER, type Issuer } from '../domain/issuer.js'

export function toDefaultIssuer(settings: Settings): Issuer {
  const { issuerName: name, issuerUrl: url } = settings
  const { issuerDescription: description, issuerEmail: email } = settings
  return {
    slug: DEFAULT_ISSUER,
    name,
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(email === undefined ? {} : { email }),
  }
}
