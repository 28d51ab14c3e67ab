/** Dates in words, always in UTC, with the exact value kept in `<time>`. */
import type { JSX } from 'preact'
import { plainText } from './plain-text.js'

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

const STAMP = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
})

/** “02 MAR 2026”, as a date stamp prints it; empty for what is no date. */
export function toStampDate(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '' : STAMP.format(date).toUpperCase()
}

/** “2 March 2026” for an ISO 8601 date-time; what is no date comes back as plain text. */
export function toDay(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? plainText(iso) : DAY.format(date)
}

/** “2 March 2026, 16:20 UTC” for an ISO 8601 date-time; what is no date comes back as plain text. */
export function toMoment(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? plainText(iso)
    : `${DAY.format(date)}, ${CLOCK.format(date)} UTC`
}

/** The day in words; `datetime` holds the full value. */
export function Day(props: { readonly iso: string }): JSX.Element {
  return <time datetime={plainText(props.iso)}>{toDay(props.iso)}</time>
}

/** Day and minute in words; `datetime` holds the full value. */
export function Moment(props: { readonly iso: string }): JSX.Element {
  return <time datetime={plainText(props.iso)}>{toMoment(props.iso)}</time>
}
