/** Pictures of Open Badges 1 and 2 (its baking specification): recognised, so that it can be said. */
import { inflateSync } from 'node:zlib'
import { isPng, type PngChunk, readChunks } from './png-chunks.js'
import { readSvgText } from './read-art.js'
import { readXml } from './strict-xml.js'

const KEYWORD = 'openbadges\0'
const NAMESPACES = ['http://openbadges.org', 'https://openbadges.org']
/** Of an address or an assertion; a longer one is not looked into. */
const MAX_TEXT_BYTES = 64 * 1024

/**
 * @returns the assertion in the picture, with its address when it names one; undefined when there is
 *   none
 * @throws IMAGE_INVALID for a file that is not a whole PNG or a well-formed SVG
 */
export function findOlderBadge(picture: Uint8Array): { readonly url?: string } | undefined {
  const text = isPng(picture) ? findInPng(picture) : findInSvg(picture)
  if (text === undefined) return undefined
  const url = readAddress(text.trim())
  return url === undefined ? {} : { url }
}

function findInPng(png: Uint8Array): string | undefined {
  const chunk = readChunks(png).find(
    ({ type, data }) =>
      /^(?:iTXt|tEXt|zTXt)$/.test(type) && latin1(data.subarray(0, KEYWORD.length)) === KEYWORD,
  )
  return chunk === undefined ? undefined : readText(chunk)
}

function readText({ type, data }: PngChunk): string {
  const rest = data.subarray(KEYWORD.length)
  if (type === 'tEXt') return latin1(rest.subarray(0, MAX_TEXT_BYTES))
  if (type === 'zTXt') return inflate(rest.subarray(1))
  const languageEnd = rest.indexOf(0, 2)
  const text = rest.subarray(rest.indexOf(0, languageEnd + 1) + 1)
  return rest[0] === 0 ? latin1(text.subarray(0, MAX_TEXT_BYTES)) : inflate(text)
}

/** @returns nothing for what is broken or longer than an assertion */
function inflate(bytes: Uint8Array): string {
  try {
    return latin1(inflateSync(bytes, { maxOutputLength: MAX_TEXT_BYTES }))
  } catch {
    return ''
  }
}

function findInSvg(bytes: Uint8Array): string | undefined {
  // Most pictures are told apart without reading them as XML once more.
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('openbadges.org'))
    return undefined
  let found: string | undefined
  let isInside = false
  readXml(readSvgText(bytes), {
    onOpen: ({ uri, local, attributes }) => {
      isInside = found === undefined && local === 'assertion' && NAMESPACES.includes(uri)
      if (isInside) found = attributes['verify']?.value ?? ''
    },
    onClose: () => {
      isInside = false
    },
    onText: (text) => {
      if (isInside && (found ?? '').length < MAX_TEXT_BYTES) found = `${found}${text}`
    },
  })
  return found
}

/** An assertion is its address, or JSON that names it; or a token, which is not looked into. */
function readAddress(text: string): string | undefined {
  if (/^https?:\/\/\S+$/.test(text)) return text
  try {
    const { id, verify } = JSON.parse(text) as { id?: unknown; verify?: { url?: unknown } }
    return [id, verify?.url].find((value) => typeof value === 'string')
  } catch {
    return undefined
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
