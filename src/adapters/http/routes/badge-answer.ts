/** A badge as the API names it. */
import type { BadgeRecord } from '../../../application/ports/stores.js'
import { badgeUrl } from '../../../domain/badge-code.js'
import type { AppParts } from '../app-parts.js'

export function toBadgeAnswer({ baseUrl }: AppParts, { code, issuedAt }: BadgeRecord): object {
  const url = badgeUrl(baseUrl, code)
  return { code, url, credential: `${url}.json`, issuedAt }
}
