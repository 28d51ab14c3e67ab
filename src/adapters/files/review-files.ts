/** Review files on disk: JSON, NDJSON, or CSV whose header names members by path. */
import { parse as parseCsv } from 'csv-parse/sync'
import { IssuerError } from '../../domain/issuer-error.js'
import type { GateLimits } from '../../domain/raw-gate/gate-refusal.js'
import { parseRequestJson, REQUEST_LIMITS } from '../../domain/raw-gate/request-json.js'
import { readTextFile } from './read-text.js'

/** One review as found, or why it could not be read; `place` is the line for a person to look at. */
export type ReviewEntry = { readonly place: string; readonly value: unknown }

/** @throws IssuerError REQUEST_MALFORMED when the file as a whole cannot be read, or is empty */
export function readReviewFile(file: string): readonly ReviewEntry[] {
  const entries = readEntries(file, readTextFile(file, 'REQUEST_MALFORMED'))
  if (entries.length > 0) return entries
  throw new IssuerError('REQUEST_MALFORMED', `There is no review in the file ${file}.`)
}

function readEntries(file: string, text: string): readonly ReviewEntry[] {
  if (/\.csv$/i.test(file)) return readCsv(text)
  if (/\.(ndjson|jsonl)$/i.test(file)) return readLines(text)
  const value = parseJson(text, `The file ${file}`, FILE_LIMITS)
  const list = Array.isArray(value) ? value : [value]
  return list.map((one, index) => ({ place: `#${index + 1}:`, value: one }))
}

/** A file may hold many reviews; each is as bounded as one that is sent. */
const FILE_LIMITS: GateLimits = {
  ...REQUEST_LIMITS,
  maxBytes: 128 * 1024 * 1024,
  maxDepth: REQUEST_LIMITS.maxDepth + 1,
  maxNodes: 5_000_000,
  maxItems: 50_000,
}

function parseJson(text: string, where: string, limits?: GateLimits): unknown {
  try {
    return parseRequestJson(new TextEncoder().encode(text), limits)
  } catch (cause) {
    if (!(cause instanceof IssuerError)) throw cause
    const { pointer, rule, message } = cause
    const place = pointer === undefined || pointer === '' ? '' : ` (${pointer})`
    throw new IssuerError('REQUEST_MALFORMED', `${where} cannot be read${place}: ${message}`, {
      cause,
      ...(rule === undefined ? {} : { rule }),
    })
  }
}

function readLines(text: string): readonly ReviewEntry[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    const place = `line ${index + 1}:`
    try {
      return [{ place, value: parseJson(line, 'The line') }]
    } catch (error) {
      return [{ place, value: error }]
    }
  })
}

/**
 * Header names are member paths: `candidate.name`, `reviewers.0.role`, `evidence.1.url`. Empty cells
 * are left out. `attempt` is a number, `…public` and `consent.listed` are true or false, and
 * `rubric.results` may be short: `reflection=demonstrated; practice=exemplary`.
 */
function readCsv(text: string): readonly ReviewEntry[] {
  const [first, ...body] = parseRows(text)
  const header = first?.cells ?? []
  assertHeader(header)
  return body.map(({ number, cells }) => ({
    place: `row ${number}:`,
    value: cells.length === header.length ? toReview(header, cells) : wrongLength(header, cells),
  }))
}

/** `number` is the row that a spreadsheet shows: empty rows are left out but counted. */
type Row = { readonly number: number; readonly cells: readonly string[] }

function parseRows(text: string): readonly Row[] {
  try {
    const rows: readonly (readonly string[])[] = parseCsv(text, {
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
      max_record_size: 200_000,
    })
    return rows
      .map((cells, index) => ({ number: index + 1, cells }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (cause) {
    // The library's message quotes what it read, which may be names and addresses.
    const { code, lines } = cause as { readonly code?: string; readonly lines?: number }
    const sentence = `The CSV cannot be read near line ${lines ?? 1} (${code ?? 'unknown'}).`
    throw new IssuerError('REQUEST_MALFORMED', sentence)
  }
}

const PATH = /^[A-Za-z]+(\.([A-Za-z]+|\d{1,2}))*$/

function assertHeader(header: readonly string[]): void {
  if (header.length === 1 && header[0]?.includes(';') === true) {
    const sentence = 'The columns are separated by semicolons; save the file with commas.'
    throw new IssuerError('REQUEST_MALFORMED', sentence)
  }
  const wrong = header.find((name) => !PATH.test(name) || FORBIDDEN.test(name))
  const twice = header.find((name, index) => header.indexOf(name) !== index)
  if (wrong !== undefined)
    throw new IssuerError(
      'REQUEST_MALFORMED',
      `The CSV column “${wrong.slice(0, 40)}” is not a member path.`,
    )
  if (twice !== undefined)
    throw new IssuerError('REQUEST_MALFORMED', `The CSV column “${twice}” stands twice.`)
}

const FORBIDDEN = /(^|\.)(constructor|prototype)(\.|$)/

function wrongLength(header: readonly string[], cells: readonly string[]): IssuerError {
  const detail = `The row has ${cells.length} cells, the header ${header.length}.`
  return new IssuerError('REQUEST_MALFORMED', detail)
}

type Node = { [name: string]: unknown }

function toReview(header: readonly string[], cells: readonly string[]): unknown {
  const review: Node = {}
  for (const [index, name] of header.entries()) {
    const cell = cells[index] ?? ''
    if (cell !== '') place(review, name.split('.'), toValue(name, cell))
  }
  return toLists(review)
}

function place(node: Node, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path
  if (rest.length === 0) {
    node[first] = value
    return
  }
  const child = typeof node[first] === 'object' ? (node[first] as Node) : {}
  node[first] = child
  place(child, rest, value)
}

function toValue(name: string, cell: string): unknown {
  if (name === 'attempt') return /^\d+$/.test(cell) ? Number(cell) : cell
  if (/(^|\.)(public|listed)$/.test(name))
    return /^(true|false)$/i.test(cell) ? cell.toLowerCase() === 'true' : cell
  if (name === 'rubric.results') return toResults(cell)
  return cell
}

function toResults(cell: string): readonly object[] {
  const pairs = cell.split(/[;|]/).filter((pair) => pair.trim() !== '')
  return pairs.map((pair) => {
    const [criterion = '', ...rest] = pair.split('=').map((part) => part.trim())
    return { criterion, level: rest.join('=') }
  })
}

/** Objects whose members are all numbers become lists. */
function toLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, item]) => [name, toLists(item)] as const)
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries)
}
