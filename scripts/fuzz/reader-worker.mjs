/** Reads one input at a time, as a verification worker does, and says what came of it. */
import { parentPort } from 'node:worker_threads'
import { findOlderBadge } from '../../dist/adapters/images/older-badge.js'
import { extractFromPicture } from '../../dist/adapters/images/picture-file.js'
import { assertSoundPng } from '../../dist/adapters/images/sound-png.js'
import { createInputReader } from '../../dist/adapters/inputs/input-reader.js'
import { formOfProofValue } from '../../dist/adapters/proofs/derived-proof-value.js'
import { decodeBitstring } from '../../dist/adapters/system/bitstring-decoder.js'

const QR_MS = 800
/** Small here, so that lists beyond it are tried too. */
const MAX_BITS = 32 * 1024
const reader = createInputReader({ extractFromPicture, findOlderBadge, assertSoundPng }, QR_MS)

parentPort.on('message', async ({ bytes, from }) => {
  try {
    const found = await read(bytes, from)
    const name = found.kind === 'refused' ? found.rule : found.kind
    parentPort.postMessage({ name, fault: findFault(found) })
  } catch (error) {
    parentPort.postMessage({ name: 'crash', fault: error?.stack ?? String(error) })
  }
})

function read(bytes, from) {
  if (from?.bits === true)
    return decodeBitstring(Buffer.from(bytes).toString('base64url'), MAX_BITS)
  if (from?.disclosed === true)
    return { kind: formOfProofValue(`u${Buffer.from(bytes).toString('base64url')}`) }
  return reader.read(bytes, from)
}

/** What a caller relies on, by kind. */
const PROMISES = {
  json: ({ bytes }) => bytes instanceof Uint8Array && bytes.length > 0,
  token: ({ token }) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token),
  address: ({ url }) => /^https?:\/\/[\x21-\x7e]+$/i.test(url) && url.length <= 2048,
  'older-standard': isSentence,
  bits: ({ bits }) => bits instanceof Uint8Array && bits.length <= MAX_BITS,
  'too-large': () => true,
  'not-gzip': () => true,
  derived: () => true,
  base: () => true,
  malformed: () => true,
  'too-costly': () => true,
  refused: (found) => isSentence(found) && /^[a-z]+(?:-[a-z0-9]+)*$/.test(found.rule),
}

function isSentence({ detail }) {
  return /^[A-Z].*\.$/s.test(detail) && detail.length < 1000
}

function findFault(found) {
  if (PROMISES[found.kind]?.(found)) return undefined
  return `not what the reader promises: ${JSON.stringify(found).slice(0, 500)}`
}
