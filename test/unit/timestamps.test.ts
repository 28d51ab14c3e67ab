import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, parseTimestamp, toTimestamp } from '../../src/domain/timestamps.js'

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-02T16:20:00Z', Date.UTC(2026, 2, 2, 16, 20)],
    ['2026-03-02T16:20:00.123456789Z', Date.UTC(2026, 2, 2, 16, 20, 0, 123)],
    ['2026-03-02T16:20:00+01:00', Date.UTC(2026, 2, 2, 15, 20)],
    ['2026-03-02T16:20:00-08:00', Date.UTC(2026, 2, 3, 0, 20)],
    ['2026-03-02T16:20:00+14:00', Date.UTC(2026, 2, 2, 2, 20)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T23:59:59Z', Date.UTC(2000, 1, 29, 23, 59, 59)],
    ['1970-01-01T00:00:00Z', 0],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['0000-02-29T00:00:00Z', -62_162_121_600_000],
    ['9999-12-31T23:59:59Z', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])('reads %s', (text, ms) => {
    expect(parseTimestamp(text)).toBe(ms)
  })

  it.each([
    ['no timezone', '2026-03-02T16:20:00'],
    ['a date', '2026-03-02'],
    ['no seconds', '2026-03-02T16:20Z'],
    ['a space for T', '2026-03-02 16:20:00Z'],
    ['small letters', '2026-03-02t16:20:00z'],
    ['29 February of a common year', '2026-02-29T00:00:00Z'],
    ['29 February 1900', '1900-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-10T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['day 32', '2026-01-32T00:00:00Z'],
    ['24 o’clock', '2026-01-01T24:00:00Z'],
    ['minute 60', '2026-01-01T00:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['an offset of 15 hours', '2026-01-01T00:00:00+15:00'],
    ['an offset of 60 minutes', '2026-01-01T00:00:00+01:60'],
    ['an offset without colon', '2026-01-01T00:00:00+0100'],
    ['21 fraction digits', '2026-01-01T00:00:00.123456789012345678901Z'],
    ['an empty fraction', '2026-01-01T00:00:00.Z'],
    ['five digits of year', '12026-01-01T00:00:00Z'],
    ['a sign', '-2026-01-01T00:00:00Z'],
    ['space around', ' 2026-01-01T00:00:00Z'],
    ['a line break after', '2026-01-01T00:00:00Z\n'],
    ['other digits', '２０２６-01-01T00:00:00Z'],
    ['nothing', ''],
    ['a number', 1_772_000_000_000],
    ['null', null],
    ['undefined', undefined],
    ['a list', ['2026-01-01T00:00:00Z']],
    ['an object that reads as one', { toString: () => '2026-01-01T00:00:00Z' }],
  ])('refuses %s', (_name, text) => {
    expect(parseTimestamp(text)).toBeUndefined()
  })

  it('is done with a very long text at once', () => {
    const text = `2026-01-01T00:00:00.${'0'.repeat(50_000_000)}Z`
    const start = performance.now()
    expect(parseTimestamp(text)).toBeUndefined()
    expect(performance.now() - start).toBeLessThan(5)
  })
})

describe('toTimestamp', () => {
  it('writes whole seconds in UTC, rounded down', () => {
    expect(toTimestamp(Date.UTC(2026, 2, 2, 16, 20, 0, 999))).toBe('2026-03-02T16:20:00Z')
  })

  it('is read back to the second', () => {
    const seconds = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 })
    fc.assert(
      fc.property(seconds, (value) => {
        expect(parseTimestamp(toTimestamp(value * 1000))).toBe(value * 1000)
      }),
    )
  })
})

describe('addMonths', () => {
  it.each([
    ['2026-03-20T12:00:00Z', 36, '2029-03-20T12:00:00Z'],
    ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
    ['2028-01-31T10:00:00Z', 1, '2028-02-29T10:00:00Z'],
    ['2024-02-29T10:00:00Z', 12, '2025-02-28T10:00:00Z'],
    ['2024-02-29T10:00:00Z', 48, '2028-02-29T10:00:00Z'],
    ['2026-12-31T23:59:59Z', 2, '2027-02-28T23:59:59Z'],
    ['2026-08-31T00:00:00Z', 1, '2026-09-30T00:00:00Z'],
    ['2026-05-15T00:00:00Z', 0, '2026-05-15T00:00:00Z'],
    ['2026-05-15T00:00:00Z', 1200, '2126-05-15T00:00:00Z'],
  ])('%s and %i months is %s', (start, months, end) => {
    expect(toTimestamp(addMonths(Date.parse(start), months))).toBe(end)
  })
})
