/** Pictures and large texts wait apart, and one worker alone takes them. */
import { describe, expect, it } from 'vitest'
import { createLanes, laneOf } from '../../src/adapters/verification/job-lanes.js'
import type { ReadInput } from '../../src/application/ports/inputs.js'
import type { Answers } from '../../src/application/ports/verifier.js'

const NONE: Answers = new Map()
const URL = 'https://issuer.example/badge.png'
const pointing: ReadInput = { forms: ['url'], found: { kind: 'address', form: 'url', url: URL } }
const answered = (...bytes: number[]): Answers =>
  new Map([
    [URL, { kind: 'document', url: URL, mediaType: '', bytes: Uint8Array.from(bytes) } as const],
  ])

describe('the lane of a job', () => {
  it.each([
    ['a small text', new Uint8Array(1000), NONE, 'light'],
    ['a large text', new Uint8Array(256 * 1024 + 1), NONE, 'heavy'],
    ['a PNG, however small', Uint8Array.of(0x89, 0x50), NONE, 'heavy'],
    ['a JPEG', Uint8Array.of(0xff, 0xd8), NONE, 'heavy'],
    ['nothing', new Uint8Array(), NONE, 'light'],
    ['an address that was not asked yet', pointing, NONE, 'light'],
    ['an address with a picture behind it', pointing, answered(0x89, 0x50), 'heavy'],
    ['an address with a text behind it', pointing, answered(0x7b), 'light'],
  ] as const)('%s', (_name, input, answers, lane) => {
    expect(laneOf(input, answers)).toBe(lane)
  })
})

describe('lanes', () => {
  it('give the first worker what is heavy, and no other', () => {
    const lanes = createLanes<string>({ light: 9, heavy: 9 })
    for (const [lane, job] of [
      ['light', 'a'],
      ['heavy', 'B'],
      ['light', 'c'],
      ['heavy', 'D'],
    ] as const)
      expect(lanes.add(lane, job)).toBe(true)
    expect([lanes.next(false), lanes.next(true), lanes.next(false)]).toEqual(['a', 'B', 'c'])
    expect([lanes.next(false), lanes.next(true), lanes.next(true)]).toEqual([
      undefined,
      'D',
      undefined,
    ])
  })

  it('fill up one by one, and forget who has left', () => {
    const lanes = createLanes<string>({ light: 2, heavy: 1 })
    expect([lanes.add('heavy', 'A'), lanes.add('heavy', 'B')]).toEqual([true, false])
    expect([lanes.add('light', 'a'), lanes.add('light', 'b'), lanes.add('light', 'c')]).toEqual([
      true,
      true,
      false,
    ])
    lanes.remove('a')
    lanes.remove('unknown')
    expect(lanes.add('light', 'd')).toBe(true)
    expect(lanes.clear()).toEqual(['b', 'd', 'A'])
    expect(lanes.next(true)).toBeUndefined()
  })
})
