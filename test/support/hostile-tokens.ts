/** Tokens of the tamper catalogue: what a vector says in data, made into a VC-JWT; nothing real. */
import { createHmac, createPublicKey } from 'node:crypto'
import type { JsonObject } from '../../src/domain/json.js'
import {
  base64url,
  compact,
  controllerOf,
  payloadV1,
  payloadV2,
  SIGNERS,
  STRANGERS,
  type TokenAlg,
} from './tokens.js'

/** Publishes its keys at `https://issuer.example.org/.well-known/did.json`. */
export const TOKEN_ISSUER = 'did:web:issuer.example.org'

type Edit = { readonly find: string; readonly put: string }

/** How a token differs from a good one of the issuer; `null` leaves a member out. */
export type TokenChoices = {
  readonly alg?: TokenAlg
  /** Whose key signs; the issuer’s when absent. */
  readonly by?: 'stranger'
  readonly model?: 'v1'
  readonly header?: JsonObject
  /** A key in the header: a stranger's, or the issuer's with its private half. */
  readonly jwk?: 'stranger' | 'private'
  readonly claims?: JsonObject
  /** A piece of the header's or payload's text replaced, before signing. */
  readonly headerText?: Edit
  readonly payloadText?: Edit
  /** An HMAC under this form of the issuer's public RSA key, instead of a signature. */
  readonly hmac?: 'pem' | 'der' | 'jwk'
  /** What is done to the finished token. */
  readonly then?: 'cut' | 'no-signature' | 'padded' | 'tail-bits' | 'quoted' | 'five-parts'
}

/** The document that the issuer of these tokens publishes. */
export function tokenKeys(): JsonObject {
  return controllerOf(TOKEN_ISSUER)
}

export function hostileToken(choices: TokenChoices): string {
  const token = choices.hmac === undefined ? signed(choices) : withHmac(choices, choices.hmac)
  return finished(token, choices.then)
}

function signed(choices: TokenChoices): string {
  const { alg = 'ES256', by } = choices
  const signer = (by === 'stranger' ? STRANGERS : SIGNERS)[alg]
  return compact(signer, headerText(choices), payloadText(choices))
}

function headerText({ alg = 'ES256', header, jwk, headerText: edit }: TokenChoices): string {
  const keys = {
    stranger: STRANGERS[alg].publicKeyJwk,
    private: SIGNERS[alg].key.export({ format: 'jwk' }) as JsonObject,
  }
  const named = jwk === undefined ? { alg, kid: `${TOKEN_ISSUER}#${alg}` } : { alg, jwk: keys[jwk] }
  return edited(JSON.stringify(withoutNulls({ ...named, ...header })), edit)
}

function payloadText({ model, claims, payloadText: edit }: TokenChoices): string {
  const payload = model === 'v1' ? payloadV1(TOKEN_ISSUER) : payloadV2(TOKEN_ISSUER)
  return edited(JSON.stringify(withoutNulls({ ...payload, ...claims })), edit)
}

function withHmac(choices: TokenChoices, form: NonNullable<TokenChoices['hmac']>): string {
  const publicKey = createPublicKey(SIGNERS.RS256.key)
  const secret = {
    pem: () => publicKey.export({ format: 'pem', type: 'spki' }),
    der: () => publicKey.export({ format: 'der', type: 'spki' }),
    jwk: () => JSON.stringify(SIGNERS.RS256.publicKeyJwk),
  }[form]()
  const header = headerText({ ...choices, alg: 'RS256', header: { alg: 'HS256' } })
  const input = `${base64url(header)}.${base64url(payloadText(choices))}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function finished(token: string, then: TokenChoices['then']): string {
  if (then === undefined) return token
  const last = ALPHABET.indexOf(token.at(-1) ?? '')
  return {
    cut: () => token.slice(0, token.length / 2),
    'no-signature': () => token.slice(0, token.lastIndexOf('.') + 1),
    padded: () => `${token}==`,
    /** RFC 4648 section 3.5: bits behind the last byte, which many readers drop. */
    'tail-bits': () => token.slice(0, -1) + ALPHABET[last ^ 1],
    quoted: () => JSON.stringify(token),
    'five-parts': () => `${token}.${token.slice(0, token.indexOf('.'))}.AAAA`,
  }[then]()
}

function edited(text: string, edit: Edit | undefined): string {
  if (edit === undefined) return text
  if (!text.includes(edit.find)) throw new RangeError(`the text ${edit.find} is not there`)
  return text.replace(edit.find, () => edit.put)
}

function withoutNulls(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
}
