/** Reads one input at a time, as a verification worker does, and says what came of it. */
import { parentPort } from 'node:worker_threads'
import { findOlderBadge } from '../../dist/adapters/images/older-badge.js'
import { extractFromPicture } from '../../dist/adapters/images/picture-file.js'
import { assertSoundPng } from '../../dist/adapters/images/sound-png.js'
import { createInputReader } from '../../dist/adapters/inputs/input-reader.js'

const QR_MS = 800
const reader = createInputReader({ extractFromPicture, findOlderBadge, assertSoundPng }, QR_MS)

parentPort.on('message', async ({ bytes, from }) => {
  try {
    const found = await reader.read(bytes, from)
    const name = found.kind === 'refused' ? found.rule : found.kind
    parentPort.postMessage({ name, fault: findFault(found) })
  } catch (error) {
    parentPort.postMessage({ name: 'crash', fault: error?.stack ?? String(error) })
  }
})

/** What a caller relies on, by kind. */
const PROMISES = {
  json: ({ bytes }) => bytes instanceof Uint8Array && bytes.length > 0,
  token: ({ token }) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token),
  address: ({ url }) => /^https?:\/\/[\x21-\x7e]+$/i.test(url) && url.length <= 2048,
  'older-standard': isSentence,
  refused: (found) => isSentence(found) && /^[a-z]+(?:-[a-z0-9]+)*$/.test(found.rule),
}

function isSentence({ detail }) {
  return /^[A-Z].*\.$/s.test(detail) && detail.length < 1000
}

function findFault(found) {
  if (PROMISES[found.kind]?.(found)) return undefined
  return `not what the reader promises: ${JSON.stringify(found).slice(0, 500)}`
}
