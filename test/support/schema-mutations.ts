/** Spoils JSON documents, one value at a time, in the ways in which badges go wrong. */
import * as fc from 'fast-check'

type Path = readonly (string | number)[]
type Container = Record<string | number, unknown>

/** Texts at the edges of the standard's patterns, formats and vocabularies; some good, some bad. */
const EDGE_TEXTS = [
  ...['', ' ', 'null', 'Image', 'image', 'Profile', 'IdentityObject', 'Status', 'status', 'Badge'],
  ...['ext:', 'ext:a', 'ext:-', 'ext:-a', 'ext:a-', 'ext:|', 'ext:ñ', 'ext: a', 'EXT:a', 'xext:a'],
  ...['e', 'en', 'EN', 'eng', 'engl', 'engli', 'en-US', 'en-us', 'en-840', 'en-84', 'en-Latn'],
  ...['en-Latn-US', 'en-latn', 'en-US-Latn', 'en-', 'en\n', ' en', 'x-klingon', 'zh-Hans-419'],
  ...['2026-03-02T16:20:00Z', '2026-03-02T16:20:00', '2026-03-02 16:20:00Z', '2026-03-02'],
  ...['2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-03-02T24:00:00Z', '26-03-02T16:20:00Z'],
  ...['2026-03-02T16:20:60Z', '2016-12-31T23:59:60Z', '2026-03-02T16:20:00+0200', '2025-02-29'],
  ...['2026-03-02T16:20:00.Z', '2026-03-02T16:20:00+25:00', '2026-03-02t16:20:00z', '2024-02-29'],
  ...['2026-3-2', '20260302', '2026-03-02T16:20Z', '2026-03-02T16:20:00Z\n', '02/03/2026'],
  ...['a.b.c', 'a..c', '.b.c', 'a.b.', 'a.b', 'a.b.c.d', 'a=.b.c', 'a.b.c\n', 'a b.c.d', '_-.-_._'],
  ...['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1'],
  ...['', '-3.0.3', '-3.0.33', '-3.0', '-4.0.0', '-3.0.3-3.0.2', '-3.x.3', '3.0.3'].map(
    (version) => `https://purl.imsglobal.org/spec/ob/v3p0/context${version}.json`,
  ),
  'http://purl.imsglobal.org/spec/ob/v3p0/context.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/contextxjson',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json\n',
  ' https://purl.imsglobal.org/spec/ob/v3p0/context.json',
] as const

const UNKNOWN_MEMBERS = ['extra', 'ext:extra', '@id', '', 'constructor', 'a/b~c', 'type ', 'salt']

const ADDED_ITEMS = [null, 7, 'Text', {}, ['Text']]

/** Replaces one value; `random` chooses among the possibilities of one kind of change. */
type Replacement = (value: unknown, random: number) => unknown

const REPLACEMENTS = {
  'to a text': () => 'Text',
  'to a number': () => 7,
  'to true': () => true,
  'to null': () => null,
  'to an empty object': () => ({}),
  'to an empty list': () => [],
  'to an edge text': (_value, random) => EDGE_TEXTS[random % EDGE_TEXTS.length],
  'number to text, text to number': (value) => (typeof value === 'string' ? 7 : String(value)),
  'one to list': (value) => [value],
  'list to one': (value) => (Array.isArray(value) ? value[0] : value),
  'list shortened': (value, random) =>
    Array.isArray(value) ? value.filter((_item, at) => at !== random % value.length) : value,
  'list reversed': (value) => (Array.isArray(value) ? value.toReversed() : value),
  'list lengthened': (value, random) =>
    Array.isArray(value) ? [...value, ADDED_ITEMS[random % ADDED_ITEMS.length]] : value,
  'item repeated with an empty list': (value, random) =>
    Array.isArray(value) ? [...value, emptyOneMember(value[0], random)] : value,
  'member added': (value, random) =>
    isContainer(value) && !Array.isArray(value)
      ? { ...value, [UNKNOWN_MEMBERS[random % UNKNOWN_MEMBERS.length] ?? '']: 'Text' }
      : value,
} as const satisfies Readonly<Record<string, Replacement>>

export type ChangeKind = keyof typeof REPLACEMENTS | 'member removed' | 'subtree copied' | 'swapped'

export const CHANGE_KINDS: readonly ChangeKind[] = [
  ...(Object.keys(REPLACEMENTS) as (keyof typeof REPLACEMENTS)[]),
  'member removed',
  'subtree copied',
  'swapped',
]

/** One change: of what kind, at which of the document's places, and a number for what is open. */
export type Change = { readonly kind: ChangeKind; readonly place: number; readonly random: number }

const PLACE_LIMIT = 100_000

export const changes: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...CHANGE_KINDS),
  place: fc.nat(PLACE_LIMIT),
  random: fc.nat(PLACE_LIMIT),
})

/** How many possibilities each kind of change has; 1 where nothing is open. */
export function possibilitiesOf(kind: ChangeKind): number {
  if (kind === 'to an edge text') return EDGE_TEXTS.length
  if (kind === 'member added') return UNKNOWN_MEMBERS.length
  if (kind === 'list lengthened') return ADDED_ITEMS.length
  if (kind === 'item repeated with an empty list') return 8
  return kind === 'subtree copied' || kind === 'swapped' ? 4 : 1
}

/** All places of a document in order, the root first. */
export function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  return [path, ...entriesOf(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
}

/** The document with one change made to it. Places count modulo the number that there are. */
export function changeDocument(document: unknown, change: Change): unknown {
  return changeAt(document, pathsOf(document), change)
}

/** The same for a document whose places are known already. */
export function changeAt(
  document: unknown,
  paths: readonly Path[],
  { kind, place, random }: Change,
): unknown {
  const path = paths[place % paths.length]
  const other = paths[(place + random) % paths.length]
  if (path === undefined || other === undefined) return document
  if (kind === 'member removed') return withoutAt(document, path)
  const value = valueAt(document, path)
  if (kind === 'subtree copied') return withAt(document, path, valueAt(document, other))
  if (kind !== 'swapped') return withAt(document, path, REPLACEMENTS[kind](value, random))
  if (isPrefix(path, other) || isPrefix(other, path)) return document
  return withAt(withAt(document, path, valueAt(document, other)), other, value)
}

function emptyOneMember(item: unknown, random: number): unknown {
  const names = entriesOf(item).map(([name]) => name)
  const name = names[random % names.length]
  return name === undefined ? item : withAt(item, [name], [])
}

function isPrefix(one: Path, other: Path): boolean {
  return one.every((key, at) => other[at] === key)
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()]
  return isContainer(value) ? Object.entries(value) : []
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (isContainer(value) ? value[key] : undefined),
    document,
  )
}

/** Copies only what lies above the place. */
function withAt(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(document))
    return document.with(Number(key), withAt(document[Number(key)], rest, value))
  if (!isContainer(document)) return document
  return { ...document, [key]: withAt(document[key], rest, value) }
}

function withoutAt(document: unknown, path: Path): unknown {
  const parent = valueAt(document, path.slice(0, -1))
  const rest = entriesOf(parent).filter(([key]) => key !== path.at(-1))
  const shorter = Array.isArray(parent) ? rest.map(([, item]) => item) : Object.fromEntries(rest)
  return withAt(document, path.slice(0, -1), shorter)
}
