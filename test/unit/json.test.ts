import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalJson,
  hasType,
  isJsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  textMember,
  walkJson,
} from '../../src/domain/json.js'

describe('isJsonObject', () => {
  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ['{}', false],
    [undefined, false],
  ])('%j → %s', (value, expected) => {
    expect(isJsonObject(value)).toBe(expected)
  })
})

describe('members', () => {
  const node = JSON.parse('{"a":"x","n":null,"list":["y"],"__proto__":{"b":"z"}}')

  it('reads own members only, never inherited ones', () => {
    expect(member(node, 'a')).toBe('x')
    expect(member(node, 'n')).toBeNull()
    expect(member(node, 'b')).toBeUndefined()
    expect(member(node, 'toString')).toBeUndefined()
    expect(member(['x'], 'length')).toBeUndefined()
    expect(member('text', 'length')).toBeUndefined()
  })

  it('reads texts only where they are texts', () => {
    expect(textMember(node, 'a')).toBe('x')
    expect(textMember(node, 'n')).toBeUndefined()
    expect(textMember(node, 'list')).toBeUndefined()
  })

  it('reads one value as a list of one, and nothing as an empty list', () => {
    expect(listMember(node, 'a')).toEqual(['x'])
    expect(listMember(node, 'list')).toEqual(['y'])
    expect(listMember(node, 'none')).toEqual([])
  })

  it('finds a type in a text and in a list, whole names only', () => {
    expect(hasType({ type: 'Profile' }, 'Profile')).toBe(true)
    expect(hasType({ type: ['A', 'Profile'] }, 'Profile')).toBe(true)
    expect(hasType({ type: 'ProfileX' }, 'Profile')).toBe(false)
    expect(hasType({}, 'Profile')).toBe(false)
  })
})

describe('pointerTo', () => {
  it('escapes as RFC 6901 section 3 asks', () => {
    expect(pointerTo('', 'a')).toBe('/a')
    expect(pointerTo('/a', 0)).toBe('/a/0')
    expect(pointerTo('', 'a/b~c')).toBe('/a~1b~0c')
    expect(pointerTo('', '~1')).toBe('/~01')
    expect(pointerTo('', '')).toBe('/')
  })
})

describe('walkJson', () => {
  it('names every value with its place, parents first', () => {
    const places = [...walkJson({ a: [{ b: 1 }, 'x'], 'c/d': null })]
    expect(places.map(({ pointer, name }) => [pointer, name])).toEqual([
      ['', ''],
      ['/a', 'a'],
      ['/a/0', 'a'],
      ['/a/0/b', 'b'],
      ['/a/1', 'a'],
      ['/c~1d', 'c/d'],
    ])
    expect(places.map(({ value }) => value)).toContain(null)
  })
})

describe('canonicalJson', () => {
  it('sorts members by code unit at every depth and keeps the order of lists', () => {
    const value = { b: [{ z: 1, a: 2 }, 3], a: 'ö', '€': 1, '😀': 2, ﬀ: 3 }
    expect(canonicalJson(value)).toBe('{"a":"ö","b":[{"a":2,"z":1},3],"€":1,"😀":2,"ﬀ":3}')
  })

  it('keeps null members apart from absent ones', () => {
    expect(canonicalJson({ a: null })).toBe('{"a":null}')
    expect(canonicalJson({})).toBe('{}')
  })

  it('is JSON of the same value, whatever the order of members was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = JSON.parse(JSON.stringify(value)) as JsonValue
        expect(JSON.parse(canonicalJson(parsed))).toEqual(parsed)
        expect(canonicalJson(reversed(parsed))).toBe(canonicalJson(parsed))
      }),
    )
  })
})

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([name, one]) => [name, reversed(one)]))
}
