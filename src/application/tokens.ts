/** API tokens: made once, shown once, stored hashed. */
import { toBadgeCode } from '../domain/badge-code.js'
import { DEFAULT_ISSUER } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import { toTimestamp } from '../domain/timestamps.js'
import type { Actor } from './actor.js'
import type { Clock, Hasher, IdSource } from './ports/environment.js'
import type { Database } from './ports/stores.js'
import { makeSecret } from './secrets.js'

/** What a token may do. */
export const SCOPES = [
  'reviews:write',
  'reviews:release',
  'badges:status',
  'endorsements:write',
  'credentials:issue',
  'credentials:status',
] as const
export type Scope = (typeof SCOPES)[number]

export type TokenParts = {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly hasher: Hasher
}

/** `imp_<id>_<secret>`: the id finds the row, the secret (256 random bits) proves the right. */
const TOKEN = /^imp_([0-9a-z]{26})_([0-9a-z]{52})$/

/**
 * @param issuer slug of the only issuer that the token may speak for
 * @returns the token; it cannot be shown again
 */
export async function createToken(
  parts: TokenParts,
  name: string,
  scopes: readonly Scope[],
  issuer: string = DEFAULT_ISSUER,
): Promise<string> {
  const tokenId = toBadgeCode(parts.ids.randomBytes(16))
  const secret = makeSecret(parts)
  const createdAt = toTimestamp(parts.clock.now())
  await parts.database.transaction(async (stores) => {
    await stores.tokens.insert({
      tokenId,
      name,
      scopes,
      issuer,
      secretHash: secret.hash,
      createdAt,
    })
    await stores.audit.append({
      at: createdAt,
      actor: 'cli',
      action: 'token.created',
      subject: `token:${tokenId}`,
      detail: { scopes: scopes.join(' '), issuer },
    })
  })
  return `imp_${tokenId}_${secret.text}`
}

/**
 * Checks a bearer token for a scope.
 * @returns the actor, `token:<id>`, bound to the token's issuer
 * @throws UNAUTHENTICATED for no or an unknown token, FORBIDDEN when its scopes lack the one needed
 */
export async function authenticate(
  parts: TokenParts,
  token: string | undefined,
  scope: Scope,
): Promise<Actor> {
  const [, tokenId, secret] = TOKEN.exec(token ?? '') ?? []
  const record =
    tokenId === undefined ? undefined : await parts.database.stores.tokens.find(tokenId)
  const given = parts.hasher.sha256Hex(secret ?? '')
  if (record === undefined || !isEqualConstantTime(record.secretHash, given)) {
    throw new IssuerError(
      'UNAUTHENTICATED',
      'Send a valid token in the header: Authorization: Bearer imp_…',
    )
  }
  if (!record.scopes.includes(scope)) {
    throw new IssuerError('FORBIDDEN', `This token lacks the scope ${scope}.`)
  }
  return { name: `token:${record.tokenId}`, issuer: record.issuer }
}

/** Compares two digests without leaving early. */
function isEqualConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let index = 0; index < a.length; index += 1) {
    difference |= a.charCodeAt(index) ^ (b.charCodeAt(index) || 0)
  }
  return difference === 0
}
