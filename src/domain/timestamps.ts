/** Date-times as the standards want them: RFC 3339 with a timezone, bounded in length. */

const MAX_LENGTH = 40
const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,20})?(Z|[+-](\d{2}):(\d{2}))$/

/**
 * Milliseconds since the epoch for a date-time with timezone (VCDM 2.0 section 4.9, XSD
 * dateTimeStamp), or undefined when the text is none. Checks length before the pattern: a long
 * string must cost nothing.
 */
export function parseTimestamp(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined
  const match = SHAPE.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match.map(Number)
  const isReal =
    isCalendarDate(Number(year), Number(month), Number(day)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60 &&
    Number(match[9] ?? 0) < 15 &&
    Number(match[10] ?? 0) < 60
  return isReal ? Date.parse(text) : undefined
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** ISO 8601 in UTC with whole seconds: `2026-03-02T16:20:00Z`. */
export function toTimestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** The same moment `months` later; the last day of the month when the day does not exist there. */
export function addMonths(ms: number, months: number): number {
  const start = new Date(ms)
  const moved = new Date(ms)
  moved.setUTCDate(1)
  moved.setUTCMonth(start.getUTCMonth() + months)
  const lastDay = new Date(
    Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0),
  ).getUTCDate()
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay))
  return moved.getTime()
}
