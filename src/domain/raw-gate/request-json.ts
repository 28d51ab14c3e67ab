/** Strict JSON of those who send reviews, by HTTP or from a file: no reader could take it otherwise. */
import { IssuerError } from '../issuer-error.js'
import type { JsonValue } from '../json.js'
import { type GateLimits, GateRefusal } from './gate-refusal.js'
import { scanJson } from './scan-json.js'

/** Limits for one review. */
export const REQUEST_LIMITS: GateLimits = {
  maxBytes: 512 * 1024,
  maxDepth: 16,
  maxNodes: 5000,
  maxItems: 500,
  maxStringChars: 64 * 1024,
  maxImageChars: 64 * 1024,
}

/**
 * Parses UTF-8 JSON in which no member stands twice.
 * @throws IssuerError REQUEST_MALFORMED with the rule and the pointer
 */
export function parseRequestJson(bytes: Uint8Array, limits = REQUEST_LIMITS): JsonValue {
  try {
    return scanJson(bytes, limits)
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    const { rule, message, pointer } = error
    throw new IssuerError('REQUEST_MALFORMED', message, { rule, pointer })
  }
}
