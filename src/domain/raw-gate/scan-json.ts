/**
 * A strict JSON scanner. It makes one iterative pass over the text, so that depth, size and
 * duplicate names are known before `JSON.parse` (which recurses, and lets the last duplicate win)
 * sees it.
 */
import type { JsonValue } from '../json.js'
import { pointerTo } from '../json.js'
import { type GateLimits, GateRefusal } from './gate-refusal.js'

type Frame = {
  readonly isObject: boolean
  /** Names seen so far, decoded. */
  readonly names: Set<string>
  items: number
  /** Name or index of the value being read; absent while the name itself is read. */
  token: string | number | undefined
}

const WHITE = /[ \t\n\r]*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![0-9.eE+-])/y
const LITERAL = /true|false|null/y

/**
 * Decodes and scans bytes, then parses them.
 * @param bytes UTF-8 text of one JSON document
 * @returns the parsed value; object members are in document order and unique
 * @throws GateRefusal for any breach of form or limits
 */
export function scanJson(bytes: Uint8Array, limits: GateLimits): JsonValue {
  if (bytes.length > limits.maxBytes) {
    throw new GateRefusal('too-large', `Send at most ${limits.maxBytes} bytes.`)
  }
  const text = decodeUtf8(bytes)
  new Scanner(text, limits).run()
  return JSON.parse(text) as JsonValue
}

function decodeUtf8(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new GateRefusal('bad-encoding', 'Remove the byte order mark at the start.')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new GateRefusal('bad-encoding', 'Save the document as UTF-8.')
  }
}

class Scanner {
  readonly #text: string
  readonly #limits: GateLimits
  readonly #frames: Frame[] = []
  #at = 0
  #nodes = 0

  constructor(text: string, limits: GateLimits) {
    this.#text = text
    this.#limits = limits
  }

  run(): void {
    this.#skipWhite()
    this.#readValue()
    while (this.#frames.length > 0) this.#step()
    this.#skipWhite()
    if (this.#at < this.#text.length) throw this.#malformed('text after the end of the document')
  }

  /** Reads up to the next value inside the innermost open object or array, or closes it. */
  #step(): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame
    this.#skipWhite()
    if (this.#text[this.#at] === (frame.isObject ? '}' : ']')) {
      this.#at += 1
      this.#frames.pop()
      return
    }
    if (frame.items > 0) this.#expect(',')
    frame.items += 1
    if (frame.items > this.#limits.maxItems) {
      throw new GateRefusal(
        'array-too-long',
        `At most ${this.#limits.maxItems} items.`,
        this.#here(1),
      )
    }
    if (frame.isObject) this.#readName(frame)
    else frame.token = frame.items - 1
    this.#skipWhite()
    this.#readValue()
  }

  #readName(frame: Frame): void {
    frame.token = undefined
    this.#skipWhite()
    const name = this.#readString()
    frame.token = name
    if (frame.names.has(name)) {
      throw new GateRefusal('duplicate-member', `“${name}” stands twice; keep one.`, this.#here())
    }
    frame.names.add(name)
    this.#skipWhite()
    this.#expect(':')
  }

  #readValue(): void {
    this.#nodes += 1
    if (this.#nodes > this.#limits.maxNodes) {
      throw new GateRefusal(
        'too-many-nodes',
        `At most ${this.#limits.maxNodes} values.`,
        this.#here(),
      )
    }
    const start = this.#text[this.#at]
    if (start === '{' || start === '[') this.#open(start === '{')
    else if (start === '"') this.#readString()
    else if (!this.#match(LITERAL)) this.#readNumber()
  }

  #open(isObject: boolean): void {
    if (this.#frames.length >= this.#limits.maxDepth) {
      throw new GateRefusal('too-deep', `At most ${this.#limits.maxDepth} levels.`)
    }
    this.#at += 1
    this.#frames.push({ isObject, names: new Set(), items: 0, token: undefined })
  }

  #readString(): string {
    const raw = this.#match(STRING)
    if (raw === undefined) throw this.#malformed('a text was expected')
    const isImage = raw.startsWith('"data:image/')
    const limit = isImage ? this.#limits.maxImageChars : this.#limits.maxStringChars
    if (raw.length - 2 > limit) {
      throw new GateRefusal('string-too-long', `At most ${limit} characters.`, this.#here())
    }
    const value = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
    if (!value.isWellFormed() || value.includes('\u0000')) {
      throw new GateRefusal('bad-encoding', 'Remove lone surrogates and NUL.', this.#here())
    }
    return value
  }

  #readNumber(): void {
    const raw = this.#match(NUMBER)
    if (raw === undefined) {
      if (/[-0-9]/.test(this.#text[this.#at] ?? '')) {
        throw new GateRefusal('number-not-allowed', 'Write a plain decimal.', this.#here())
      }
      throw this.#malformed('a value was expected')
    }
    const digits = raw.replace(/[-.]/g, '').replace(/^0+/, '')
    if (
      digits.length > 16 ||
      Math.abs(Number(raw)) > Number.MAX_SAFE_INTEGER ||
      /^-0(\.0*)?$/.test(raw)
    ) {
      throw new GateRefusal(
        'number-not-allowed',
        'Write a plain decimal within ±2^53.',
        this.#here(),
      )
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #skipWhite(): void {
    this.#match(WHITE)
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw this.#malformed(`“${character}” was expected`)
    this.#at += 1
  }

  #malformed(what: string): GateRefusal {
    return new GateRefusal('not-json', `Not JSON at character ${this.#at}: ${what}.`, this.#here())
  }

  /** Pointer to the value being read; `up` leaves out that many innermost tokens. */
  #here(up = 0): string {
    const frames = up === 0 ? this.#frames : this.#frames.slice(0, -up)
    return frames.reduce(
      (pointer, { token }) => (token === undefined ? pointer : pointerTo(pointer, token)),
      '',
    )
  }
}
