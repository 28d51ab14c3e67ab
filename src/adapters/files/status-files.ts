/** Files with changes of status: CSV with a header, or one code a line. */
import { parse as parseCsv } from 'csv-parse/sync'
import { IssuerError } from '../../domain/issuer-error.js'
import { readTextFile } from './read-text.js'

/**
 * One change as found, or why it could not be read; `place` is the line for a person to look at,
 * `code` what stands there for a code.
 */
export type StatusRow = {
  readonly place: string
  readonly code: string
  readonly value: Readonly<Record<string, unknown>> | IssuerError
}

/** What stands for the columns that a file does not have. */
export type StatusDefaults = {
  readonly change?: string
  readonly reason?: string
  readonly isPublic: boolean
}

const COLUMNS: readonly string[] = ['code', 'change', 'reason', 'public']

/**
 * Reads `code,change,reason,public` in any order, of which only `code` is needed, or a bare list of
 * codes. Empty cells, and columns that are not there, take the defaults.
 * @throws IssuerError REQUEST_MALFORMED when the file as a whole cannot be read, or is empty
 */
export function readStatusFile(file: string, defaults: StatusDefaults): readonly StatusRow[] {
  const [first, ...rest] = parseLines(readTextFile(file, 'REQUEST_MALFORMED'))
  if (first === undefined)
    throw new IssuerError('REQUEST_MALFORMED', `There is no code in the file ${file}.`)
  const header = first.cells.map((cell) => cell.toLowerCase())
  if (!header.includes('code'))
    return [first, ...rest].map((line) => toRow(['code'], line, defaults))
  assertHeader(header)
  return rest.map((line) => toRow(header, line, defaults))
}

type Line = { readonly number: number; readonly cells: readonly string[] }

function parseLines(text: string): readonly Line[] {
  try {
    const rows: readonly (readonly string[])[] = parseCsv(text, {
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
      max_record_size: 20_000,
    })
    return rows
      .map((cells, index) => ({ number: index + 1, cells }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (cause) {
    // The library's message quotes what it read.
    const { code, lines } = cause as { readonly code?: string; readonly lines?: number }
    const sentence = `The file cannot be read near line ${lines ?? 1} (${code ?? 'unknown'}).`
    throw new IssuerError('REQUEST_MALFORMED', sentence)
  }
}

function assertHeader(header: readonly string[]): void {
  const wrong = header.find(
    (name, index) => !COLUMNS.includes(name) || header.indexOf(name) !== index,
  )
  if (wrong === undefined) return
  const sentence = `The column “${wrong.slice(0, 40)}” is not known or stands twice; the columns are ${COLUMNS.join(', ')}.`
  throw new IssuerError('REQUEST_MALFORMED', sentence)
}

function toRow(
  header: readonly string[],
  { number, cells }: Line,
  defaults: StatusDefaults,
): StatusRow {
  const cell = (name: string) => cells[header.indexOf(name)] || undefined
  const code = cell('code') ?? ''
  const place = `line ${number}:`
  if (cells.length > header.length) return { place, code, value: tooMany(header, cells) }
  return {
    place,
    code,
    value: {
      code,
      ...known('change', cell('change')?.toLowerCase() ?? defaults.change),
      ...known('reason', cell('reason') ?? defaults.reason),
      public: toBoolean(cell('public')) ?? defaults.isPublic,
    },
  }
}

function tooMany(header: readonly string[], cells: readonly string[]): IssuerError {
  const sentence = `The line has ${cells.length} cells, not ${header.length}; put a reason that holds a comma between quotation marks.`
  return new IssuerError('STATUS_CHANGE_INVALID', sentence)
}

function known(name: string, value: string | undefined): object {
  return value === undefined ? {} : { [name]: value }
}

function toBoolean(cell: string | undefined): boolean | string | undefined {
  return /^(true|false)$/i.test(cell ?? '') ? cell?.toLowerCase() === 'true' : cell
}
