/** Documents of others in which keys are published, as strictly read as everything else that came. */
import { isJsonObject, type JsonObject } from '../../domain/json.js'
import { type GateLimits, GateRefusal } from '../../domain/raw-gate/gate-refusal.js'
import { scanJson } from '../../domain/raw-gate/scan-json.js'
import type { OutboundFault } from '../ports/outbound.js'
import type { ControllerLookup, FetchedDocuments } from '../ports/verifier.js'

/** Room for a few hundred keys, past ones included. */
const LIMITS: GateLimits = {
  maxBytes: 512 * 1024,
  maxDepth: 16,
  maxNodes: 20_000,
  maxItems: 2000,
  maxStringChars: 64 * 1024,
  maxImageChars: 64 * 1024,
}

/** @param url as it was found; asked for once in all the passes of one verification */
export function findKeyDocument(fetched: FetchedDocuments, url: string): ControllerLookup {
  const answer = fetched.find({ url, purpose: 'keys' })
  if (answer === undefined) return { kind: 'wanted' }
  if (answer.kind === 'fault')
    return { ...unreachable(answer.sentence), isForNow: FOR_NOW.includes(answer.fault) }
  const document = readOnce(answer.bytes)
  return document === undefined
    ? unreachable('What came in their place cannot be read as a document with keys.')
    : { kind: 'found', document, url: answer.url }
}

/** Anybody can bring these about, by asking for more than a server may be asked for. */
const FOR_NOW: readonly OutboundFault[] = ['busy', 'timeout']

/** One document may be looked into for each of its keys, and for each endorsement. */
const read = new WeakMap<Uint8Array, JsonObject | undefined>()

function readOnce(bytes: Uint8Array): JsonObject | undefined {
  if (!read.has(bytes)) read.set(bytes, parse(bytes))
  return read.get(bytes)
}

function parse(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = scanJson(bytes, LIMITS)
    return isJsonObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof GateRefusal) return undefined
    throw error
  }
}

function unreachable(sentence: string): Extract<ControllerLookup, { kind: 'unreachable' }> {
  return { kind: 'unreachable', code: 'key-not-at-hand', sentence }
}
