/** Changes to a signed badge, written as data: what the tamper vectors are made of. */
import type { JsonObject, JsonValue } from '../../src/domain/json.js'

/** Places are RFC 6901 pointers; `-` stands for the end of a list. */
export type Change =
  | { readonly op: 'set'; readonly at: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly at: string }
  | { readonly op: 'rename'; readonly at: string; readonly to: string }
  | { readonly op: 'move'; readonly from: string; readonly to: string }
  | { readonly op: 'copy'; readonly from: string; readonly to: string }
  /** Puts a member into a new object under another name beside it. */
  | { readonly op: 'nest'; readonly at: string; readonly under: string }
  | { readonly op: 'list' | 'single' | 'reverse'; readonly at: string }
  /** A text repeated `count` times. */
  | { readonly op: 'fill'; readonly at: string; readonly text: string; readonly count: number }
  /** A list of copies; `%` in their texts becomes the number of the copy. */
  | { readonly op: 'items'; readonly at: string; readonly item: JsonValue; readonly count: number }
  /** Objects in one another, each under the same name. */
  | {
      readonly op: 'tower'
      readonly at: string
      readonly name: string
      readonly item: JsonObject
      readonly levels: number
    }
  /** Replaces a piece of the finished text, which must be there. */
  | { readonly op: 'text'; readonly find: string; readonly put: string }

/** A piece of raw input: text or bytes in hex, repeated. */
export type RawPart = { readonly text?: string; readonly hex?: string; readonly times?: number }

export function rawBytes(parts: readonly RawPart[]): Uint8Array {
  return Buffer.concat(
    parts.map(({ text = '', hex = '', times = 1 }) => {
      const piece = Buffer.concat([Buffer.from(text), Buffer.from(hex, 'hex')])
      return Buffer.concat(Array<Buffer>(times).fill(piece))
    }),
  )
}

/** The text of a badge after every change. Throws when a place is not there. */
export function tamper(badge: JsonObject, changes: readonly Change[]): string {
  const document = structuredClone(badge) as Container
  const edits = changes.filter((change) => change.op === 'text')
  for (const change of changes) if (change.op !== 'text') apply(document, change)
  return edits.reduce((text, { find, put }) => {
    if (!text.includes(find)) throw new RangeError(`the text ${find} is not there`)
    return text.replace(find, () => put)
  }, JSON.stringify(document))
}

type Container = { [name: string]: unknown } | unknown[]

type Edit = Exclude<Change, { op: 'text' }>

function apply(document: Container, change: Edit): void {
  if (change.op === 'remove') take(document, change.at)
  else if (change.op === 'move' || change.op === 'copy') {
    const { from, to } = change
    const value = change.op === 'move' ? take(document, from) : read(document, from)
    put(document, to, structuredClone(value))
  } else if (change.op === 'rename') {
    replaceMember(document, change.at, (_name, value) => [change.to, value])
  } else if (change.op === 'nest') {
    replaceMember(document, change.at, (name, value) => [change.under, { [name]: value }])
  } else put(document, change.at, valueFor(document, change))
}

type NewValue = Extract<Edit, { at: string }>

function valueFor(
  document: Container,
  change: Exclude<NewValue, { op: 'remove' | 'rename' | 'nest' }>,
): unknown {
  switch (change.op) {
    case 'set':
      return structuredClone(change.value)
    case 'list':
      return [read(document, change.at)]
    case 'single':
      return listAt(document, change.at)[0]
    case 'reverse':
      return listAt(document, change.at).toReversed()
    case 'fill':
      return change.text.repeat(change.count)
    case 'items':
      return copiesOf(change.item, change.count)
    case 'tower':
      return towerOf(change)
  }
}

function copiesOf(item: JsonValue, count: number): unknown[] {
  const text = JSON.stringify(item)
  return Array.from({ length: count }, (_, index) =>
    JSON.parse(text.replaceAll('%', String(index))),
  )
}

function towerOf(change: { name: string; item: JsonObject; levels: number }): unknown {
  let tower: unknown = change.item
  for (let level = 1; level < change.levels; level += 1) {
    tower = { ...change.item, [change.name]: tower }
  }
  return tower
}

function tokensOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function parentOf(document: Container, pointer: string): { parent: Container; key: string } {
  const tokens = tokensOf(pointer)
  const key = tokens.at(-1)
  const parent = tokens.slice(0, -1).reduce<unknown>(step, document)
  if (key === undefined || !isContainer(parent))
    throw new RangeError(`nothing stands at ${pointer}`)
  return { parent, key }
}

function step(value: unknown, token: string): unknown {
  return isContainer(value) ? Reflect.get(value, token) : undefined
}

function read(document: Container, pointer: string): unknown {
  const { parent, key } = parentOf(document, pointer)
  if (!Object.hasOwn(parent, key)) throw new RangeError(`nothing stands at ${pointer}`)
  return Reflect.get(parent, key)
}

function listAt(document: Container, pointer: string): readonly unknown[] {
  const value = read(document, pointer)
  if (!Array.isArray(value)) throw new RangeError(`no list stands at ${pointer}`)
  return value
}

/** Defines rather than assigns, so that `__proto__` becomes a member like any other. */
function put(document: Container, pointer: string, value: unknown): void {
  const { parent, key } = parentOf(document, pointer)
  const at = Array.isArray(parent) && key === '-' ? parent.length : key
  const descriptor = { value, enumerable: true, writable: true, configurable: true }
  Object.defineProperty(parent, at, descriptor)
}

function take(document: Container, pointer: string): unknown {
  const value = read(document, pointer)
  const { parent, key } = parentOf(document, pointer)
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else Reflect.deleteProperty(parent, key)
  return value
}

/** Replaces one member by another, in its position. */
function replaceMember(
  document: Container,
  pointer: string,
  change: (name: string, value: unknown) => readonly [string, unknown],
): void {
  read(document, pointer)
  const { parent, key } = parentOf(document, pointer)
  const entries = Object.entries(parent)
  for (const [name] of entries) Reflect.deleteProperty(parent, name)
  for (const [name, value] of entries) {
    const [newName, newValue] = name === key ? change(name, value) : [name, value]
    put(parent, `/${newName.replaceAll('~', '~0').replaceAll('/', '~1')}`, newValue)
  }
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}
