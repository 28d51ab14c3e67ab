/** The closed set of reasons for which a document is refused before anything is computed on it. */
export const GATE_RULES = {
  'bad-encoding': 'The bytes must be UTF-8 without a byte order mark, lone surrogates or NUL.',
  'not-json': 'The text must be one JSON document.',
  'not-an-object': 'The document must be a JSON object.',
  'too-large': 'The document is larger than a badge can be.',
  'too-deep': 'The document is nested more deeply than a badge can be.',
  'too-many-nodes': 'The document has more values than a badge can have.',
  'array-too-long': 'An array has more items than a badge can have.',
  'string-too-long': 'A text is longer than a badge can have.',
  'duplicate-member': 'A member stands twice in one object, so readers would disagree.',
  'number-not-allowed': 'Numbers must be plain decimals within ±2^53, without exponent.',
  'key-not-allowed':
    'A member name is not allowed in a credential (keywords, IRIs, classes, prototype names).',
  'empty-value': 'null and empty arrays are not allowed (Open Badges 3.0, appendix A).',
  'context-not-allowed': 'The list of contexts is not one that this verifier accepts.',
  'context-inline': 'A context written into the document could rename anything; none is accepted.',
  'malformed-value':
    'A date, id or proof member does not have the form that the standard asks for.',
  'split-node': 'What is said of one id is spread over several places.',
  'repeated-item': 'One list holds the same thing twice.',
  'look-alikes': 'Parts without id are so alike that telling them apart costs too much.',
  'misplaced-credential':
    'A credential stands where none may stand, or an embedded one names no type.',
  'duplicate-type': 'A type is named twice.',
  'proof-missing': 'The document carries no proof.',
  'proof-member': 'A proof has a member that the standard does not know.',
  'too-many-proofs': 'The document carries more proofs than this verifier checks.',
  'too-many-embedded': 'The document embeds more credentials than this verifier checks.',
} as const

export type GateRule = keyof typeof GATE_RULES

/**
 * Rules that say nothing against a document: it may be somebody's good badge, but it is larger, or
 * written in another way, than this verifier can judge safely. The verdict is then *unknown*.
 */
const BEYOND_THIS_VERIFIER: ReadonlySet<string> = new Set<GateRule | 'context-not-pinned'>([
  'too-large',
  'too-deep',
  'too-many-nodes',
  'array-too-long',
  'string-too-long',
  'number-not-allowed',
  'context-inline',
  'context-not-pinned',
  'split-node',
  'repeated-item',
  'look-alikes',
  'too-many-proofs',
  'too-many-embedded',
])

/** Whether a refusal by this rule leaves open whether the badge is good. */
export function isBeyondThisVerifier(rule: string): boolean {
  return BEYOND_THIS_VERIFIER.has(rule)
}

/** A document was refused: which rule, where (RFC 6901 pointer), and what to do about it. */
export class GateRefusal extends Error {
  readonly rule: GateRule
  readonly pointer: string

  constructor(rule: GateRule, detail: string, pointer = '') {
    super(detail)
    this.name = 'GateRefusal'
    this.rule = rule
    this.pointer = pointer
  }
}

/** Limits for one document. All counts are of the document as received. */
export type GateLimits = {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxNodes: number
  readonly maxItems: number
  readonly maxStringChars: number
  /** Longer limit for `data:image/…` strings, in which badges carry pictures. */
  readonly maxImageChars: number
}

export const CREDENTIAL_LIMITS: GateLimits = {
  maxBytes: 1024 * 1024,
  maxDepth: 24,
  maxNodes: 1500,
  maxItems: 256,
  maxStringChars: 128 * 1024,
  maxImageChars: 900 * 1024,
}

/** A list of statuses is one long text. */
export const STATUS_LIST_LIMITS: GateLimits = {
  ...CREDENTIAL_LIMITS,
  maxBytes: 2 * 1024 * 1024,
  maxStringChars: 2 * 1024 * 1024,
}

export const MAX_PROOFS = 8
export const MAX_EMBEDDED = 16
export const MAX_URL_CHARS = 2048
export const MAX_METHOD_CHARS = 512
