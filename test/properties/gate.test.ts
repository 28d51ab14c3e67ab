/** The raw gate on everything that can be generated: it refuses or agrees with JSON.parse. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject, walkJson } from '../../src/domain/json.js'
import { gateCredential } from '../../src/domain/raw-gate/credential-gate.js'
import {
  CREDENTIAL_LIMITS,
  GATE_RULES,
  GateRefusal,
} from '../../src/domain/raw-gate/gate-refusal.js'
import { scanJson } from '../../src/domain/raw-gate/scan-json.js'
import { signedBadge } from '../support/signed-badges.js'
import { tamper } from '../support/tampering.js'

const RUNS = { numRuns: Number(process.env['MUTATION_RUNS'] ?? 600) }

type Scan = { readonly value: unknown } | { readonly rule: string }

/** What the scanner makes of bytes; anything but a value or a refusal fails the test. */
function scan(bytes: Uint8Array): Scan {
  try {
    return { value: scanJson(bytes, CREDENTIAL_LIMITS) }
  } catch (error) {
    if (error instanceof GateRefusal && Object.hasOwn(GATE_RULES, error.rule)) {
      return { rule: error.rule }
    }
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON as it may stand in a badge: no exponents, no lone surrogates, no NUL. */
const plainJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\u0000', '')),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 6 }), tie('value'), { maxKeys: 6 }),
  ),
})).value

describe('the scanner', () => {
  it('reads honest JSON as JSON.parse does, however it is spaced', async () => {
    await fc.assert(
      fc.property(plainJson, fc.constantFrom('', '\t', '  '), (value, space) => {
        const text = JSON.stringify(value, null, space).replaceAll('\\u0000', '')
        expect(scan(new TextEncoder().encode(text))).toEqual({ value: JSON.parse(text) })
      }),
      RUNS,
    )
  })

  it('never takes what JSON.parse does not, and never reads another value', async () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '"b":',
        '1',
        '-',
        '.',
        'e',
        '0',
        'true',
        'null',
      ],
      ...[' ', '\n', '\\', '\\u0061', '\\ud800', '\u00a0', '\ufeff', '\u0000', 'é', '/', '//'],
    )
    let taken = 0
    await fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
        const text = parts.join('')
        const result = scan(new TextEncoder().encode(text))
        if ('rule' in result) return
        taken += 1
        expect(result.value).toEqual(parse(text))
        expect(result.value).not.toBeUndefined()
      }),
      { numRuns: RUNS.numRuns * 10 },
    )
    expect(taken).toBeGreaterThan(50)
  })

  it('refuses random bytes or reads them, and does nothing else', async () => {
    await fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(Object.keys(scan(bytes))).toHaveLength(1)
      }),
      RUNS,
    )
  })

  it('sees a name that stands twice at any place and in any spelling', async () => {
    await fc.assert(
      fc.property(
        plainJson,
        fc.string({ minLength: 1, maxLength: 4 }),
        fc.nat(3),
        (value, name, depth) => {
          fc.pre(name.isWellFormed() && !name.includes('\u0000'))
          const spelt = [...name].map((unit) => escaped(unit)).join('')
          const inner = JSON.stringify(value).replaceAll('\\u0000', '')
          const twice = `{${JSON.stringify(name)}:1,"z z":${inner},"${spelt}":1}`
          const text = '['.repeat(depth) + twice + ']'.repeat(depth)
          fc.pre(name !== 'z z')
          expect(scan(new TextEncoder().encode(text))).toEqual({ rule: 'duplicate-member' })
        },
      ),
      RUNS,
    )
  })
})

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}

const KEYWORDS = [
  ...['@id', '@type', '@index', '@nest', '@included', '@graph', '@reverse', '@set', '@list'],
  ...['@value', '@language', '@json', '@preserve', '@vocab', '@base', '@context', '@none', '@x'],
]

describe('keywords', () => {
  it('are refused in every object of a badge', async () => {
    const badge = await signedBadge('endorsed')
    const objects = [...walkJson(badge)].filter(({ value }) => isJsonObject(value))
    const passed: string[] = []
    let cases = 0
    for (const { pointer } of objects) {
      for (const keyword of KEYWORDS) {
        const isRootContext = keyword === '@context' && /^$|endorsement\/0$/.test(pointer)
        if (isRootContext) continue
        cases += 1
        const at = `${pointer}/${keyword}`
        const rule = gateRule(tamper(badge, [{ op: 'set', at, value: 'x' }]))
        if (!/^(key-not-allowed|context-(not-allowed|inline))$/.test(rule ?? '')) passed.push(at)
      }
    }
    expect(cases).toBeGreaterThan(200)
    expect(passed).toEqual([])
  })
})

function gateRule(text: string): string | undefined {
  const pinnedContexts = new Set(contextsOf(JSON.parse(text)))
  try {
    gateCredential(new TextEncoder().encode(text), { pinnedContexts })
    return undefined
  } catch (error) {
    return error instanceof GateRefusal ? error.rule : String(error)
  }
}

function contextsOf(badge: JsonObject): readonly string[] {
  return [badge['@context'] ?? []].flat().filter((one) => typeof one === 'string')
}

describe('time', () => {
  it.each([
    ['escapes', `"${'\\n'.repeat(400_000)}`],
    ['quotes', '"'.repeat(500_000)],
    ['white space', ' '.repeat(1_000_000)],
    ['digits', '1'.repeat(1_000_000)],
    ['fraction', `0.${'1'.repeat(1_000_000)}`],
    ['backslashes', `"${'\\'.repeat(1_000_000)}`],
    ['one name many times', `{${'"a":1,'.repeat(140_000)}`],
    ['open lists', '['.repeat(1_000_000)],
    ['picture', `"data:image/png;base64,${'A'.repeat(900_000)}"`],
  ])('for a million characters of %s is linear', (_name, text) => {
    const bytes = new TextEncoder().encode(text)
    const begun = performance.now()
    scan(bytes)
    expect(performance.now() - begun).toBeLessThan(500)
  })
})
