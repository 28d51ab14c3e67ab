/** Tells what a person brought. The first bytes decide, and each form has one parser. */
import type { FoundInput, InputReader } from '../../application/ports/inputs.js'
import { isJpeg } from './jpeg-size.js'
import { trimmed } from './json-members.js'
import { readJson } from './read-json.js'
import { readPage } from './read-page.js'
import { type PictureParts, type ReaderParts, readPng, readSvg } from './read-picture.js'
import { readQr } from './read-qr.js'
import { readText } from './read-text.js'
import { type InputRule, refuse } from './refusals.js'

const MAX_BYTES = 10 * 1024 * 1024

/**
 * @param parts how baked pictures are read
 * @param qrMs time that one picture may take to be searched for a QR code, in milliseconds
 */
export function createInputReader(parts: PictureParts, qrMs: number): InputReader {
  return {
    read: async (bytes, from) => recognise({ ...parts, qrMs }, bytes, from),
  }
}

type From = Parameters<InputReader['read']>[1]

function recognise(parts: ReaderParts, bytes: Uint8Array, from: From): FoundInput {
  if (bytes.length > MAX_BYTES) return refuse('too-large')
  const inner = trimmed(bytes)
  if (inner.length === 0) return refuse('empty')
  if (startsWith(bytes, '\x89PNG')) return readPng(parts, bytes)
  if (isJpeg(bytes)) return readQr(bytes, parts.qrMs)
  const known = KNOWN.find(([, starts]) => starts.some((start) => startsWith(bytes, start)))
  if (known !== undefined) return refuse(known[0])
  const content = withoutByteOrderMark(inner)
  if (content[0] === BRACE) return readJson(bytes, 'json')
  if (content[0] === BRACKET) return refuse('json-list', 'json')
  if (isPage(content, from)) return readPage(content, from?.url)
  if (content[0] === ANGLE) return readSvg(parts, bytes)
  return readText(content)
}

const BRACE = 0x7b
const BRACKET = 0x5b
const ANGLE = 0x3c

/** Files that people take for badges, by their first bytes. */
const KNOWN: readonly (readonly [InputRule, readonly string[]])[] = [
  ['pdf-later', ['%PDF-']],
  ['zip', ['PK\x03\x04', 'PK\x05\x06']],
  ['picture-kind', ['GIF8', 'RIFF', 'BM', 'II*\0', 'MM\0*', '\0\0\0\x18ftyp', '\0\0\0\x1cftyp']],
]

function startsWith(bytes: Uint8Array, start: string): boolean {
  return Buffer.from(bytes.subarray(0, start.length)).toString('latin1') === start
}

/** Editors on Windows put one before every text. */
function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return startsWith(bytes, '\xef\xbb\xbf') ? trimmed(bytes.subarray(3)) : bytes
}

const PAGE_TYPES = ['text/html', 'application/xhtml+xml']
const PAGE_START = /^(?:<!doctype\s+html\b|<html\b)/i
const SVG_START = /^(?:<\?xml[^>]{0,200}\?>\s{0,20})?<svg\b/

/** What the sender says counts only for text that could be a page. */
function isPage(content: Uint8Array, from: From): boolean {
  const start = Buffer.from(content.subarray(0, 256)).toString('latin1')
  if (PAGE_START.test(start)) return true
  return PAGE_TYPES.includes(from?.mediaType ?? '') && !SVG_START.test(start)
}
