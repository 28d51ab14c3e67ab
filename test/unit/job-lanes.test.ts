/** Pictures and large texts wait apart, and one worker alone takes them. */
import { describe, expect, it } from 'vitest'
import { createLanes, HELP_AFTER_MS, laneOf } from '../../src/adapters/verification/job-lanes.js'
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
  let now = 0
  const open = (light: number, heavy: number) => createLanes<string>({ light, heavy }, () => now)

  it('give what is heavy to its worker, and to no other', () => {
    const lanes = open(9, 9)
    for (const [lane, job] of [
      ['light', 'a'],
      ['heavy', 'B'],
      ['light', 'c'],
      ['heavy', 'D'],
    ] as const)
      expect(lanes.add(lane, job)).toBe(true)
    const taken = (['light', 'heavy', 'light', 'light', 'heavy', 'heavy'] as const).map(lanes.next)
    expect(taken).toEqual(['a', 'B', 'c', undefined, 'D', undefined])
  })

  it('give everything to a worker that is alone, what is heavy first', () => {
    const lanes = open(9, 9)
    lanes.add('light', 'a')
    lanes.add('heavy', 'B')
    expect([lanes.next('all'), lanes.next('all'), lanes.next('all')]).toEqual(['B', 'a', undefined])
  })

  it('let the worker for what is heavy help when two wait, or one for long', () => {
    const lanes = open(9, 9)
    lanes.add('light', 'a')
    expect(lanes.next('heavy')).toBeUndefined()
    lanes.add('light', 'b')
    expect(lanes.next('heavy')).toBe('a')
    expect(lanes.next('heavy')).toBeUndefined()
    now += HELP_AFTER_MS
    expect(lanes.next('heavy')).toBe('b')
  })

  it('fill up one by one, and forget who has left', () => {
    const lanes = open(2, 1)
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
    expect(lanes.next('all')).toBeUndefined()
  })
})
