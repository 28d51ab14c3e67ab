/** The strict scanner: the last document within each limit and the first beyond it. */
import { describe, expect, it } from 'vitest'
import { type GateLimits, GateRefusal } from '../../src/domain/raw-gate/gate-refusal.js'
import { scanJson } from '../../src/domain/raw-gate/scan-json.js'

const LIMITS: GateLimits = {
  maxBytes: 1000,
  maxDepth: 4,
  maxNodes: 10,
  maxItems: 5,
  maxStringChars: 20,
  maxImageChars: 40,
}

/** The value, or the rule and pointer of the refusal. */
function scan(text: string | Uint8Array): unknown {
  try {
    return scanJson(typeof text === 'string' ? new TextEncoder().encode(text) : text, LIMITS)
  } catch (error) {
    if (error instanceof GateRefusal) return `${error.rule} ${error.pointer}`.trim()
    throw error
  }
}

describe('limits', () => {
  it.each([
    ['as deep as allowed', '[[[[1]]]]', [[[[1]]]]],
    ['one deeper', '[[[[[1]]]]]', 'too-deep'],
    [
      'as many values as allowed',
      '[[1,2,3,4],[1,2,3]]',
      [
        [1, 2, 3, 4],
        [1, 2, 3],
      ],
    ],
    ['one value more', '[[1,2,3,4],[1,2,3,4]]', 'too-many-nodes /1/3'],
    ['as many items as allowed', '[1,2,3,4,5]', [1, 2, 3, 4, 5]],
    ['one item more', '[1,2,3,4,5,6]', 'array-too-long'],
    ['one member more', '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', 'array-too-long'],
    ['a text as long as allowed', `"${'x'.repeat(20)}"`, 'x'.repeat(20)],
    ['a text one longer', `["${'x'.repeat(21)}"]`, 'string-too-long /0'],
    ['a name too long', `{"${'x'.repeat(21)}":1}`, 'string-too-long'],
    [
      'a picture as long as allowed',
      `"data:image/${'x'.repeat(29)}"`,
      `data:image/${'x'.repeat(29)}`,
    ],
    ['a picture one longer', `"data:image/${'x'.repeat(30)}"`, 'string-too-long'],
    ['as many bytes as allowed', `${' '.repeat(999)}1`, 1],
    ['one byte more', `${' '.repeat(1000)}1`, 'too-large'],
  ])('%s', (_name, text, expected) => {
    expect(scan(text)).toEqual(expected)
  })
})

describe('form', () => {
  it.each([
    ['', 'not-json'],
    [' ', 'not-json'],
    ['{', 'not-json'],
    ['[1', 'not-json /0'],
    ['[1,]', 'not-json /1'],
    ['{"a":1,}', 'not-json'],
    ['{"a"}', 'not-json /a'],
    ['{"a":}', 'not-json /a'],
    ['{a:1}', 'not-json'],
    ["{'a':1}", 'not-json'],
    ['[1 2]', 'not-json /0'],
    ['1 2', 'not-json'],
    ['{}}', 'not-json'],
    ['[}', 'not-json /0'],
    ['"\\x"', 'not-json'],
    ['"\\u12"', 'not-json'],
    ['"\t"', 'not-json'],
    ['tru', 'not-json'],
    ['nullx', 'not-json'],
    ['\u00a0{}', 'not-json'],
    ['\u2028{}', 'not-json'],
  ])('%j is refused', (text, expected) => {
    expect(scan(text)).toBe(expected)
  })

  it.each([
    ['{"a":1,"a":1}', 'duplicate-member /a'],
    ['{"a":1,"\\u0061":1}', 'duplicate-member /a'],
    ['[{"b":{"~/":1,"~/":2}}]', 'duplicate-member /0/b/~0~1'],
    ['{"a":{"a":1},"b":{"a":1}}', { a: { a: 1 }, b: { a: 1 } }],
  ])('%j: a name counts once in each object', (text, expected) => {
    expect(scan(text)).toEqual(expected)
  })

  it.each([
    '1e5',
    '1E5',
    '1.5e0',
    '-0',
    '-0.0',
    '01',
    '1.',
    '-',
    '9007199254740993',
    '0.12345678901234567',
  ])('the number %s is refused', (text) => {
    expect(scan(text)).toBe('number-not-allowed')
  })

  it.each(['0', '-1', '0.5', '9007199254740991', '-9007199254740991', '33.2'])(
    'the number %s is read as it stands',
    (text) => {
      expect(String(scan(text))).toBe(text)
    },
  )
})

describe('encoding', () => {
  it.each([
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x31]],
    ['a byte that never occurs', [0x22, 0xff, 0x22]],
    ['an overlong character', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a surrogate pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character beyond the last', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
  ])('%s is refused', (_name, bytes) => {
    expect(scan(Uint8Array.from(bytes))).toBe('bad-encoding')
  })

  it.each(['"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '{"\\ud800":1}'])(
    '%s is refused',
    (text) => {
      expect(scan(text)).toBe('bad-encoding')
    },
  )

  it('whole pairs are read, escaped or not', () => {
    expect(scan('["\\ud83d\\ude00","😀"]')).toEqual(['😀', '😀'])
  })
})
