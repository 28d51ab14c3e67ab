/** Pictures: with a credential baked in (OB 3.0 section 5.3), of an older standard, or of a QR code. */
import type { FoundInput } from '../../application/ports/inputs.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { olderStandard } from './older-standard.js'
import { readQr } from './read-qr.js'
import { readToken } from './read-text.js'
import { refuse } from './refusals.js'

/** How baked pictures are read; each throws IMAGE_INVALID with the name of a rule. */
export type PictureParts = {
  /** The one credential in a PNG or SVG, JSON or VC-JWT; rule `no-credential` when there is none. */
  extractFromPicture(picture: Uint8Array): string
  /** The Open Badges 1 or 2 assertion in it: its address, or what else can be said of it. */
  findOlderBadge(picture: Uint8Array): { readonly url?: string } | undefined
  /** Does nothing for a PNG whose pixels unpack to exactly what its header says. */
  assertSoundPng(png: Uint8Array): void
}

export type ReaderParts = PictureParts & { readonly qrMs: number }

export function readPng(parts: ReaderParts, bytes: Uint8Array): FoundInput {
  return refusing('png', () => {
    const baked = readBaked(parts, bytes, 'png')
    if (baked !== undefined) return baked
    return readQr(bytes, parts.qrMs, () => parts.assertSoundPng(bytes))
  })
}

const MAX_SVG_BYTES = 2 * 1024 * 1024

export function readSvg(parts: PictureParts, bytes: Uint8Array): FoundInput {
  if (bytes.length > MAX_SVG_BYTES) return refuse('image-too-large', 'svg')
  return refusing('svg', () => readBaked(parts, bytes, 'svg') ?? refuse('no-credential', 'svg'))
}

/** @returns undefined when there is none of any standard */
function readBaked(
  parts: PictureParts,
  bytes: Uint8Array,
  form: 'png' | 'svg',
): FoundInput | undefined {
  const credential = extract(parts, bytes)
  const older = parts.findOlderBadge(bytes)
  if (credential === undefined) return older === undefined ? undefined : olderStandard(older.url)
  if (older !== undefined) return refuse('two-credentials', form)
  if (!credential.startsWith('ey')) return { kind: 'json', form, bytes: Buffer.from(credential) }
  return readToken(credential, form)
}

function extract(parts: PictureParts, bytes: Uint8Array): string | undefined {
  try {
    return parts.extractFromPicture(bytes)
  } catch (error) {
    if (error instanceof IssuerError && error.rule === 'no-credential') return undefined
    throw error
  }
}

function refusing(form: 'png' | 'svg', work: () => FoundInput): FoundInput {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    const { rule = 'image-invalid', message } = error
    return { kind: 'refused', form, rule, detail: message }
  }
}
