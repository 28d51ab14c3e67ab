import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badgeUrl, parseBadgeCode, toBadgeCode } from '../../src/domain/badge-code.js'

const bytes = (...values: number[]) =>
  Uint8Array.from([...values, ...Array(16).fill(0)]).slice(0, 16)
const CODE = '3f7k2m9qx0v8c4t1hgz6w5ynrj'

describe('toBadgeCode', () => {
  it.each([
    ['all zero bits', new Uint8Array(16), '00000000000000000000000000'],
    ['all one bits', new Uint8Array(16).fill(255), '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['the highest bit', bytes(0x80), '40000000000000000000000000'],
    ['the lowest bit', Uint8Array.from([...Array(15).fill(0), 1]), '00000000000000000000000001'],
  ])('encodes %s', (_name, input, code) => {
    expect(toBadgeCode(input)).toBe(code)
  })

  it('agrees with base 32 arithmetic, letter by letter', () => {
    const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(sixteen, (input) => {
        const value = BigInt(`0x${Buffer.from(input).toString('hex')}`)
        const crockford = '0123456789abcdefghjkmnpqrstvwxyz'
        const decoded = [...toBadgeCode(input)].reduce(
          (sum, letter) => sum * 32n + BigInt(crockford.indexOf(letter)),
          0n,
        )
        expect(decoded).toBe(value)
      }),
    )
  })

  it.each([0, 15, 17])('refuses %i bytes', (length) => {
    expect(() => toBadgeCode(new Uint8Array(length))).toThrow(RangeError)
  })
})

describe('parseBadgeCode', () => {
  it.each([
    ['canonical', CODE, CODE],
    ['upper case', CODE.toUpperCase(), CODE],
    ['hyphens', '3f7k2-m9qx0-v8c4t-1hgz6-w5ynrj', CODE],
    ['o for zero', CODE.replace('0', 'O'), CODE],
    ['i for one', CODE.replace('1', 'i'), CODE],
    ['l for one', CODE.replace('1', 'L'), CODE],
  ])('reads %s', (_name, text, code) => {
    expect(parseBadgeCode(text)).toBe(code)
  })

  it.each([
    ['nothing', ''],
    ['too short', CODE.slice(1)],
    ['too long', `${CODE}0`],
    ['more than 128 bits', `8${CODE.slice(1)}`],
    ['the letter u', `${CODE.slice(0, -1)}u`],
    ['a space', ` ${CODE.slice(1)}`],
    ['a line break at the end', `${CODE}\n`],
    ['a path', `../${CODE.slice(3)}`],
    ['a great many hyphens', `${CODE}${'-'.repeat(100_000)}`],
    ['a full-width digit', `３${CODE.slice(1)}`],
    ['a Kelvin sign for k', CODE.replace('k', '\u212a')],
  ])('refuses %s', (_name, text) => {
    expect(parseBadgeCode(text)).toBeUndefined()
  })

  it('reads back every code', () => {
    const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(sixteen, (input) => {
        expect(parseBadgeCode(toBadgeCode(input))).toBe(toBadgeCode(input))
      }),
    )
  })
})

describe('badgeUrl', () => {
  it('is the page of the badge', () => {
    expect(badgeUrl('https://badges.example.org', CODE)).toBe(
      `https://badges.example.org/badges/${CODE}`,
    )
  })
})
