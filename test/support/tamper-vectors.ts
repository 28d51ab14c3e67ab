/** The vectors of the tamper catalogue: how each is written, and the bytes that it stands for. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PICTURES, type PictureName } from './hostile-pictures.js'
import { hostileToken, type TokenChoices } from './hostile-tokens.js'
import type { ServedDocument } from './served-documents.js'
import { type BaseName, resign, signedBadge } from './signed-badges.js'
import { type Change, type RawPart, rawBytes, tamper } from './tampering.js'

/** One file of the catalogue. */
export type Vector = {
  readonly id: string
  /** Row of the threat list, or `control`. */
  readonly threat: string
  /** The signed badge to change; or `raw` bytes, or a `token`, instead. */
  readonly base?: BaseName
  /** Changes that the stranger, who issued the base, signs again. */
  readonly signedChange?: Change | readonly Change[]
  readonly mutation?: Change | readonly Change[]
  readonly raw?: readonly RawPart[]
  readonly token?: TokenChoices
  /** The picture that the text is put into. */
  readonly picture?: PictureName
  readonly request?: {
    /** null sends none. */
    readonly contentType?: string | null
    readonly encoding?: 'gzip'
    /** Sends the body in pieces, without saying how long it is. */
    readonly chunked?: true
  }
  /** Documents of others by address; nothing else can be fetched but the list of the sample badges. */
  readonly served?: Readonly<Record<string, ServedDocument>>
  /** Why it is right that this one is valid; no other hostile vector may be. */
  readonly harmless?: string
  readonly expect: {
    readonly status: number
    /** Absent where no verdict is given. */
    readonly verdict?: 'valid' | 'invalid' | 'unknown'
    /** The gate's rule, the problem's code, or the codes of every check that did not pass; sorted. */
    readonly codes: readonly string[]
    /** A piece of what the answer says to people. */
    readonly says?: string
    /** What was sent and must not come back. */
    readonly hides?: string
    /** Addresses that were asked for, sorted; not looked at when absent. */
    readonly asked?: readonly string[]
    /** On an idle machine; here it is only held to the limit for any answer. */
    readonly maxMs: number
  }
}

const FOLDER = fileURLToPath(new URL('../vectors/tamper', import.meta.url))

export const VECTORS: readonly (Vector & { readonly file: string })[] = readdirSync(FOLDER).map(
  (file) => ({ file, ...(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Vector) }),
)

export type VectorSource = Pick<
  Vector,
  'base' | 'signedChange' | 'mutation' | 'raw' | 'token' | 'picture'
>

export async function bytesOf(source: VectorSource): Promise<Uint8Array> {
  const bytes = await plainBytesOf(source)
  if (source.picture === undefined) return bytes
  return PICTURES[source.picture](new TextDecoder().decode(bytes))
}

async function plainBytesOf(source: VectorSource): Promise<Uint8Array> {
  const { base, signedChange = [], mutation = [], raw = [], token } = source
  if (token !== undefined) return new TextEncoder().encode(hostileToken(token))
  if (base === undefined) return rawBytes(raw)
  const changes = [signedChange].flat()
  const badge = await signedBadge(base)
  const signed = changes.length === 0 ? badge : await resign(badge, changes)
  return new TextEncoder().encode(tamper(signed, [mutation].flat()))
}
