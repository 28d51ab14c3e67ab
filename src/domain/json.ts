/** Plain JSON, as parsed. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export type JsonObject = { readonly [name: string]: JsonValue }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an object, or undefined when the value is no object or has no such member of its own. */
export function member(value: unknown, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** A string member, or undefined. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name)
  return typeof found === 'string' ? found : undefined
}

/** An array member as a list; a single value counts as a list of one; absent as empty. */
export function listMember(value: unknown, name: string): readonly JsonValue[] {
  const found = member(value, name)
  if (found === undefined) return []
  return Array.isArray(found) ? found : [found]
}

/** Whether `type` of a node is, or contains, a name. */
export function hasType(value: unknown, name: string): boolean {
  return listMember(value, 'type').includes(name)
}

/** Appends one reference token to an RFC 6901 pointer. */
export function pointerTo(parent: string, token: string | number): string {
  const name = String(token)
  if (!/[~/]/.test(name)) return `${parent}/${name}`
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** One value of a document with the place where it stands. */
export type Place = {
  readonly pointer: string
  /** Member name; for items of an array the name of the array; empty for the root. */
  readonly name: string
  readonly value: JsonValue
}

/** Every value of a document, parents first, in document order. */
export function walkJson(value: JsonValue): readonly Place[] {
  const places: Place[] = []
  collectPlaces(value, '', '', places)
  return places
}

function collectPlaces(value: JsonValue, pointer: string, name: string, places: Place[]): void {
  places.push({ pointer, name, value })
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1)
      collectPlaces(value[index] ?? null, `${pointer}/${index}`, name, places)
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value))
      collectPlaces(value[key] ?? null, pointerTo(pointer, key), key, places)
  }
}

/** JSON with members sorted by code unit and no white space: equal documents give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}
